// A release in files beside the page, each a script that hands over its piece when it is asked for. See docs/explorer.md.
const MOST_KEPT = 400;
const MOST_WORD_FILES = 64;

class ShardStore {
  constructor(release) {
    this.count = release.count;
    this.shards = release.shards;
    this.mostExported = 5000;
    this.waiting = new Map();
    this.loaded = new Map();
    window.archiveListings = (key, name, content) => {
      const give = key === this.shards.key ? this.waiting.get(name) : null;
      if (give) { this.waiting.delete(name); give(content); }
    };
  }

  async ready() {
    this.columns = unpackColumns(await this.load("columns"));
  }

  prepare() {}

  load(name) {
    if (!this.loaded.has(name)) {
      this.loaded.set(name, this.ask(name));
      if (this.loaded.size > MOST_KEPT) this.loaded.delete(this.loaded.keys().next().value);
    }
    return this.loaded.get(name);
  }

  ask(name) {
    return new Promise((resolve, reject) => {
      const path = `explorer/${this.shards.key}/${name}.js`;
      const refuse = () => { this.loaded.delete(name); reject(new Error(`${path} stands beside this page and could not be read, or is of another release.`)); };
      this.waiting.set(name, resolve);
      const script = el("script", { src: path, on: { load: () => { script.remove(); if (this.waiting.has(name)) refuse(); }, error: refuse } });
      document.head.append(script);
    });
  }

  async record(number) {
    const at = Math.floor(number / this.shards.documents);
    const records = await this.load(`documents/${at}`);
    if (!records.entries.starts) prepareRecords(records);
    return recordOf(records, number - at * this.shards.documents, number, this.columns);
  }

  async find(id) {
    if (!/^d\d+-[0-9a-f]{16}$/.test(id)) return -1;
    const ids = await this.load(`ids/${id.slice(id.indexOf("-") + 1).slice(0, 2)}`).catch(() => ({}));
    return ids[id] ?? -1;
  }

  async rank(terms) {
    let ranks = new Uint8Array(this.count).fill(1);
    for (const term of terms) {
      const hits = await this.hits(term);
      ranks = ranks.map((rank, number) => (rank && hits[number] ? rank + hits[number] - 1 : 0));
    }
    return ranks;
  }

  // For each document 2 where the term stands in the title, 1 where only in the summary, else 0.
  async hits(term) {
    const postings = await Promise.all(term.words.map((word, at) => this.postings(word, term.isPrefix && at === term.words.length - 1)));
    if (postings.length === 1) return this.marked(postings[0]);
    const inAll = postings.map((own) => this.marked(own)).reduce((all, marks) => all.map((mark, number) => (mark && marks[number] ? 1 : 0)));
    return this.following(postings, inAll);
  }

  marked(postings) {
    const marks = new Uint8Array(this.count);
    for (const posting of postings) eachPosting(posting, (number, places) => { marks[number] = Math.max(marks[number], places.some((place) => place % 2 === 0) ? 2 : 1); });
    return marks;
  }

  // Where the words stand one after the other, each two on from the one before.
  following(postings, inAll) {
    let ends = null;
    for (const own of postings) {
      const reached = new Map();
      for (const posting of own) eachPosting(posting, (number, places) => {
        if (!inAll[number]) return;
        const fitting = ends ? places.filter((place) => ends.get(number)?.has(place - 2)) : places.slice();
        if (fitting.length) reached.set(number, new Set([...(reached.get(number) ?? []), ...fitting]));
      });
      ends = reached;
    }
    const marks = new Uint8Array(this.count);
    for (const [number, places] of ends) marks[number] = [...places].some((place) => place % 2 === 0) ? 2 : 1;
    return marks;
  }

  // The postings of a word, or of all words that begin so.
  async postings(word, isPrefix) {
    const goesOn = isPrefix && word.length >= this.shards.prefix;
    const { words: firsts } = this.shards;
    let at = 0;
    while (at + 1 < firsts.length && firsts[at + 1] <= word) at += 1;
    const files = [];
    while (at < firsts.length && files.length < MOST_WORD_FILES && (!files.length || (goesOn && firsts[at].startsWith(word)))) files.push(at++);
    const found = await Promise.all(files.map((file) => this.load(`words/${file}`)));
    return found.flatMap(({ words, postings }) => postings.filter((_, place) => words[place] === word || (goesOn && words[place].startsWith(word))));
  }
}

// Each document of a posting, with the places in it; the list of places is the same one each time.
function eachPosting(base64, visit) {
  const bytes = bytesOf(base64);
  const places = [];
  let [at, number] = [0, -1];
  const next = () => {
    let [value, shift, byte] = [0, 0, 0];
    do { byte = bytes[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte & 128);
    return value;
  };
  while (at < bytes.length) {
    number += next();
    places.length = next();
    for (let place = 0, before = 0; place < places.length; place += 1) { before += next(); places[place] = before; }
    visit(number, places);
  }
}
