"""Which records of a web archive are pages, and what they say of themselves."""

from datetime import UTC, datetime
from typing import NamedTuple

from pipelines.read.capture import Capture
from pipelines.read.containers.http_body import Body, UndecodableError, body_of, too_large
from pipelines.read.containers.records import Record, Records
from pipelines.settings import ReadLimits

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_OK = "200"
_STATUS_DIGITS = 3
# What a crawl notes down about itself.
_ABOUT_THE_CRAWL = frozenset({"warcinfo", "request", "metadata"})
# Chunks and packing may make a block larger than its page; more than this much none does.
_BLOCK_PER_PAGE = 2


class Remark(NamedTuple):
    """What is to be counted about a record: a code of the problems and a reason."""

    problem: str
    reason: str


class Outcome(NamedTuple):
    """The page that a record is, if it is one, and what there is to say."""

    capture: Capture | None = None
    remark: Remark | None = None


def outcome_of(record: Record, records: Records, archive: str, limits: ReadLimits) -> Outcome:
    """Read a record as far as it takes to know whether it is a page, and to its end if it is one.

    Raises:
        DamageError: as `records` does.
    """
    match record.kind:
        case "response":
            return _response(record, records, archive, limits)
        case "conversion" | "resource":
            return _plain(record, records, archive, limits)
        case kind if kind in _ABOUT_THE_CRAWL:
            return Outcome()
        case "revisit" | "continuation":
            return _skipped(record.kind)
        case _:
            return _skipped("of a type that is not known")


def _skipped(reason: str) -> Outcome:
    return Outcome(None, Remark("response_skipped", reason))


def _refused(reason: str) -> Outcome:
    return Outcome(None, Remark("response_refused", reason))


def _response(record: Record, records: Records, archive: str, limits: ReadLimits) -> Outcome:
    if not record.fields.get("content-type", "application/http").lower().startswith("application/http"):
        return _skipped("not HTTP")
    head = records.http_head()
    if head is None:
        return _refused(f"no HTTP head within {limits.head_bytes:,} bytes")
    status, fields = head
    media_type, charset = media_type_of(fields.get("content-type", ""))
    if reason := _no_page(status.partition(" ")[0], media_type):
        return _skipped(reason)
    try:
        body = _body(records, fields, limits)
    except UndecodableError as error:
        return _refused(str(error))
    return _page(record, archive, body, media_type, charset)


def _body(records: Records, fields: dict[str, str], limits: ReadLimits) -> Body:
    if records.left > _BLOCK_PER_PAGE * limits.page_bytes:
        raise UndecodableError(too_large(limits))
    return body_of(records.read_block(), fields, limits)


def _no_page(status: str, media_type: str | None) -> str | None:
    """Why a response is no page, from its status and media type."""
    if status != _OK:
        if not (status.isascii() and status.isdigit() and len(status) == _STATUS_DIGITS):
            return "without an HTTP status"
        return "redirect" if status.startswith("3") else f"HTTP status {status}"
    return None if media_type is None or media_type in _PAGES else "neither HTML nor text"


def _plain(record: Record, records: Records, archive: str, limits: ReadLimits) -> Outcome:
    """Text that a crawl made of a page (`conversion`, in WET files), or a file that was not fetched by HTTP (`resource`)."""
    media_type, charset = media_type_of(record.fields.get("content-type", ""))
    if record.kind == "conversion":
        media_type, charset = media_type or "text/plain", charset or "utf-8"
    if media_type is not None and media_type not in _PAGES:
        return _skipped("neither HTML nor text")
    if records.left > limits.page_bytes:
        return _refused(too_large(limits))
    return _page(record, archive, Body(records.read_block(), is_cut=False), media_type, charset)


def _page(record: Record, archive: str, body: Body, media_type: str | None, charset: str | None) -> Outcome:
    if not body.data:
        return _skipped("without a body")
    url = record.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">") or None
    captured_at = moment(record.fields.get("warc-date", ""))
    name = f"{archive}!{record.number}"
    capture = Capture(name, body.data, media_type, charset, url, captured_at, is_crawled=True)
    if "warc-truncated" in record.fields:
        return Outcome(capture, Remark("response_cut", "by the crawler's limits"))
    return Outcome(capture, Remark("response_cut", "the body breaks off") if body.is_cut else None)


def media_type_of(content_type: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type, None where it does not say.

    >>> media_type_of('Text/HTML; Charset="UTF-8"')
    ('text/html', 'UTF-8')
    """
    media_type, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and (charset := value.strip().strip("\"'")):
            return media_type.strip().lower() or None, charset
    return media_type.strip().lower() or None, None


def moment(text: str) -> datetime | None:
    """A WARC-Date, in UTC; None where it is none.

    >>> moment("2024-03-01T05:06:07Z").isoformat()
    '2024-03-01T05:06:07+00:00'
    """
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
