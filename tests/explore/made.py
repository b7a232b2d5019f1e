"""Tables of a release, made of a few words for each document, with every column filled that a release may have."""

from datetime import date, timedelta
from hashlib import sha256

import pyarrow as pa

from schemas.declared import table_names
from schemas.derive import arrow_schema


def an_id(letter, text):
    return f"{letter}1-{sha256(text.encode()).hexdigest()[:16]}"


def tables_of(documents, **further):
    """Tables of documents: each a dict with columns of `documents`, and `entries`, `parties`, `readings` (field, value,
    rule, first and last character), `collections` (titles), `matches`.

    An entry is a dict with columns of `entries` and `page`: its file. A match is (entry here, number of another document, entry there,
    decision, evidence).
    """
    rows = {name: [] for name in table_names()}
    documents = sorted(documents, key=lambda d: (d.get("date_start") or date.max, d.get("title") or ""))
    titles = sorted({title for document in documents for title in document.get("collections", ())})
    collection_ids = {title: an_id("c", title) for title in titles}
    pages, entry_ids = {}, {}
    for number, document in enumerate(documents):
        document_id = document.get("document_id") or an_id("d", f"{number} {document.get('title')}")
        entries = document.get("entries") or [{}]
        rows["documents"].append(
            {
                "year_start": document["date_start"].year if document.get("date_start") else None,
                "year_end": document["date_end"].year if document.get("date_end") else None,
                "has_variants": False,
                **{name: value for name, value in document.items() if name in arrow_schema("documents").names},
                "document_id": document_id,
                "entry_count": len(entries),
                "page_count": len(entries),
                "collection_count": len(document.get("collections", ())),
            }
        )
        for at, entry in enumerate(entries):
            path = entry.get("page", f"page-{number % 97}.txt")
            page = pages.setdefault(
                path, {"page_id": an_id("p", path), "source_path": path, "heading": None, "url": None}
            )
            page |= {name: entry[f"page_{name}"] for name in ("heading", "url") if f"page_{name}" in entry}
            entry_ids[number, at] = an_id("e", f"{number} {at}")
            own = {name: document.get(name) for name in ("date_text", "title", "summary", "date_edtf", "url")}
            rows["entries"].append(
                {
                    **own, "line_first": 10 * at + 1, "line_last": 10 * at + 3, "position": at + 1, "is_representative": at == 0,
                    "is_possibly_cut": False,
                    **{name: value for name, value in entry.items() if name in arrow_schema("entries").names},
                    "entry_id": entry_ids[number, at], "page_id": page["page_id"], "document_id": document_id,
                }
            )  # fmt: skip
        for title in document.get("collections", ()):
            rows["document_collections"].append(
                {"document_id": document_id, "collection_id": collection_ids[title], "entry_count": 1}
            )
        for at, party in enumerate(document.get("parties", ()), 1):
            rows["document_parties"].append({**party, "document_id": document_id, "party_index": at})
        for field, at, rule, first, last in document.get("readings", ()):
            rows["title_evidence"].append(
                {"document_id": document_id, "field": field, "value_index": at, "rule": rule, "character_first": first,
                 "character_last": last, "matched_text": document["title"][first - 1 : last]}
            )  # fmt: skip
    for number, document in enumerate(documents):
        for here, other, there, decision, evidence in document.get("matches", ()):
            left, right = sorted((entry_ids[number, here], entry_ids[other, there]))
            rows["matches"].append(
                {"left_entry_id": left, "right_entry_id": right, "rule": "made", "score": 0.5, "decision": decision,
                 "decided_by": "rule", "evidence": evidence}
            )  # fmt: skip
    rows["collections"] = [
        {"collection_id": collection_ids[title], "title": title, "page_count": 1, "document_count": 1}
        for title in titles
    ]
    for page in pages.values():
        digest = sha256(page["source_path"].encode()).hexdigest()
        rows["pages"].append(
            {**page, "source_sha256": digest, "source_bytes": 1, "media_type": "text/plain", "encoding": "utf-8"}
        )
    rows |= further
    return {name: table_of(name, rows[name]) for name in table_names()}


def table_of(name, rows):
    """Rows as a table; what they do not say, and may not leave out, is nothing."""
    schema = arrow_schema(name)
    nothing = {
        field.name: {"string": "", "bool": False}.get(str(field.type), 0) for field in schema if not field.nullable
    }
    return pa.Table.from_pylist([{**nothing, **row} for row in rows], schema=schema)


def dated(text, edtf, first, last, precision):
    return {
        "date_text": text, "date_edtf": edtf, "date_start": date.fromisoformat(first), "date_end": date.fromisoformat(last),
        "date_precision": precision,
    }  # fmt: skip


WORDS = [
    "harbour",
    "treaty",
    "loan",
    "pilot",
    "quota",
    "salt",
    "ferry",
    "shoal",
    "icebreaker",
    "customs",
    "breakwater",
    "survey",
    "trawler",
    "lighthouse",
    "envoy",
]
NAMES = ["Marek Dułka", "Óscar Peral", "Zofia Krąg", "Ivar Solheim", "Teodora Vint", "Emil Sandoz", "Hugo Marchetti"]


def many(count):
    """So many made documents, of some 250 letters each."""
    first = date(1900, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number * 36_000 // count)
        one, other = NAMES[number % 7], NAMES[(number * 3 + 1) % 7]
        said = [WORDS[(number * step + step) % 15] for step in range(1, 26)]
        yield {
            "title": f"Telegram no. {number}, {one} to {other}, on the {said[0]}",
            "summary": f"{one} reports to {other} on the {' and the '.join(said)}.",
            **dated(f"{day:%B %d, %Y}", f"{day}", f"{day}", f"{day}", "day"),
            "genre": ("telegram", "letter", "report")[number % 3],
            "collections": [f"Collection {number % 40}"],
            "parties": [{"role": "from", "name": one}, {"role": "to", "name": other}],
            "readings": [("genre", 1, "kind", 1, 8), ("party", 1, "sender", 15, 20), ("party", 2, "receiver", 25, 30)],
            "entries": [{}, {"title": f"Cable {number}"}] if number % 4 == 0 else [{}],
        }
