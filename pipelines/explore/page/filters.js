// Filters: what can be added, with how many documents each would leave, and what is in force, to be cancelled.
const PRECISION_NAMES = { day: "to the day", month: "to the month", year: "to the year", interval: "an interval", undated: "no date" };
const ROLE_NAMES = { __proto__: null, from: "From", to: "To", with: "With", via: "Via", by: "By", about: "About" };
const SHOWN_AT_FIRST = 8;
const MOST_SHOWN = 200;
const BY_NAME = new Intl.Collator("en", { numeric: true });

function inWords(code) {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function genreName(store, code) {
  const { names, labels } = store.columns.genres;
  return labels[names.indexOf(code)] ?? inWords(code);
}

// A name as titles print it, with what stands in brackets behind it.
function formText({ name, alias }) {
  return alias ? `${name} [${alias}]` : name;
}

function partyName({ role, name }) {
  return role ? `${ROLE_NAMES[role] ?? inWords(role)} ${name}` : name;
}

class Filters {
  constructor(store, change) {
    this.store = store;
    this.change = change;
    this.opened = new Set();
    this.narrowed = "";
    const { names, forms } = store.columns.parties;
    this.foldedNames = names.map((name, at) => ` ${fold([name, ...forms[at].map(formText)].join(" | "))}`);
    this.groups = el("div", { class: "groups" });
    this.toggle = button("Filters", () => this.open(this.place.dataset.open !== "yes"), { class: "toggle", id: "filters-toggle", "aria-expanded": "false", "aria-controls": "filters" });
    this.place = el("aside", { class: "filters", "aria-label": "Filters", "data-open": "no" }, this.toggle, el("div", { id: "filters" }, this.groups));
    this.years = this.yearFields();
    this.names = el("input", { type: "search", id: "party-names", placeholder: "Name", autocomplete: "off", "aria-label": "Parties whose name has",
      on: { input: (event) => { this.narrowed = event.target.value; this.draw(); } } });
    this.role = el("select", { id: "party-role", "aria-label": "Role of the party", on: { change: (event) => this.change({ role: event.target.value }, { keepsPage: true }) } },
      el("option", { value: "" }, "In any role"), this.store.columns.parties.roleNames.map((role) => el("option", { value: role }, ROLE_NAMES[role] ?? inWords(role))));
  }

  open(isOpen) {
    this.place.dataset.open = isOpen ? "yes" : "no";
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  yearFields() {
    const field = (name, label) => el("input", { type: "text", inputmode: "numeric", maxlength: 5, id: `year-${name}`, "aria-label": label, size: 5,
      "aria-describedby": "years-fault", on: { change: () => this.takeYears() } });
    this.yearsFault = el("p", { class: "fault", id: "years-fault", role: "alert" });
    return { from: field("from", "From year"), to: field("to", "To year") };
  }

  // Both years are taken together, and neither where one is none or they are the wrong way round.
  takeYears() {
    const texts = Object.values(this.years).map((field) => field.value.trim());
    const [from, to] = texts.map(yearOf);
    const wrong = [texts[0] !== "" && from === null, texts[1] !== "" && to === null];
    const isTurned = from !== null && to !== null && from > to;
    Object.values(this.years).forEach((field, at) => field.setAttribute("aria-invalid", String(wrong[at] || isTurned)));
    this.yearsFault.textContent = wrong.some(Boolean) ? "A year is up to four figures." : isTurned ? `${from} is after ${to}.` : "";
    if (!this.yearsFault.textContent) this.change({ from, to });
  }

  // What is in force, but for a field that is being written in.
  drawYears(state) {
    const fields = Object.entries(this.years);
    if (fields.some(([, field]) => field === document.activeElement)) return;
    this.yearsFault.textContent = "";
    for (const [name, field] of fields) {
      field.value = state[name] ?? "";
      field.setAttribute("aria-invalid", "false");
    }
  }

  show(state, counts) {
    [this.state, this.counts] = [state, counts];
    this.draw();
  }

  // Fields that are written in are moved into new groups.
  draw() {
    keepingFocus(this.groups, () => this.drawGroups());
    const inForce = chipsOf(this.state, this.store).length;
    this.toggle.textContent = inForce ? `Filters (${inForce})` : "Filters";
  }

  drawGroups() {
    const { state, counts, store } = this;
    const { collections, genres, parties } = store.columns;
    this.drawYears(state);
    this.role.value = state.role;
    const options = (group, values) => values.map(({ value, label, count }) => ({ value, label, count, isOn: state[group].includes(value) }));
    const several = [
      { value: "several", label: "In several collections", count: counts.several, isOn: state.several },
      { value: "variants", label: "Worded differently", count: counts.variants, isOn: state.variants },
    ];
    fill(this.groups,
      this.group("Collection", "collection", options("collection", collections.ids.map((value, at) => ({ value, label: collections.titles[at], count: counts.collection[at] })))),
      el("fieldset", { class: "years" }, el("legend", {}, "Years"), el("div", { class: "row" }, this.years.from, el("span", { "aria-hidden": "true" }, "to"), this.years.to), this.yearsFault),
      this.group("Date is known", "precision", options("precision", Object.entries(PRECISION_NAMES).map(([value, label]) => ({ value, label, count: counts.precision[PRECISIONS.indexOf(value)] })))),
      genres.names.length > 0 && this.group("Kind of document", "genre", options("genre", genres.names.map((value, at) => ({ value, label: genres.labels[at], count: counts.genre[at + 1] })))),
      parties.names.length > 0 && this.parties(),
      this.group("Listings", "listings", several, (value, isOn) => this.change({ [value]: isOn })));
  }

  parties() {
    const { state, counts, store } = this;
    const wanted = wordsOf(this.narrowed);
    // In any role a party is chosen that is chosen in one.
    const isMeant = (party, name) => party.name === name && (!state.role || party.role === state.role);
    const options = store.columns.parties.names.map((label, at) => ({ label, at, value: label, count: counts.party[at], isOn: state.party.some((party) => isMeant(party, label)) }))
      .filter(({ at, isOn, count }) => isOn || (count && wanted.every((word) => this.foldedNames[at].includes(` ${word}`))));
    const choose = (name, isOn) => this.change({ party: isOn
      ? [...state.party, { role: state.role, name }]
      : state.party.filter((party) => !isMeant(party, name)) });
    return this.group("Party", "party", options, choose, el("div", { class: "row" }, this.role, this.names));
  }

  // A group of check boxes, those in force and the most frequent first; those that would leave nothing are not shown.
  group(title, name, options, choose = null, before = null) {
    const act = choose ?? ((value, isOn) => this.change({ [name]: isOn ? [...this.state[name], value] : this.state[name].filter((other) => other !== value) }));
    const isFixed = name === "precision" || name === "listings";
    const useful = options.filter(({ count, isOn }) => count || isOn);
    if (!isFixed) useful.sort((one, other) => other.isOn - one.isOn || other.count - one.count || BY_NAME.compare(one.label, other.label));
    if (!useful.length && !before) return null;
    const limit = this.opened.has(name) || isFixed ? MOST_SHOWN : SHOWN_AT_FIRST;
    const rest = useful.length - limit;
    const more = rest > 0
      ? limit === MOST_SHOWN ? el("p", { class: "quiet" }, `and ${rest.toLocaleString("en")} more; a name narrows them down`)
        : button(`Show ${Math.min(useful.length, MOST_SHOWN).toLocaleString("en")}`, () => { this.opened.add(name); this.draw(); }, { class: "plain", id: `more-${name}`, "aria-label": `${title}: show ${Math.min(useful.length, MOST_SHOWN)}` })
      : null;
    return el("fieldset", { class: name }, el("legend", {}, title), before,
      useful.slice(0, limit).map(({ value, label, count, isOn }) => {
        const box = el("input", { type: "checkbox", id: `filter-${name}-${value}`, on: { change: (event) => act(value, event.target.checked) } });
        box.checked = isOn;
        return el("label", { class: "option", dir: "auto" }, box, el("span", { class: "label" }, shown(label)), el("span", { class: "count" }, count.toLocaleString("en")));
      }), more);
  }
}

// Every filter in force: what it says, and what the state is without it.
function chipsOf(state, store) {
  const { collections } = store.columns;
  const without = (name, value) => ({ [name]: state[name].filter((other) => other !== value) });
  const chips = state.collection.map((id) => ["Collection", collections.titles[collections.ids.indexOf(id)] ?? id, without("collection", id)]);
  if (state.from !== null || state.to !== null) {
    const years = state.from === state.to ? `${state.from}` : state.to === null ? `from ${state.from}` : state.from === null ? `to ${state.to}` : `${state.from}–${state.to}`;
    chips.push(["Years", years, { from: null, to: null }]);
  }
  chips.push(...state.precision.map((name) => ["Date is known", PRECISION_NAMES[name], without("precision", name)]));
  chips.push(...state.genre.map((name) => ["Kind", genreName(store, name), without("genre", name)]));
  chips.push(...state.party.map((party) => ["Party", partyName(party), without("party", party)]));
  if (state.several) chips.push(["Listings", "in several collections", { several: false }]);
  if (state.variants) chips.push(["Listings", "worded differently", { variants: false }]);
  return chips;
}

function showChips(place, state, store, change) {
  const chips = chipsOf(state, store);
  place.hidden = !chips.length;
  fill(place, el("ul", { class: "chips", "aria-label": "Filters in force" },
    chips.map(([group, value, left], at) => el("li", {},
      button("", () => change(left), { class: "chip", id: `chip-${at}`, "aria-label": `Cancel filter ${group}: ${value}` })))),
    chips.length > 1 && button("Cancel all filters", () => change({ ...emptyState(), q: state.q, sort: state.sort }), { class: "plain", id: "cancel-all" }));
  chips.forEach(([group, value], at) => place.querySelector(`#chip-${at}`)?.append(
    el("span", { class: "chip-group" }, `${group}: `), el("bdi", {}, shown(value)), el("span", { class: "cross", "aria-hidden": "true" }, "×")));
}
