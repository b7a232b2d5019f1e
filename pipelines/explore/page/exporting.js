// What was found as CSV, BibTeX and RIS. A date is never more precise than printed.
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?(?:\/(.+))?$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
// A cell that begins so is taken for a formula by spreadsheets, also in full width and after blanks.
const FORMULA = /^[\s\u0000]*[=+\-@＝＋－＠|%]/u;
const TEX = {
  "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
  "$": "\\$", "&": "\\&", "#": "\\#", "_": "\\_", "%": "\\%",
};

function oneLine(text) {
  return String(text ?? "").replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/ {2,}/g, " ").trim();
}

function dateParts(record) {
  const found = DATE.exec(record.date_edtf ?? "");
  return found ? { year: found[1], month: found[2], day: found[3], until: found[4] } : {};
}

function authorsOf(record) {
  return record.parties.filter(({ role }) => role === "from" || role === "by").map((party) => party.name_normalized ?? party.name);
}

function placesOf(record) {
  return record.entries.map((entry) => `${entry.file}:${entry.line_first}-${entry.line_last}`);
}

function titleOf(record) {
  return record.title ?? record.summary ?? "";
}

function cell(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const CSV_COLUMNS = {
  document_id: (record) => record.document_id, date_text: (record) => record.date_text, date_edtf: (record) => record.date_edtf,
  date_precision: (record) => record.date_precision, title: (record) => record.title, summary: (record) => record.summary,
  genre: (record) => record.genre, number: (record) => record.number,
  parties: (record) => record.parties.map(({ role, name }) => `${role}: ${name}`).join("; "),
  collections: (record) => record.collections.map(({ title }) => title).join("; "), entry_count: (record) => record.entries.length,
  url: (record) => webAddress(record.url), places: (record) => placesOf(record).join("; "),
};

// With a byte order mark, without which spreadsheets take UTF-8 for something else.
function csvOf(records) {
  const rows = records.map((record) => Object.values(CSV_COLUMNS).map((value) => cell(value(record))).join(","));
  return `\ufeff${[Object.keys(CSV_COLUMNS).join(","), ...rows].join("\r\n")}\r\n`;
}

function tex(text) {
  return oneLine(text).replace(/[\\{}~^$&#_%]/g, (character) => TEX[character]);
}

function bibtexOf(records) {
  return records.map((record) => {
    const { year, month } = dateParts(record);
    const address = webAddress(record.url);
    const authors = authorsOf(record).map((name) => `{${tex(name)}}`).join(" and ");
    const fields = {
      title: `{{${tex(titleOf(record))}}}`,
      author: authors && `{${authors}}`,
      date: record.date_edtf && `{${record.date_edtf}}`,
      year: year && `{${year}}`,
      month: month && MONTHS[Number(month) - 1],
      number: record.number && `{${tex(record.number)}}`,
      abstract: record.summary && `{${tex(record.summary)}}`,
      keywords: record.collections.length && `{${record.collections.map(({ title }) => tex(title)).join("; ")}}`,
      url: address && `{${address.replace(/[{}\\]/g, (character) => encodeURIComponent(character))}}`,
      note: `{${tex([record.date_text && `Dated: ${record.date_text}`, `Listed: ${placesOf(record).join(", ")}`].filter(Boolean).join(". "))}}`,
    };
    const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = ${value}`);
    return `@misc{${record.document_id},\n${lines.join(",\n")}\n}\n`;
  }).join("\n");
}

function risOf(records) {
  return records.map((record) => {
    const { year, month, day, until } = dateParts(record);
    const rows = [
      ["TY", "MANSCPT"], ["ID", record.document_id], ["TI", titleOf(record)],
      ...authorsOf(record).map((name) => ["AU", name]),
      ...(year ? [["PY", year], ["DA", `${year}/${month ?? ""}/${day ?? ""}/${until ? `until ${until}` : ""}`]] : []),
      ["AB", record.summary], ["M1", record.number], ["UR", webAddress(record.url)],
      ...record.collections.map(({ title }) => ["KW", title]),
      ["N1", record.date_text && `Dated: ${record.date_text}`],
      ...placesOf(record).map((place) => ["N1", `Listed: ${place}`]),
    ].filter(([, value]) => oneLine(value));
    return `${rows.map(([tag, value]) => `${tag}  - ${oneLine(value)}`).join("\r\n")}\r\nER  - \r\n`;
  }).join("\r\n");
}

const EXPORTS = {
  CSV: { write: csvOf, name: "documents.csv", type: "text/csv;charset=utf-8" },
  BibTeX: { write: bibtexOf, name: "documents.bib", type: "text/x-bibtex;charset=utf-8" },
  RIS: { write: risOf, name: "documents.ris", type: "application/x-research-info-systems;charset=utf-8" },
};

async function exportDocuments(store, numbers, form) {
  const records = [];
  for (const number of numbers.slice(0, store.mostExported)) records.push(await store.record(number));
  const { write, name, type } = EXPORTS[form];
  const address = URL.createObjectURL(new Blob([write(records)], { type }));
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return records.length;
}
