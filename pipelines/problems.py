"""The published list of problems: every code in `issues.problem`, its severity, and what it means.

A refused file or a dropped row is an error, a doubted value a warning, a thing worth knowing an info.
"""

from typing import NamedTuple

from pipelines.records import Severity


class Problem(NamedTuple):
    """How grave it is, and what a reader of `issues` should understand by it."""

    severity: Severity
    meaning: str


PROBLEMS: dict[str, Problem] = {
    # Files that were not read
    "file_not_regular": Problem("error", "A link, device, pipe or socket in raw; only regular files are read."),
    "file_too_large": Problem("error", "Larger than a listing page can be (the limit is in the settings); not read."),
    "file_unreadable": Problem("error", "The operating system would not let the file be read."),
    "file_changed": Problem(
        "error", "The file's size changed while it was read; what was hashed would not be what was parsed."
    ),
    "file_not_text": Problem(
        "error", "Holds bytes that no text holds (NUL), or begins as an image, an archive or another format does."
    ),
    "file_other_format": Problem("warning", "A picture, a PDF or the like, by its first bytes; no page, and not read."),
    "encoding_unknown": Problem(
        "error", "Not UTF-8, and in no other encoding that makes words of it; the message gives the line and the byte."
    ),
    "markup_too_large": Problem(
        "error", "HTML with more tags than a listing page can have (the limit is in the settings)."
    ),
    # Packed files and web archives
    "folder_of_page": Problem("info", "A folder that a browser saved with a page (its pictures and frames); not read."),
    "archive_cut": Problem(
        "error", "A packed file or web archive ends too early; what is whole before the end is read."
    ),
    "archive_damaged": Problem(
        "error",
        "A packed file or web archive cannot be unpacked, or holds something else where a record or member must begin; what "
        "is before the damage is read, and what is behind it where the message says so.",
    ),
    "archive_bomb": Problem(
        "error", "Unpacks to more than a file of pages can (ratio, bytes or members); reading stopped there."
    ),
    "archive_empty": Problem("error", "A packed file or web archive without a page in it."),
    "archive_nested": Problem("error", "A packed file within a packed file; unpack the outer one."),
    "member_too_large": Problem("error", "A member of a packed file larger than a listing page can be; not read."),
    "member_not_regular": Problem(
        "error", "A link, device, pipe or sparse file in a packed file; only regular files are read."
    ),
    "member_name_odd": Problem(
        "error", "A member whose name leads out of its folder, is empty or is longer than any file's; not read."
    ),
    "member_unreadable": Problem(
        "error", "A member that is encrypted, damaged or packed in a way that is not known; not read."
    ),
    "response_skipped": Problem(
        "info", "Responses of a web archive that are no pages: redirects, pictures, errors; counted."
    ),
    "response_refused": Problem(
        "warning",
        "Responses of a web archive that should be pages and cannot be read: too large, not decodable; counted.",
    ),
    "response_cut": Problem(
        "warning", "Responses that were cut when they were captured; read as far as they go; counted."
    ),
    "saved_page_damaged": Problem("error", "A browser's single-file save (MHTML, .webarchive) without a page in it."),
    "capture_repeated": Problem(
        "info", "The same bytes or the same listing as another capture; one counts, this one is named here."
    ),
    "capture_differs": Problem("info", "The same address as another capture, and another listing; both count."),
    # What the side file (pages.csv) says of pages
    "side_file_unread": Problem("error", "The side file as a whole cannot be read, or not to its end; the pages are."),
    "side_file_row": Problem(
        "warning", "A line or a cell of the side file that cannot be used; the other lines and cells are."
    ),
    "side_file_contradicted": Problem(
        "warning", "A page's container and the side file say different things of it; the container counts."
    ),
    # Pages refused whole
    "page_empty": Problem("error", "No line holds anything."),
    "layout_unknown": Problem("error", "No grammar claims the page; each line is kept as an issue line."),
    "layout_ambiguous": Problem(
        "error", "More than one grammar claims the page; it is refused rather than guessed at."
    ),
    "page_of_document": Problem("warning", "The page of one document, by its address; it lists none."),
    "ledger_unbalanced": Problem(
        "error", "The lines of the page could not each be accounted for exactly once; refused."
    ),
    # How the bytes of a page were read
    "encoding_assumed": Problem(
        "warning",
        "Not UTF-8 and no encoding declared; the likeliest is taken, and the text is too short to be sure of it.",
    ),
    "encoding_contradicted": Problem(
        "info", "The page or its server declares another encoding than the one that the bytes are in; the bytes count."
    ),
    "encoding_mixed": Problem("warning", "A page in UTF-8 with lines in another encoding; each is read in its own."),
    "bytes_undecodable": Problem(
        "warning",
        "Bytes that are no character in the page's encoding; U+FFFD stands in their place, the message has them.",
    ),
    "text_mojibake": Problem(
        "warning", "Text that was read in a wrong encoding before it was saved (Ã© for é); kept as printed."
    ),
    # Lines of a page that is otherwise read
    "cut_character": Problem("warning", "The file ends within a character; what is before it is read."),
    "cut_markup": Problem("warning", "The HTML ends within a tag; what is before it is read."),
    "cut_fragment": Problem(
        "warning", "The page ends within a date: neither an entry nor text of the summary before it."
    ),
    "date_without_title": Problem("warning", "A date line with nothing that it dates."),
    "text_unclaimed": Problem("warning", "A line that the page's grammar has no place for."),
    # Entries that are read and doubted
    "entry_possibly_cut": Problem(
        "info", "Last on its page, and its summary is missing or breaks off; its end may be lost."
    ),
    "entry_incomplete": Problem("warning", "The entry lacks a part that its declared layout says every entry has."),
    "title_repeated": Problem("info", "The title stands twice on its line with no separator; kept as printed."),
    "title_of_several_lines": Problem("info", "The title runs over several lines; kept as printed."),
    "date_missing": Problem("info", "The page prints no date for this entry."),
    "date_undated": Problem("info", "The page says that the document has no date."),
    "date_impossible": Problem("warning", "A day that does not exist; the text is kept, the bounds are null."),
    "date_unclear": Problem(
        "warning", "A date that cannot be read in one way only; the text is kept, the bounds are null."
    ),
    "date_approximate": Problem("info", "The page says about; the bounds are those of the year or month it names."),
    # Free checks on a page
    "pager_mismatch": Problem("warning", "The pager promises another number of entries than the page holds."),
    "dates_not_ascending": Problem(
        "info", "Old pages ascend by date; here one entry is earlier than the one before it."
    ),
    "entries_missing": Problem("error", "A page of this layout lists documents, and none was found."),
    # Across pages
    "collection_described_twice": Problem("info", "Two pages describe one collection in different words; one is kept."),
    "group_too_large": Problem(
        "warning",
        "More texts share a blocking key than are compared with each other; each was compared with those near it.",
    ),
    "judgement_dangling": Problem(
        "warning", "A judgement is about a text that no page in raw prints; nothing follows from it."
    ),
    "judgement_contradicted": Problem("error", "Two judgements contradict each other; the one that parts is followed."),
    # Rows left out
    "row_refused": Problem(
        "error", "A row failed a check of its table and was left out; the check and the value are named."
    ),
}
