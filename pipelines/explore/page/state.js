// What is shown, as the address says it: a view can be shared, and the browser's back and forward lead through views.
const PAGE_LENGTH = 10;
const MOST_VALUES = 100;
const VIEWS = { list: "List", letters: "Who wrote to whom" };
const SORTS = { relevance: "best match first", up: "oldest first", down: "newest first" };
const SEARCH = ["q", "collection", "from", "to", "precision", "genre", "party", "several", "variants"];

function emptyState() {
  return {
    q: "", collection: [], from: null, to: null, precision: [], genre: [], party: [], several: false, variants: false,
    role: "", sort: "relevance", page: 1, view: "list", document: null,
  };
}

function yearOf(text) {
  return /^-?\d{1,4}$/.test(text ?? "") ? Number(text) : null;
}

function partyOf(text) {
  const at = text.indexOf(":");
  return { role: text.slice(0, Math.max(0, at)), name: text.slice(at + 1) };
}

// Whatever the address says that is no state of the page is left out.
function stateOf(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const page = asked.get("page") ?? "";
  return {
    ...emptyState(),
    q: (asked.get("q") ?? "").slice(0, 500),
    collection: asked.getAll("collection").slice(0, MOST_VALUES), genre: asked.getAll("genre").slice(0, MOST_VALUES),
    precision: asked.getAll("precision").filter((name) => PRECISIONS.includes(name)),
    party: asked.getAll("party").slice(0, MOST_VALUES).map(partyOf),
    from: yearOf(asked.get("from")), to: yearOf(asked.get("to")),
    several: asked.get("several") === "1", variants: asked.get("variants") === "1",
    sort: Object.hasOwn(SORTS, asked.get("sort")) ? asked.get("sort") : "relevance",
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
    view: Object.hasOwn(VIEWS, asked.get("view")) ? asked.get("view") : "list",
    document: asked.get("document"),
  };
}

function hashOf(state) {
  const told = new URLSearchParams();
  if (state.document) told.set("document", state.document);
  if (state.q) told.set("q", state.q);
  for (const name of ["collection", "genre", "precision"]) for (const value of state[name]) told.append(name, value);
  for (const { role, name } of state.party) told.append("party", `${role}:${name}`);
  for (const name of ["from", "to"]) if (state[name] !== null) told.set(name, state[name]);
  for (const name of ["several", "variants"]) if (state[name]) told.set(name, "1");
  if (state.sort !== "relevance") told.set("sort", state.sort);
  if (state.view !== "list") told.set("view", state.view);
  if (state.page > 1) told.set("page", state.page);
  return `#${told}`;
}

// What a search depends on: the same text, the same documents found.
function searchKey(state) {
  return hashOf({ ...state, page: 1, view: "list", document: null }) + state.role;
}

function isFiltered(state) {
  const nothing = emptyState();
  return SEARCH.some((name) => name !== "q" && String(state[name]) !== String(nothing[name]));
}
