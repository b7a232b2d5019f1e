// What is searched and filtered: words to terms, terms and filters to documents, documents to counts.
const QUOTED = /["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|([^"“”„«»]+)/gu;
const MOST_TERMS = 20;

// All words must stand, each somewhere; those in quotes one after the other; the last word may go on.
function parseQuery(text) {
  const terms = [];
  for (const [, quoted, closing, plain] of text.matchAll(QUOTED)) {
    if (plain !== undefined) for (const word of wordsOf(plain)) terms.push({ words: [word], isPrefix: false });
    else if (wordsOf(quoted).length) terms.push({ words: wordsOf(quoted), isPrefix: false, isClosed: closing !== "" });
  }
  const last = terms.at(-1);
  if (last && !last.isClosed) last.isPrefix = true;
  return terms.slice(0, MOST_TERMS);
}

const FACETS = { words: 1, collection: 2, years: 4, precision: 8, genre: 16, party: 32, several: 64, variants: 128 };

// For each document one bit for each filter that it does not pass.
function failures(store, state, ranks) {
  const { count, columns } = store;
  const fails = new Uint8Array(count);
  const failing = (bit, passes) => { for (let number = 0; number < count; number += 1) if (!passes(number)) fails[number] |= bit; };
  const { flags, genres, collections, parties, yearStart, yearEnd } = columns;
  if (ranks) failing(FACETS.words, (number) => ranks[number] > 0);
  if (state.collection.length) {
    const wanted = new Set(state.collection.map((id) => collections.ids.indexOf(id)));
    failing(FACETS.collection, (number) => hasOne(collections, number, (at) => wanted.has(collections.values[at])));
  }
  if (state.from !== null || state.to !== null) {
    const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
    failing(FACETS.years, (number) => yearStart[number] !== NO_YEAR && yearStart[number] <= to && yearEnd[number] >= from);
  }
  if (state.precision.length) {
    const wanted = new Set(state.precision.map((name) => PRECISIONS.indexOf(name)));
    failing(FACETS.precision, (number) => wanted.has(flags[number] & PRECISION_BITS));
  }
  if (state.genre.length) {
    const wanted = new Set(state.genre.map((name) => genres.names.indexOf(name) + 1).filter((code) => code));
    failing(FACETS.genre, (number) => wanted.has(genres.codes[number]));
  }
  for (const { role, name } of state.party) {
    const [wanted, role_at] = [parties.names.indexOf(name), parties.roleNames.indexOf(role)];
    failing(FACETS.party, (number) => hasOne(parties, number, (at) => parties.values[at] === wanted && (!role || parties.roles[at] === role_at)));
  }
  if (state.several) failing(FACETS.several, (number) => flags[number] & IN_SEVERAL);
  if (state.variants) failing(FACETS.variants, (number) => flags[number] & HAS_VARIANTS);
  return fails;
}

function hasOne(listed, number, test) {
  for (let at = listed.starts[number]; at < listed.starts[number + 1]; at += 1) if (test(at)) return true;
  return false;
}

// The numbers of the documents that pass, in the order asked for. Numbers are in the order of dates, undated ones last.
function ordered(store, state, ranks, fails) {
  const found = [];
  for (let number = 0; number < store.count; number += 1) if (!fails[number]) found.push(number);
  if (state.sort === "down") {
    const { yearStart } = store.columns;
    const dated = found.filter((number) => yearStart[number] !== NO_YEAR).reverse();
    return [...dated, ...found.filter((number) => yearStart[number] === NO_YEAR)];
  }
  if (state.sort === "up" || !ranks) return found;
  const buckets = [];
  for (const number of found) (buckets[ranks[number]] ??= []).push(number);
  return buckets.reverse().flat();
}

// How many documents each value would give, were its own filter not set; parties narrow down, so each counts what is left.
function countFacets(store, state, fails) {
  const { columns, count } = store;
  const { flags, genres, collections, parties, yearStart } = columns;
  const counts = {
    collection: new Uint32Array(collections.ids.length), precision: new Uint32Array(PRECISIONS.length),
    genre: new Uint32Array(genres.names.length + 1), party: new Uint32Array(parties.names.length), several: 0, variants: 0,
    years: new Map(), undated: 0, letters: { years: new Map(), undated: 0 },
  };
  const role = state.role ? parties.roleNames.indexOf(state.role) : -1;
  const seen = new Int32Array(parties.names.length).fill(-1);
  for (let number = 0; number < count; number += 1) {
    const failed = fails[number];
    if (failed & (failed - 1)) continue; // two filters or more
    if (!(failed & ~FACETS.collection)) for (let at = collections.starts[number]; at < collections.starts[number + 1]; at += 1) counts.collection[collections.values[at]] += 1;
    if (!(failed & ~FACETS.precision)) counts.precision[flags[number] & PRECISION_BITS] += 1;
    if (!(failed & ~FACETS.genre)) counts.genre[genres.codes[number]] += 1;
    if (!(failed & ~FACETS.several) && flags[number] & IN_SEVERAL) counts.several += 1;
    if (!(failed & ~FACETS.variants) && flags[number] & HAS_VARIANTS) counts.variants += 1;
    if (!(failed & ~FACETS.years)) {
      for (const told of columns.isLetter[number] ? [counts, counts.letters] : [counts]) {
        const year = yearStart[number];
        if (year === NO_YEAR) told.undated += 1;
        else told.years.set(year, (told.years.get(year) ?? 0) + 1);
      }
    }
    if (!failed) for (let at = parties.starts[number]; at < parties.starts[number + 1]; at += 1) {
      if ((role < 0 || parties.roles[at] === role) && seen[parties.values[at]] !== number) {
        seen[parties.values[at]] = number;
        counts.party[parties.values[at]] += 1;
      }
    }
  }
  return counts;
}

async function findDocuments(store, state) {
  const terms = parseQuery(state.q);
  const ranks = terms.length ? await store.rank(terms) : null;
  const fails = failures(store, state, ranks);
  return { terms, numbers: ordered(store, state, ranks, fails), counts: countFacets(store, state, fails) };
}
