// The page itself: its two views, and what leads from one to the other.
function loadRelease() {
  return JSON.parse(document.getElementById("release").textContent);
}

class Explorer {
  constructor(release, store) {
    [this.release, this.store] = [release, store];
    this.state = stateOf(location.hash);
    this.found = null;
    this.key = null;
    this.turn = 0;
    this.isTyping = false;
    this.view = el("div", { id: "view" });
    document.body.append(this.skipLink(), this.header(), this.view, this.footer());
    this.list = this.listView();
    window.addEventListener("popstate", () => this.follow());
    window.addEventListener("hashchange", () => this.follow());
    document.addEventListener("click", (event) => this.click(event));
    this.store.prepare();
  }

  skipLink() {
    return button("Skip to the documents", () => document.querySelector("#found, #title")?.focus(), { class: "skip" });
  }

  header() {
    return el("header", { class: "top" }, el("a", { class: "name", href: "#" }, "Explorer"),
      el("p", { class: "quiet" }, `${counted(this.release.count, "document")} in ${counted(this.release.entry_count, "entry", "entries")} of ${counted(this.release.inputs.pages, "listing page")}`));
  }

  footer() {
    return el("footer", { class: "quiet" }, el("p", {}, "Made by archive-listings from saved listing pages, whose SHA-256 together is ", el("code", {}, this.release.inputs.sha256),
      ". Nothing is fetched from anywhere; the address of this page holds the search."));
  }

  listView() {
    const input = el("input", { type: "search", id: "q", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", "aria-describedby": "q-help",
      on: { input: (event) => this.type(event.target.value) } });
    this.input = input;
    const form = el("form", { role: "search", class: "search", on: { submit: (event) => { event.preventDefault(); this.isTyping = false; document.getElementById("found").focus(); } } },
      el("label", { for: "q" }, "Search titles and summaries"), input,
      el("p", { id: "q-help", class: "quiet" }, `All words must stand; the last may be a beginning${this.store.shards ? ", of three letters or more" : ""}. “In quotes”: one after the other. Accents and capitals do not matter.`));
    const span = spanOf(this.store.columns);
    this.timeline = span && new Timeline(span, (from, to) => this.change({ from: from === span.first && to === span.last ? null : from, to: from === span.first && to === span.last ? null : to }));
    this.filters = new Filters(this.store, (...how) => this.change(...how));
    this.asked = el("p", { class: "asked" });
    this.chips = el("div", { class: "in-force" });
    this.status = el("span", { role: "status" });
    this.heading = el("h2", { id: "found", tabindex: -1 }, this.status);
    this.sort = el("select", { id: "sort", on: { change: (event) => this.change({ sort: event.target.value }) } }, Object.entries(SORTS).map(([value, label]) => el("option", { value }, label)));
    this.sortField = el("label", { class: "sort" }, "Order ", this.sort);
    this.views = el("nav", { class: "views", "aria-label": "Views", hidden: !this.store.columns.parties.names.length });
    this.tools = el("div", { class: "tools" });
    this.results = el("div", { class: "results" });
    return el("div", { class: "layout" }, form, this.filters.place,
      el("main", { id: "main" }, el("h1", { class: "unseen" }, "Documents in the listings"), this.timeline?.place, this.asked, this.chips, this.views,
        el("div", { class: "heading" }, this.heading, this.sortField), this.results, this.tools));
  }

  // While a word is typed the address is replaced, so that back leads to before it.
  type(text) {
    const isGoingOn = this.isTyping;
    this.isTyping = true;
    this.go({ ...this.state, q: text, page: 1 }, { replaces: isGoingOn });
  }

  change(changes, { keepsPage = false } = {}) {
    this.isTyping = false;
    this.go({ ...this.state, page: keepsPage ? this.state.page : 1, ...changes });
  }

  go(state, { replaces = false } = {}) {
    const isOpened = state.document !== this.state.document;
    this.state = state;
    const hash = hashOf(state);
    if (hash !== (location.hash || "#")) history[replaces ? "replaceState" : "pushState"](null, "", hash);
    return this.show({ isOpened });
  }

  // The browser went to another address.
  follow() {
    const state = { ...stateOf(location.hash), role: this.state.role };
    if (hashOf(state) === hashOf(this.state)) return;
    this.isTyping = false;
    const isOpened = state.document !== this.state.document;
    this.state = state;
    this.show({ isOpened });
  }

  // Links within the page; with a key held down the browser opens them elsewhere.
  click(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.isTyping = false;
    const isPage = link.dataset.page !== undefined;
    this.go({ ...stateOf(link.getAttribute("href")), role: this.state.role }).then(() => { if (isPage) this.toTop(); });
  }

  toTop() {
    this.heading.focus({ preventScroll: true });
    this.heading.scrollIntoView({ block: "start" });
  }

  async show({ isOpened = false } = {}) {
    this.turn += 1;
    document.documentElement.dataset.asked = this.turn;
    const { turn, state } = this;
    const key = searchKey(state);
    if (key !== this.key) {
      const found = await findDocuments(this.store, state);
      if (turn !== this.turn) return;
      [this.found, this.key] = [found, key];
    }
    await (state.document ? this.showDocument(state, turn, isOpened) : this.showList(state, turn, isOpened));
  }

  async showList(state, turn, isOpened) {
    const { numbers, counts, terms } = this.found;
    const page = Math.min(state.page, Math.max(1, Math.ceil(numbers.length / PAGE_LENGTH)));
    const asked = { ...state, page };
    const isLetters = state.view === "letters";
    const wanted = isLetters ? [] : numbers.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH);
    const records = await Promise.all(wanted.map((number) => this.store.record(number)));
    if (turn !== this.turn) return;
    const letters = isLetters ? lettersIn(this.store, numbers) : null;
    const heading = letters ? lettersText(letters, numbers.length) : rangeText(page, numbers.length);
    const opened = this.opened;
    if (!this.list.isConnected) this.view.replaceChildren(this.list);
    if (document.activeElement !== this.input || this.input.value.trim() !== state.q.trim()) this.input.value = state.q;
    this.sort.value = state.sort;
    this.filters.show(state, counts);
    this.timeline?.show(state, letters ? counts.letters : counts, letters ? " with a sender and a receiver" : "");
    fill(this.views, el("ul", {}, Object.entries(VIEWS).map(([view, name]) => el("li", {},
      el("a", { href: hashOf({ ...state, view, page: 1 }), id: `view-${view}`, "aria-current": view === state.view ? "page" : null }, name)))));
    this.sortField.hidden = isLetters;
    this.asked.replaceChildren(...(state.q ? shown(`Search: ${state.q}`) : []));
    showChips(this.chips, state, this.store, (changes) => this.change(changes));
    this.status.textContent = heading;
    fill(this.results, letters && numbers.length ? lettersView(letters, state, this.store, (changes) => this.change(changes)) : records.length
      ? [el("ol", { start: pageRange(page, numbers.length).first }, records.map((record) => listItem(record, asked, this.store, terms))), pager(asked, numbers.length)]
      : emptyList(state, (changes) => this.change(changes)));
    fill(this.tools, exportButtons(this.store, numbers));
    document.title = `${state.q ? `${oneLine(state.q)}: ` : ""}${heading} – Explorer`;
    if (isOpened) {
      window.scrollTo(0, this.scrolled ?? 0);
      document.getElementById(`open-${opened}`)?.focus({ preventScroll: true });
    }
    this.answered();
  }

  async showDocument(state, turn, isOpened) {
    const number = await this.store.find(state.document);
    if (turn !== this.turn) return;
    const { numbers, terms } = this.found;
    const page = Math.min(state.page, Math.max(1, Math.ceil(numbers.length / PAGE_LENGTH)));
    const text = numbers.length === this.store.count ? "All documents" : `Documents ${rangeText(page, numbers.length)}`;
    if (number < 0) {
      this.view.replaceChildren(el("main", { class: "document", id: "main" }, el("p", {}, el("a", { href: hashOf({ ...state, document: null }) }, `← ${text}`)),
        el("h1", { id: "title", tabindex: -1 }, "No such document"), el("p", {}, "This release has no document of the id ", el("code", {}, shown(state.document)), ".")));
      document.title = "No such document – Explorer";
    } else {
      const around = await this.around(state, numbers, number);
      const record = await this.store.record(number);
      if (turn !== this.turn) return;
      if (this.list.isConnected) this.scrolled = window.scrollY;
      this.opened = record.document_id;
      this.view.replaceChildren(documentView(record, state, this.store, { ...around, text, terms }));
      document.title = `${oneLine(titleOf(record)).slice(0, 80)} – Explorer`;
    }
    if (isOpened) {
      window.scrollTo(0, 0);
      document.getElementById("title").focus({ preventScroll: true });
    }
    this.answered();
  }

  // The documents before and after in the result, each with the page of the result that lists it.
  async around(state, numbers, number) {
    const at = numbers.indexOf(number);
    const address = async (place) => {
      if (at < 0 || place < 0 || place >= numbers.length) return null;
      return hashOf({ ...state, page: Math.floor(place / PAGE_LENGTH) + 1, document: (await this.store.record(numbers[place])).document_id });
    };
    return { before: await address(at - 1), after: await address(at + 1) };
  }

  // For tests and timing: the number of the last view that was shown, beside that of the last one asked for.
  answered() {
    document.documentElement.dataset.shown = this.turn;
  }
}

function fail(error) {
  document.body.append(el("p", { class: "notice", role: "alert" }, shown(error.message)));
}

async function start() {
  const release = loadRelease();
  const store = release.shards ? new ShardStore(release) : new InlineStore(release);
  await store.ready?.();
  await new Explorer(release, store).show();
}

window.addEventListener("unhandledrejection", (event) => fail(event.reason));
start();
