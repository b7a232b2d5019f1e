"""How an explanation looks to a person. Entries of the document are numbered, so that pairs can name them briefly."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from pipelines.explain.explanation import Applying, Explanation, Relation
from pipelines.explain.supposing import Outcome, Part
from pipelines.explain.title import write_said
from pipelines.published import PRINTED, Content, Listed, row_as_json
from pipelines.text import one_line
from pipelines.wording import Sheet, differing_words, marked, plain

# A person reads the first few; --json has all.
MOST_SHOWN = 8
MOST_ENTRIES_SHOWN = 12
MOST_NUMBERS = 12
_DIFFERS = "bold yellow"


class ExplanationSheet:
    """Writes one explanation."""

    def __init__(self, sheet: Sheet, told: Explanation) -> None:
        """Take where to write, and what."""
        self._sheet = sheet
        self._told = told
        self._numbers = {entry.entry_id: f"#{at}" for at, entry in enumerate(told.hood.entries, 1)}
        linked = told.hood.linked
        self._document_of = dict(
            zip(linked.column("entry_id").to_pylist(), linked.column("document_id").to_pylist(), strict=True)
        )

    def write(self) -> None:
        """Write everything, capped where it is long."""
        self._write_document()
        write_said(self._sheet, self._told.said, self._told.hood.document)
        self._write_entries()
        self._write_relations("Joined by", self._told.joined, "nothing; no other text is part of it")
        self._write_relations("Kept apart from", self._told.apart, "nothing that looks like it")
        self._write_relations("Open", self._told.open, "nothing")
        self._write_judgements()
        self._write_outlook()

    def _write_document(self) -> None:
        document, asked = self._told.hood.document, self._told.asked
        if asked.old_document_id:
            self._sheet.line(f"{asked.old_document_id} was merged into {asked.document_id}.", "yellow")
        if asked.entry_id:
            number, document_id = self._numbers[asked.entry_id], asked.document_id
            self._sheet.line(f"{asked.entry_id} is entry {number} of {document_id}.", "yellow")
        self._sheet.line(document["document_id"], "bold")
        dated = document["date_text"] or "undated"
        edtf = document["date_edtf"]
        self._sheet.line(f"{dated} ({edtf})" if edtf and edtf != dated else dated, indent=2)
        self._sheet.line(document["title"] or "untitled", "bold", indent=2)
        self._sheet.line(document["summary"] or "no summary", indent=2)
        counts = (
            ("entry_count", "entry", "entries"),
            ("page_count", "page", "pages"),
            ("collection_count", "collection", "collections"),
        )
        said = ", ".join(f"{document[name]} {one if document[name] == 1 else many}" for name, one, many in counts)
        self._sheet.line(f"{said}; release {self._told.release_id}", "dim", indent=2)

    def _write_entries(self) -> None:
        entries = self._told.hood.entries
        speaker = next(entry for entry in entries if entry.row["is_representative"])
        self._head("Entries")
        for entry in entries[:MOST_ENTRIES_SHOWN]:
            text = Text(f"{self._numbers[entry.entry_id]:<4}").append_text(plain(entry.place_and_page))
            text.append(f"   {entry.entry_id}", "dim")
            text.append("   speaks for the document" if entry is speaker else "", "dim")
            self._sheet.line(text, indent=2)
            for name, column in PRINTED.items():
                if entry.row[column] != speaker.row[column]:
                    self._sheet.line(_differing(name, entry.row[column], speaker.row[column]), indent=6)
        self._tell_rest(len(entries) - MOST_ENTRIES_SHOWN)

    def _write_relations(self, title: str, relations: Sequence[Relation], empty: str) -> None:
        self._head(title)
        texts = _same_texts(self._told.hood.entries) if title == "Joined by" else []
        for entries in texts[:MOST_SHOWN]:
            numbers = self._listed([self._numbers[entry.entry_id] for entry in entries])
            self._sheet.line(f"{numbers} say the same once typography is folded: one text.", indent=2)
        for found in relations[:MOST_SHOWN]:
            self._write_relation(found)
        self._tell_rest(len(relations) - MOST_SHOWN)
        if not relations and not texts:
            self._sheet.line(empty, "dim", indent=2)

    def _write_relation(self, found: Relation) -> None:
        own = self._numbers[found.own.entry_id]
        if found.other_document:
            document = found.other_document
            said = ", ".join(one_line(document[name] or "", 120) for name in ("date_text", "title") if document[name])
            self._sheet.line(
                Text(found.other.document_id, "bold").append("  ").append_text(plain(said or "untitled", "not bold")),
                indent=2,
            )
            line = f"{own} / {found.other.entry_id} at {found.other.place_and_page}"
        else:
            line = f"{own} + {self._numbers[found.other.entry_id]}"
        row = found.row
        by = ", by a person" if row["decided_by"] == "person" else ""
        told = Text(one_line(line, 400)).append(f"   {row['decision']}: {row['rule']}, {row['score']:.2f}{by}", "dim")
        self._sheet.line(told, indent=4 if found.other_document else 2)
        self._sheet.line(row["evidence"], indent=6)
        self._sheet.line(self._outcome(found.supposed, self._told.suppose(found)), "cyan", indent=6)

    def _write_judgements(self) -> None:
        self._head("Judgements")
        for applying in self._told.judgements[:MOST_SHOWN]:
            self._write_judgement(applying)
        self._tell_rest(len(self._told.judgements) - MOST_SHOWN)
        if not self._told.judgements:
            self._sheet.line("none quotes a text of this document", "dim", indent=2)

    def _write_judgement(self, applying: Applying) -> None:
        known = applying.judgement
        line = f"{known.place}: {known.decision}, by {known.by} on {known.on.isoformat()}: {known.why}"
        self._sheet.line(line, indent=2)
        others = [found for found in applying.document_ids if found != self._told.asked.document_id]
        about = f"about {self._listed(others)}; " if others else ""
        self._sheet.line(f"{about}{applying.standing}", "dim", indent=6)

    def _write_outlook(self) -> None:
        pending, hood = self._told.pending, self._told.hood
        if pending.because is None:
            self._head("Not as in the release")
            self._sheet.line(
                "Deduplicated again with the judgements as they are now, these entries group otherwise:", indent=2
            )
            self._sheet.line(self._parts(pending), indent=2)
        if not hood.is_whole:
            self._sheet.line()
            what = f"Only {hood.linked.num_rows} of the entries that it is linked with were looked at again, so"
            self._sheet.line(f"{what} what a judgement would change may be incomplete.", "yellow")

    def _outcome(self, decision: str, outcome: Outcome) -> str:
        if outcome.because is not None:
            return f"Judged {decision}, nothing would change: {outcome.because}."
        return f"Judged {decision}: {self._parts(outcome)}"

    def _parts(self, outcome: Outcome) -> str:
        parts = "; ".join(self._part(part) for part in outcome.documents[:MOST_SHOWN])
        more = len(outcome.documents) - MOST_SHOWN
        parts += f"; and {more} documents more" if more > 0 else ""
        led = [f"{old} would lead to {new}" for old, new in sorted(outcome.redirects.items())[:MOST_SHOWN]]
        return "; ".join([parts, *led]) + "."

    def _part(self, part: Part) -> str:
        """A document as it would be, its entries by their numbers, those of other documents counted."""
        own = [self._numbers[entry_id] for entry_id in part.entry_ids if entry_id in self._numbers]
        own.sort(key=lambda number: int(number[1:]))
        others = Counter(self._document_of[entry_id] for entry_id in part.entry_ids if entry_id not in self._numbers)
        from_others = [f"{count} of {document_id}" for document_id, count in sorted(others.items())]
        return f"{part.document_id or 'a new document'} with {self._listed([*own, *from_others])}"

    def _listed(self, names: Sequence[str]) -> str:
        more = len(names) - MOST_NUMBERS
        return ", ".join(names[:MOST_NUMBERS]) + (f" and {more} more" if more > 0 else "")

    def _head(self, title: str) -> None:
        self._sheet.line()
        self._sheet.line(title, "bold")

    def _tell_rest(self, count: int) -> None:
        if count > 0:
            self._sheet.line(f"… and {count:,} more; --json has all", "dim", indent=2)


def _differing(name: str, value: str | None, spoken: str | None) -> Text:
    """A field that an entry prints otherwise than the entry that speaks for the document."""
    text = Text(f"{name:<8}", "dim")
    if value is None:
        return text.append("none", "italic")
    if spoken is None:
        return text.append_text(plain(value, _DIFFERS))
    return text.append_text(marked(differing_words(value, spoken, is_exact=True)[0], _DIFFERS))


def _same_texts(entries: Sequence[Listed]) -> list[list[Listed]]:
    """Entries that say the same, where there are several."""
    by_content: dict[Content, list[Listed]] = defaultdict(list)
    for entry in entries:
        by_content[entry.content].append(entry)
    return [found for found in by_content.values() if len(found) > 1]


def as_json(told: Explanation) -> dict[str, Any]:
    """Everything, uncapped."""
    hood = told.hood
    return {
        "release_id": told.release_id,
        "asked": told.asked._asdict(),
        "document": row_as_json(hood.document),
        "title_says": told.said.as_json(hood.document),
        "entries": [entry.as_json() for entry in hood.entries],
        "texts": [[entry.entry_id for entry in entries] for entries in _same_texts(hood.entries)],
        **{
            name: [_relation_as_json(found, told.suppose(found)) for found in relations]
            for name, relations in (("joined", told.joined), ("apart", told.apart), ("open", told.open))
        },
        "judgements": [_judgement_as_json(applying) for applying in told.judgements],
        "not_as_in_the_release": _outcome_as_json(told.pending),
        "compared_again": {"entry_count": hood.linked.num_rows, "is_whole": hood.is_whole},
    }


def _relation_as_json(found: Relation, outcome: Outcome) -> dict[str, Any]:
    other = None
    if found.other_document:
        other = {"entry": found.other.as_json(), "document": row_as_json(found.other_document)}
    return {**found.row, "other": other, "if_judged": {"decision": found.supposed, **_outcome_as_json(outcome)}}


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "changes": outcome.because is None,
        "because": outcome.because,
        "documents": [part._asdict() for part in outcome.documents],
        "redirects": dict(outcome.redirects),
    }


def _judgement_as_json(applying: Applying) -> dict[str, Any]:
    known = applying.judgement
    told = {**known._asdict(), "left": known.left._asdict(), "right": known.right._asdict(), "on": known.on.isoformat()}
    return {**told, "standing": applying.standing, "document_ids": list(applying.document_ids)}
