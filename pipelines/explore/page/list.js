// The list of what was found: ten documents a page, as the archive lists them.
function pageRange(page, total) {
  const first = (page - 1) * PAGE_LENGTH + 1;
  return { first, last: Math.min(total, page * PAGE_LENGTH) };
}

function rangeText(page, total) {
  if (!total) return "No documents";
  const { first, last } = pageRange(page, total);
  return `${first.toLocaleString("en")} - ${last.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}

function titleNodes(record, terms) {
  if (record.title) return highlighted(record.title, terms);
  return [el("span", { class: "untitled" }, record.number ? `No title printed (no. ${oneLine(record.number)})` : "No title printed")];
}

function dateNodes(record) {
  return record.date_text ? shown(record.date_text) : [el("span", { class: "untitled" }, "No date printed")];
}

function listItem(record, state, store, terms) {
  const facts = [
    record.genre && genreName(store, record.genre),
    record.number && `No. ${oneLine(record.number)}`,
    record.entries.length > 1 && `${record.entries.length} appearances`,
    record.hasVariants && "worded differently",
  ].filter(Boolean);
  return el("li", {}, el("article", { class: "item" },
    el("p", { class: "date" }, dateNodes(record)),
    el("h3", { dir: "auto" }, el("a", { href: hashOf({ ...state, document: record.document_id }), id: `open-${record.document_id}` }, titleNodes(record, terms))),
    record.summary && el("p", { class: "summary", dir: "auto" }, highlighted(record.summary, terms)),
    el("p", { class: "facts" },
      record.collections.map(({ title }) => el("span", { class: "fact collection" }, el("bdi", {}, shown(title)))),
      facts.map((fact) => el("span", { class: "fact" }, shown(fact))))));
}

// First, last, and those around the page that is shown; null where some are left out.
function pageNumbers(page, last) {
  const shownPages = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, last])].filter((number) => number >= 1 && number <= last).sort((a, b) => a - b);
  return shownPages.flatMap((number, at) => (at && number - shownPages[at - 1] > 1 ? [null, number] : [number]));
}

function pager(state, total) {
  const last = Math.ceil(total / PAGE_LENGTH);
  if (last < 2) return null;
  const link = (page, text, attributes = {}) => el("a", { href: hashOf({ ...state, page }), "data-page": page, ...attributes }, text);
  return el("nav", { class: "pager", "aria-label": "Pages of the result" }, el("ul", {},
    el("li", { class: "step" }, state.page > 1 ? link(state.page - 1, "Previous", { rel: "prev", id: "page-previous" }) : el("span", { class: "off" }, "Previous")),
    pageNumbers(state.page, last).map((page) => el("li", {}, page === null ? el("span", { "aria-hidden": "true" }, "…")
      : link(page, page.toLocaleString("en"), { "aria-label": `Page ${page}`, "aria-current": page === state.page ? "page" : null }))),
    el("li", { class: "step" }, state.page < last ? link(state.page + 1, "Next", { rel: "next", id: "page-next" }) : el("span", { class: "off" }, "Next"))));
}

function emptyList(state, change) {
  const advice = isFiltered(state) ? "Cancel a filter, or search for fewer words." : "Search for fewer words, or for the beginning of a word.";
  return el("div", { class: "empty" }, el("p", {}, "No document has all of this."), el("p", { class: "quiet" }, advice),
    button("Show all documents", () => change(emptyState()), { class: "main" }));
}

function exportButtons(store, numbers, all = "Take the result as") {
  const told = el("span", { class: "quiet", role: "status" });
  const count = Math.min(numbers.length, store.mostExported);
  const label = numbers.length > count ? `Take the first ${count.toLocaleString("en")} as` : all;
  const take = async (form) => { told.textContent = `${counted(await exportDocuments(store, numbers, form), "document")} written as ${form}`; };
  return el("div", { class: "exports", role: "group", "aria-label": label }, el("span", { class: "quiet", "aria-hidden": "true" }, label),
    Object.keys(EXPORTS).map((form) => button(form, () => take(form), { id: `export-${form}`, disabled: !numbers.length })), told);
}
