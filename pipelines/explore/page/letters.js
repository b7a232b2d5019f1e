// Who wrote to whom in the documents that a search left: senders at the left, receivers at the right, a line for each pair.
const MOST_ON_A_SIDE = 14;
const MOST_ON_A_SIDE_OPENED = 60;
const MOST_PAIRS = 200;
// Of all lines together where each is as frequent as the others: more would cover each other.
const MOST_WIDTH = 240;

// Pairs of a sender and a receiver with how many documents have both, the most frequent first; and documents of each sender and receiver.
function lettersIn(store, numbers) {
  const { parties, isLetter } = store.columns;
  const { names, starts, values, roles, roleNames } = parties;
  const [from, to] = [roleNames.indexOf("from"), roleNames.indexOf("to")];
  const [sent, received, counts] = [new Map(), new Map(), new Map()];
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  let count = 0;
  for (const number of numbers) {
    if (!isLetter[number]) continue;
    count += 1;
    const [senders, receivers] = [new Set(), new Set()];
    for (let at = starts[number]; at < starts[number + 1]; at += 1) {
      if (roles[at] === from) senders.add(values[at]);
      else if (roles[at] === to) receivers.add(values[at]);
    }
    for (const sender of senders) add(sent, sender);
    for (const receiver of receivers) add(received, receiver);
    for (const sender of senders) for (const receiver of receivers) add(counts, sender * names.length + receiver);
  }
  const pairs = Array.from(counts, ([key, documents]) => ({ from: Math.floor(key / names.length), to: key % names.length, count: documents }));
  pairs.sort((one, other) => other.count - one.count || one.from - other.from || one.to - other.to);
  return { count, sent, received, pairs };
}

function lettersText({ count }, total) {
  if (!total) return "No documents";
  return `${count.toLocaleString("en")} of ${counted(total, "document")} with a sender and a receiver`;
}

function mostFrequent(counts, most) {
  return [...counts].sort(([one, ours], [other, theirs]) => theirs - ours || one - other).slice(0, most).map(([party]) => party);
}

// The names that most documents are from and to, on each side the most frequent first, and who of them wrote to whom.
function networkOf({ sent, received, pairs }, most) {
  const sides = [sent, received].map((counts) => mostFrequent(counts, most));
  const [writing, reading] = sides.map((parties) => new Set(parties));
  const drawn = pairs.filter(({ from, to }) => writing.has(from) && reading.has(to));
  const has = [new Set(drawn.map(({ from }) => from)), new Set(drawn.map(({ to }) => to))];
  const [senders, receivers] = sides.map((parties, side) => parties.filter((party) => has[side].has(party)));
  return { senders, receivers, drawn };
}

// The filters with this party in this role as well, or without it where it is one already.
function toggled(state, role, name) {
  const others = state.party.filter((party) => party.role !== role || party.name !== name);
  return { ...state, page: 1, party: others.length < state.party.length ? others : [...others, { role, name }] };
}

// The list of the documents of a pair.
function pairState(state, names, { from, to }) {
  const wanted = [{ role: "from", name: names[from] }, { role: "to", name: names[to] }];
  const others = state.party.filter((party) => !wanted.some(({ role, name }) => party.role === role && party.name === name));
  return { ...state, page: 1, view: "list", party: [...others, ...wanted] };
}

function nameList(role, parties, counts, state, store) {
  const { names, forms } = store.columns.parties;
  return el("ul", { class: role, "aria-label": role === "from" ? "Senders" : "Receivers" }, parties.map((party) => {
    const aliases = forms[party].filter(({ alias }) => alias).map(formText);
    const isOn = state.party.some((other) => other.role === role && other.name === names[party]);
    return el("li", { [`data-${role}`]: party }, el("a", {
      href: hashOf(toggled(state, role, names[party])), id: `${role}-${party}`, dir: "auto", "aria-current": isOn ? "true" : null,
      title: oneLine([names[party], ...aliases].join(", ")),
    }, shown(names[party])), " ", el("span", { class: "count" }, counts.get(party).toLocaleString("en")),
    aliases.length > 0 && [" ", el("bdi", { class: "alias" }, shown(aliases.join(", ")))]);
  }));
}

function ribbons({ senders, receivers, drawn }, names, open) {
  const places = (parties) => new Map(parties.map((party, at) => [party, at + 0.5]));
  const [left, right, most] = [places(senders), places(receivers), drawn[0].count];
  const widest = Math.min(8.5, MOST_WIDTH / drawn.length);
  const picture = svg("svg", { role: "img", "aria-labelledby": "ribbons-title", viewBox: `0 0 100 ${Math.max(senders.length, receivers.length)}`, preserveAspectRatio: "none" },
    svg("title", { id: "ribbons-title" }, "Lines from senders to receivers, thicker where more documents went; the pairs are in the table below"),
    // The most frequent are drawn last, over the others.
    drawn.toReversed().map((pair) => {
      const [y, z] = [left.get(pair.from), right.get(pair.to)];
      return svg("path", { d: `M0,${y} C45,${y} 55,${z} 100,${z}`, "stroke-width": 1.5 + (widest * pair.count) / most, "vector-effect": "non-scaling-stroke",
        "data-from": pair.from, "data-to": pair.to, on: { click: () => open(pair) } },
        svg("title", {}, oneLine(`${names[pair.from]} → ${names[pair.to]}: ${counted(pair.count, "document")}`)));
    }));
  return el("div", { class: "ribbons" }, picture);
}

// What is pointed at, or has the focus, stands out with its lines.
function light(figure, target) {
  const { from, to } = target?.closest("[data-from], [data-to]")?.dataset ?? {};
  const isAny = from !== undefined || to !== undefined;
  figure.classList.toggle("chosen", isAny);
  for (const path of figure.querySelectorAll("path")) {
    path.classList.toggle("lit", isAny && (from === undefined || path.dataset.from === from) && (to === undefined || path.dataset.to === to));
  }
}

function flowFigure(letters, network, state, store, change) {
  const { names } = store.columns.parties;
  const open = (pair) => change({ party: pairState(state, names, pair).party, view: "list" });
  const figure = el("figure", { class: "flow" },
    el("div", { class: "flow-head", "aria-hidden": "true" }, el("span", {}, "from"), el("span", {}), el("span", {}, "to")),
    el("div", { class: "flow-body" },
      nameList("from", network.senders, letters.sent, state, store), ribbons(network, names, open), nameList("to", network.receivers, letters.received, state, store)),
    el("figcaption", { class: "quiet" }, "The number at a name is how many of these documents it sent or received; a document of two senders counts for both. ",
      "A name filters by it, and cancels that again; a line leads to its documents. Names stand for all spellings where they are known, else as printed."));
  for (const name of ["pointerover", "focusin"]) figure.addEventListener(name, (event) => light(figure, event.target));
  for (const name of ["pointerleave", "focusout"]) figure.addEventListener(name, () => light(figure, null));
  return figure;
}

function partyCell(party, { names, forms }) {
  return el("td", { dir: "auto" }, shown(names[party]), forms[party].length > 0 && el("span", { class: "note" }, shown(`printed ${forms[party].map(formText).join(", ")}`)));
}

function pairTable({ pairs }, state, store) {
  const { parties } = store.columns;
  const rows = pairs.slice(0, MOST_PAIRS).map((pair) => el("tr", {}, partyCell(pair.from, parties), partyCell(pair.to, parties),
    el("td", { class: "number" }, el("a", { href: hashOf(pairState(state, parties.names, pair)), id: `pair-${pair.from}-${pair.to}`, "data-page": 1,
      "aria-label": oneLine(`${counted(pair.count, "document")} from ${parties.names[pair.from]} to ${parties.names[pair.to]}`) }, pair.count.toLocaleString("en")))));
  const rest = pairs.length - rows.length;
  return el("details", { class: "numbers pairs" }, el("summary", { id: "pairs" }, "As a table"),
    scrolling("Senders and receivers", el("table", {}, headRow("From", "To", "Documents"), el("tbody", {}, rows))),
    rest > 0 && el("p", { class: "quiet" }, `and ${counted(rest, "pair")} more; filters narrow them down`));
}

// More names than a picture holds are shown on demand; which they are is no part of the address.
function lettersView(letters, state, store, change) {
  if (!letters.count) {
    return el("div", { class: "empty" }, el("p", {}, "No title among these documents names both a sender and a receiver."),
      el("a", { href: hashOf({ ...state, view: "list" }) }, "Show them as a list"));
  }
  const place = el("div", {});
  const draw = (most) => {
    const network = networkOf(letters, most);
    const left = letters.pairs.length - network.drawn.length;
    fill(place, flowFigure(letters, network, state, store, change),
      left > 0 && el("p", { class: "quiet" }, `${counted(left, "pair")} of less frequent names ${left === 1 ? "is" : "are"} not drawn. `,
        most < MOST_ON_A_SIDE_OPENED && button("Draw more names", () => { draw(MOST_ON_A_SIDE_OPENED); document.getElementById(`from-${network.senders[0]}`)?.focus(); }, { class: "plain", id: "more-names" })));
  };
  draw(MOST_ON_A_SIDE);
  return [place, pairTable(letters, state, store)];
}
