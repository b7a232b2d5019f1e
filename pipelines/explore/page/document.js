// One document: what it is, where it is listed, how the listings differ, and why they are one.
const DECISIONS = { __proto__: null, same: "one document", different: "kept apart", review: "open: a person should look" };
const PRECISION_TOLD = { __proto__: null, day: "known to the day", month: "known to the month", year: "known to the year" };

function factList(rows) {
  return el("dl", { class: "about" }, rows.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { dir: "auto" }, typeof value === "string" ? shown(value) : value))));
}

function section(title, id, ...children) {
  return el("section", { class: "part", "aria-labelledby": id }, el("h2", { id }, title), ...children);
}

function scrolling(label, table) {
  return el("div", { class: "scrolls", tabindex: 0, role: "group", "aria-label": label }, table);
}

function headRow(...names) {
  return el("thead", {}, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name))));
}

function aboutDocument(record, store) {
  const address = webAddress(record.url);
  const edtf = record.date_edtf && el("span", {}, el("code", {}, record.date_edtf), record.date_precision ? ` ${PRECISION_TOLD[record.date_precision] ?? ""}` : "");
  const event = record.event_date_text && el("span", {}, shown(record.event_date_text), record.event_date_edtf ? [" ", el("code", {}, record.event_date_edtf)] : [], record.event_time ? `, ${record.event_time}` : "");
  const collections = record.collections.length ? el("ul", { class: "inline" }, record.collections.map(({ id, title }) => el("li", {},
    el("a", { href: hashOf({ ...emptyState(), collection: [id] }) }, el("bdi", {}, shown(title)))))) : "none that was saved";
  return factList([
    ["Date", edtf], ["Kind", record.genre && genreName(store, record.genre)],
    ["Number", record.number && el("span", {}, shown(record.number), record.number_kind ? el("span", { class: "quiet" }, ` (${record.number_kind === "listed" ? "printed beside the title" : genreName(store, record.number_kind).toLowerCase()})`) : "")],
    ["Event", event || record.event_time], ["Language", record.language_hint], ["Collections", collections],
    ["In the archive", address && outward(address, shown(address))],
    ["Id", el("code", {}, record.document_id)],
  ]);
}

function appearanceTable(record) {
  const rows = record.entries.map((entry, at) => {
    const address = webAddress(entry.page_url);
    const heading = entry.heading ? shown(entry.heading) : [el("span", { class: "quiet" }, "no heading")];
    const notes = [entry.isRepresentative && record.entries.length > 1 && "gives the document its text", entry.isPossiblyCut && "the page may be cut after it", entry.section && `under ${entry.section}`].filter(Boolean);
    return el("tr", {}, el("th", { scope: "row" }, String(at + 1)),
      el("td", {}, el("code", { class: "file" }, shown(entry.file))),
      el("td", { class: "number" }, entry.line_first === entry.line_last ? String(entry.line_first) : `${entry.line_first}–${entry.line_last}`),
      el("td", { dir: "auto" }, address ? outward(address, heading) : heading, notes.map((note) => el("span", { class: "note" }, shown(note)))),
      el("td", { dir: "auto" }, entry.collection ? shown(entry.collection) : ""));
  });
  return section(record.entries.length === 1 ? "One appearance" : `${record.entries.length} appearances`, "appearances",
    scrolling("Appearances", el("table", {}, headRow("", "File", "Lines", "Page", "Collection"), el("tbody", {}, rows))));
}

// The distinct texts of a document, the one that it shows first, each with the appearances that print it.
function variantsOf(record) {
  const found = new Map();
  record.entries.forEach((entry, at) => {
    const key = JSON.stringify([entry.date_text, entry.title, entry.summary]);
    if (!found.has(key)) found.set(key, { date_text: entry.date_text, title: entry.title, summary: entry.summary, at: [], isShown: false });
    found.get(key).at.push(at + 1);
    if (entry.isRepresentative) found.get(key).isShown = true;
  });
  return [...found.values()].sort((one, other) => other.isShown - one.isShown);
}

function variantSection(record) {
  const [own, ...others] = variantsOf(record);
  if (!others.length) return null;
  return section("How the appearances differ", "variants", el("p", { class: "quiet" }, "Words that only one side has are marked."),
    others.map((other) => el("div", { class: "variant" },
      ["date_text", "title", "summary"].map((name) => variantRow({ date_text: "Date", title: "Title", summary: "Summary" }[name], own[name], other[name], appearing(own.at), appearing(other.at))))));
}

function appearing(numbers) {
  return `${numbers.length === 1 ? "Appearance" : "Appearances"} ${numbers.join(", ")}`;
}

function variantRow(name, own, other, ownAt, otherAt) {
  if (own === other) return el("p", { class: "same quiet" }, own === null ? `${name}: neither prints one.` : `${name}: the same.`);
  const sides = own === null || other === null ? [own, other].map((text) => (text === null ? null : [{ text, differs: false }])) : differing(own, other);
  if (own !== null && other !== null && !sides.flat().some(({ differs }) => differs)) return el("p", { class: "same quiet" }, `${name}: the same but for typography.`);
  const side = (runsOfSide, at) => el("div", { class: "side" }, el("h3", {}, `${name}, ${at.charAt(0).toLowerCase()}${at.slice(1)}`),
    el("p", { dir: "auto" }, runsOfSide === null ? el("span", { class: "untitled" }, "not printed")
      : runsOfSide.map(({ text, differs }, place) => [place ? " " : "", differs ? el("mark", { class: "differs" }, shown(text)) : shown(text)])));
  return el("div", { class: "sides" }, side(sides[0], ownAt), side(sides[1], otherAt));
}

function evidenceList(record, decisions) {
  return record.matches.filter(({ decision, other }) => decisions.includes(decision) && other === null).map((match) => el("li", {},
    el("p", { dir: "auto" }, shown(match.evidence)),
    el("p", { class: "quiet" }, `${appearing([match.left + 1, match.right + 1].sort((a, b) => a - b))}; rule ${match.rule}${match.decided_by === "person" ? "; decided by a person" : ""}`)));
}

// Look-alikes in other documents, each document once, with every reason; those that a person should look at first.
function otherDocuments(record, state, store) {
  const byDocument = new Map();
  for (const match of record.matches.filter(({ other }) => other !== null)) byDocument.set(match.other, [...(byDocument.get(match.other) ?? []), match]);
  const isOpen = (matches) => matches.some(({ decision }) => decision === "review");
  return [...byDocument].sort(([one, ours], [other, theirs]) => isOpen(theirs) - isOpen(ours) || one - other).map(([number, matches]) => {
    const link = el("a", {}, "…");
    const date = el("span", { class: "date" });
    store.record(number).then((other) => {
      link.setAttribute("href", hashOf({ ...state, document: other.document_id }));
      link.replaceChildren(...titleNodes(other, []));
      date.replaceChildren(...dateNodes(other));
    });
    const reasons = new Map(matches.map((match) => [match.evidence, match]));
    return el("li", {}, date, el("p", { class: "other", dir: "auto" }, link),
      [...reasons.values()].map((match) => el("p", { dir: "auto" }, el("strong", { class: match.decision }, DECISIONS[match.decision]), ` (${match.rule}${match.decided_by === "person" ? ", by a person" : ""}). `, shown(match.evidence))));
  });
}

function documentView(record, state, store, around) {
  const one = evidenceList(record, ["same"]);
  const others = otherDocuments(record, state, store);
  return el("main", { class: "document", id: "main" },
    el("nav", { class: "around", "aria-label": "Result" },
      el("a", { href: hashOf({ ...state, document: null }), id: "back" }, `← ${around.text}`),
      around.before && el("a", { href: around.before, rel: "prev" }, "Previous document"), around.after && el("a", { href: around.after, rel: "next" }, "Next document")),
    el("article", {},
      el("p", { class: "date" }, dateNodes(record)),
      el("h1", { tabindex: -1, id: "title", dir: "auto" }, titleNodes(record, around.terms)),
      record.summary ? el("p", { class: "lead", dir: "auto" }, highlighted(record.summary, around.terms)) : el("p", { class: "lead untitled" }, "No summary printed"),
      aboutDocument(record, store), titleSection(record, store), appearanceTable(record), variantSection(record),
      one.length > 0 && section("Why they are one document", "one", el("ol", { class: "evidence" }, one)),
      others.length > 0 && section("Look-alikes that are not this document", "others", el("ol", { class: "evidence" }, others)),
      el("div", { class: "cite" }, exportButtons(store, [record.number_of], "Take this document as"))));
}
