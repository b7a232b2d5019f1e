// What a document's title says, and from which of its characters each value was read.
const KIND_NAMES = { __proto__: null, person: "person", body: "body", office: "office", state: "state" };
const READ_NAMES = { __proto__: null, genre: "Kind", number: "Number", event_date: "Event", event_time: "Time" };

function wikidataLink({ wikidata_id: id }) {
  return /^Q\d+$/.test(id ?? "") ? [" ", outward(`https://www.wikidata.org/wiki/${id}`, id)] : [];
}

function partyTable(record) {
  const rows = record.parties.map((party) => el("tr", {},
    el("th", { scope: "row" }, ROLE_NAMES[party.role] ?? inWords(party.role)),
    el("td", { dir: "auto" }, el("a", { href: hashOf({ ...emptyState(), party: [{ role: "", name: party.name_normalized ?? party.name }] }) }, shown(party.name)),
      party.alias ? el("span", {}, " [", shown(party.alias), "]") : null),
    el("td", { dir: "auto" }, party.office ? shown(party.office) : el("span", { class: "quiet" }, KIND_NAMES[party.party_kind] ?? "")),
    el("td", {}, party.name_normalized ? shown(party.name_normalized) : "", wikidataLink(party))));
  return scrolling("Parties", el("table", {}, headRow("Role", "As printed", "Office, or kind", "One name for all spellings"), el("tbody", {}, rows)));
}

// What a reading gave: its name, and its value.
function valueRead(record, store, { field, value_index: index }) {
  if (field === "party") {
    const party = record.parties[index - 1];
    return party ? [ROLE_NAMES[party.role] ?? inWords(party.role), formText(party)] : ["Party", ""];
  }
  const values = { genre: record.genre && genreName(store, record.genre), number: record.number, event_date: record.event_date_edtf, event_time: record.event_time };
  return [READ_NAMES[field] ?? inWords(field), values[field] ?? ""];
}

// The title with the characters marked that were read: characters are counted, not halves of 16 bits.
function markedTitle(title, { first, last }) {
  const characters = Array.from(title);
  const part = (begin, end) => shown(characters.slice(begin, end).join(""));
  return [...part(0, first - 1), el("mark", {}, part(first - 1, last)), ...part(last)];
}

function readingList(record, store) {
  return el("details", { class: "readings" }, el("summary", {}, "Which words say so"),
    el("ol", {}, record.readings.map((reading) => {
      const [name, value] = valueRead(record, store, reading);
      return el("li", {}, el("p", {}, el("strong", {}, name), " ", el("bdi", {}, shown(value)), el("span", { class: "quiet" }, " by the rule ", el("code", {}, shown(reading.rule)))),
        el("p", { class: "read", dir: "auto" }, markedTitle(record.title ?? "", reading)));
    })));
}

function titleSection(record, store) {
  const { parties, readings } = record;
  if (!parties.length && !readings.length) return null;
  return section("What the title says", "says", parties.length > 0 && partyTable(record),
    parties.length === 0 && el("p", { class: "quiet" }, "It names nobody in a role that was read."), readings.length > 0 && readingList(record, store));
}
