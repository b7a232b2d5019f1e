"""A web archive (WARC, WET, ARC), read as a stream of pages."""

import io
from collections.abc import Iterator

from pipelines.read.capture import Capture
from pipelines.read.containers.forms import WARC_START
from pipelines.read.containers.issues import Tally, damaged
from pipelines.read.containers.records import Records
from pipelines.read.containers.responses import Outcome, outcome_of
from pipelines.read.containers.streams import BombError, CutError, DamageError, Meter, buffered
from pipelines.read.containers.unpacking import Unpacked
from pipelines.records import Issue
from pipelines.settings import ReadLimits

# A file with more damaged places than this is not read on behind the next.
_MOST_DAMAGES = 100


def read_web_archive(
    stream: io.BufferedReader, name: str, limits: ReadLimits, meter: Meter, *, is_arc: bool
) -> Iterator[Capture | Issue]:
    """The pages among the records, then what was not read, counted by reason.

    What is before damage is read. Where each record is a gzip member of its own, reading goes on behind the damage at the next
    one; the damaged part counts as one record.
    """
    tally = Tally(name)
    number, damages = 0, 0
    meter.is_flowing = True
    try:
        while True:
            records = Records(stream, limits.head_bytes, is_arc=is_arc, number=number)
            try:
                yield from _pages(records, tally, name, limits)
                break
            except DamageError as damage:
                damages += 1
                behind = None if damages > _MOST_DAMAGES else _behind(stream, damage)
                yield _damaged(name, damage, records, is_read_on=behind is not None)
                if behind is None:
                    break
                stream, number = behind, records.number + (not records.is_within)
    except (BombError, OSError):
        yield from tally.issues()
        raise
    finally:
        meter.is_flowing = False
    yield from tally.issues()


def _pages(records: Records, tally: Tally, name: str, limits: ReadLimits) -> Iterator[Capture]:
    """Each page once the end of its record shows that its length was right."""
    while (record := records.start()) is not None:
        outcome = outcome_of(record, records, name, limits)
        try:
            records.finish()
        except DamageError as damage:
            if damage.is_apart or isinstance(damage, CutError):
                yield from _given(outcome, tally, record.number)
            raise
        yield from _given(outcome, tally, record.number)


def _given(outcome: Outcome, tally: Tally, number: int) -> Iterator[Capture]:
    if outcome.remark is not None:
        tally.add(*outcome.remark, number)
    if outcome.capture is not None:
        yield outcome.capture


def _behind(stream: io.BufferedReader, damage: DamageError) -> io.BufferedReader | None:
    """The stream behind damage, if it begins with a record."""
    if isinstance(damage, CutError):
        return None
    raw = stream.detach()
    if isinstance(raw, Unpacked) and raw.go_on(WARC_START):
        return buffered(raw)
    return None


def _damaged(name: str, damage: DamageError, records: Records, *, is_read_on: bool) -> Issue:
    place = f" {'in' if records.is_within else 'behind'} record {records.number}"
    return damaged(name, damage, place, "reading goes on behind it" if is_read_on else "the rest is not read")
