// Where documents come from: the page itself, or files beside it that are loaded when they are asked for.
function valueOf(columns, name, row) {
  return columns[name] ? columns[name][row] : null;
}

// One document out of the columns of `records`, with its appearances, parties and evidence.
function recordOf(records, row, number, columns) {
  const { entries, parties, readings, matches } = records;
  const own = Object.fromEntries(Object.keys(records).filter((name) => Array.isArray(records[name])).map((name) => [name, records[name][row]]));
  const range = (part) => Array.from({ length: part.starts[row + 1] - part.starts[row] }, (_, at) => part.starts[row] + at);
  const printed = (name, at) => (entries.printed[name].has(at) ? entries.printed[name].get(at) : own[name] ?? null);
  const page = (name, at) => valueOf(entries.pages, name, entries.page[at]);
  const about = columns.collections;
  return {
    ...own,
    number_of: number,
    hasVariants: (columns.flags[number] & HAS_VARIANTS) > 0,
    collections: Array.from(about.values.subarray(about.starts[number], about.starts[number + 1]), (at) => ({ id: about.ids[at], title: about.titles[at] })),
    entries: range(entries).map((at) => ({
      date_text: printed("date_text", at), title: printed("title", at), summary: printed("summary", at),
      file: page("source_path", at), heading: page("heading", at), page_url: page("url", at),
      collection: page("collection", at) === null ? null : about.titles[page("collection", at)],
      line_first: entries.line_first[at], line_last: entries.line_last[at], section: valueOf(entries, "section", at),
      url: valueOf(entries, "url", at), number: valueOf(entries, "number", at),
      isRepresentative: entries.is_representative.has(at), isPossiblyCut: entries.is_possibly_cut.has(at),
    })),
    parties: range(parties).map((at) => Object.fromEntries(
      ["role", "name", "alias", "name_normalized", "party_kind", "office", "wikidata_id"].map((name) => [name, valueOf(parties, name, at)]))),
    readings: range(readings).map((at) => ({
      field: readings.field.names[readings.field.codes[at]], rule: readings.rule.names[readings.rule.codes[at]],
      value_index: readings.value_index[at], first: readings.character_first[at], last: readings.character_last[at],
    })),
    matches: range(matches).map((at) => Object.fromEntries(
      ["left", "right", "other", "rule", "decision", "decided_by", "evidence"].map((name) => [name, valueOf(matches, name, at)]))),
  };
}

function prepareRecords(records) {
  const { entries, readings } = records;
  for (const part of [entries, records.parties, readings, records.matches]) part.starts = startsOf(unpacked(part.lengths));
  for (const name of ["page", "line_first", "line_last"]) entries[name] = unpacked(entries[name]);
  for (const name of ["value_index", "character_first", "character_last"]) readings[name] = unpacked(readings[name]);
  for (const name of ["field", "rule"]) readings[name].codes = unpacked(readings[name].codes);
  for (const name of ["is_representative", "is_possibly_cut"]) entries[name] = new Set(entries[name]);
  for (const [name, { rows, texts }] of Object.entries(entries.printed)) {
    entries.printed[name] = new Map(Array.from(unpacked(rows), (row, at) => [row, texts[at]]));
  }
  return records;
}

// Everything is in the page: titles and summaries are folded once, in spare moments, and then looked through.
class InlineStore {
  constructor(release) {
    this.count = release.count;
    this.columns = unpackColumns(release.columns);
    this.records = prepareRecords(release.records);
    this.redirects = release.redirects;
    this.mostExported = Infinity;
    this.titles = [];
    this.summaries = [];
  }

  prepare() {
    const pause = window.requestIdleCallback ?? ((act) => setTimeout(act, 20));
    const step = () => { this.foldUpTo(this.titles.length + 1000); if (this.titles.length < this.count) pause(step); };
    pause(step);
  }

  foldUpTo(end) {
    for (let row = this.titles.length; row < Math.min(end, this.count); row += 1) {
      this.titles.push(this.folded("title", row));
      this.summaries.push(this.folded("summary", row));
    }
  }

  // Every form in which a page prints it; a phrase does not reach from one into the next.
  folded(name, row) {
    const { entries } = this.records;
    const forms = new Set([valueOf(this.records, name, row) ?? ""]);
    const others = entries.printed[name];
    if (others.size) for (let at = entries.starts[row]; at < entries.starts[row + 1]; at += 1) if (others.get(at)) forms.add(others.get(at));
    return ` ${Array.from(forms, fold).join(" | ")} `;
  }

  // 0 where not all terms stand, else 1 and one for each term that stands in the title.
  async rank(terms) {
    this.foldUpTo(this.count);
    const wanted = terms.map((term) => ` ${term.words.join(" ")}${term.isPrefix ? "" : " "}`);
    const ranks = new Uint8Array(this.count);
    for (let row = 0; row < this.count; row += 1) {
      let rank = 1;
      for (const words of wanted) {
        if (this.titles[row].includes(words)) rank += 1;
        else if (!this.summaries[row].includes(words)) { rank = 0; break; }
      }
      ranks[row] = rank;
    }
    return ranks;
  }

  async record(number) {
    return recordOf(this.records, number, number, this.columns);
  }

  async find(id) {
    const number = this.records.document_id.indexOf(id);
    return number >= 0 ? number : this.records.document_id.indexOf(this.redirects[id] ?? null);
  }
}
