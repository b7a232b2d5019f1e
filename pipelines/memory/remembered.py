"""What one build takes from the one before, and leaves to the next: files that need not be read again, and a record of itself."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.collector import collector_paused
from pipelines.deduplicate import Before, Traces
from pipelines.listed import list_entries
from pipelines.memory.digests import digest_of_code, digest_of_file, digest_of_raw
from pipelines.memory.packs import Packs
from pipelines.memory.record import Record, Seen, read_record, write_record
from pipelines.memory.traces import load_before, load_titles, save_traces
from pipelines.memory.walk import Item, Stamp, look_at, walk
from pipelines.read import Source
from pipelines.records import RawReading
from pipelines.release.places import MANIFEST
from pipelines.title_tables import ReadBefore


class Recalled(NamedTuple):
    """The readings that are kept, by the path of their source; and the sources that must be read."""

    readings: dict[str, RawReading]
    missing: list[Source]


@dataclass(slots=True)
class Remembered:
    """What is known of raw before it is read, and what comes to be known."""

    raw: str
    processed: Path
    code: str
    settings: Mapping[str, str | None]
    items: Sequence[Item]
    now_ns: int
    is_fresh: bool
    packs: Packs | None
    seen: Mapping[str, Seen]
    digests: dict[str, str | None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    live: dict[str, RawReading] = field(default_factory=dict)

    @classmethod
    def open(cls, raw: Path, processed: Path, settings: Mapping[str, str | None], *, is_fresh: bool) -> "Remembered":
        """Look at raw, and at what is remembered of it; `is_fresh` is to believe nothing of that."""
        now = time.time_ns()
        record = None if is_fresh else read_record(processed)
        return cls(
            f"{os.fspath(raw)}/", processed, digest_of_code(), settings, walk(os.fspath(raw)), now, is_fresh,
            None if is_fresh else Packs(processed), record.files if record else {},
        )  # fmt: skip

    def recall(self, sources: Sequence[Source], beside: Callable[[Source], str]) -> Recalled:
        """The readings that are kept of these sources; `beside` says what else than its bytes the reading of one follows from."""
        stamps = {item.name: item.stamp for item in self.items}
        self._look_at_companions(sources)
        recalled = Recalled({}, [])
        for source in sources:
            reading = self._recall(source, stamps.get(self._name(source)), beside) if self.packs else None
            if reading is None:
                recalled.missing.append(source)
            else:
                recalled.readings[source.source_path] = reading
        return recalled

    def _look_at_companions(self, sources: Sequence[Source]) -> None:
        """The side file, layouts, and whatever else is no page: hashed where their stamps alone do not tell yet."""
        pages = {self._name(source) for source in sources}
        for name, stamp, _ in self.items:
            if stamp is not None and name not in pages:
                is_settled = stamp.is_settled(self.now_ns)
                self.digests[name] = "" if is_settled else digest_of_raw(self.raw + name)

    def _recall(self, source: Source, stamp: Stamp | None, beside: Callable[[Source], str]) -> RawReading | None:
        name = self._name(source)
        seen = self.seen.get(name)
        if stamp is None or self.packs is None:
            return None
        is_known = seen is not None and seen.is_settled and seen.stamp == stamp
        digest = seen.sha256 if seen and is_known else digest_of_raw(source.path)
        if digest is None:
            return None
        key = self._key(source, digest, beside)
        reading = self.packs.get(key)
        if reading is not None:
            self.digests[name], self.live[key] = digest, reading
        return reading

    def keep(
        self, sources: Sequence[Source], readings: Sequence[RawReading], beside: Callable[[Source], str]
    ) -> list[RawReading]:
        """Keep what was read of these sources, as far as it is certain of which bytes; the same readings, to be used instead.

        That is where the file stood still, or all that was read of it bears the hash of the whole file.
        """
        readings = list_entries(readings)
        stamps = {item.name: item.stamp for item in self.items}
        new: dict[str, RawReading] = {}
        for source, reading in zip(sources, readings, strict=True):
            name = self._name(source)
            stamp = stamps.get(name)
            digest = digest_of_raw(source.path)
            is_still = stamp is not None and stamp == look_at(source.path) and stamp.is_settled(self.now_ns)
            is_all = bool(reading.pages) and all(page.page.source_sha256 == digest for page in reading.pages)
            if digest is not None and (is_still or is_all) and not _may_pass(reading):
                self.digests[name] = digest
                new[self._key(source, digest, beside)] = reading
        with suppress(OSError):  # a full disk costs the next build time, and this one nothing
            packs = self.packs or Packs(self.processed)
            packs.keep(new, self.live)
        return readings

    def before(self) -> Before | None:
        """What was published, and how it was found; None where that is not known."""
        return None if self.is_fresh else load_before(self.processed, self.code)

    def titles_before(self, before: Before | None) -> ReadBefore | None:
        """What the release before says of titles; None where that is not known, or names stood for others then."""
        return before and load_titles(self.processed, self.settings["authority"], before.documents)

    @collector_paused()
    def finish(self, release: Path, gate: Mapping[str, Any], traces: Traces | None) -> None:
        """Record what was built of what; a file of which it is not certain is looked at again by the next build."""
        files: dict[str, Seen] = {}
        for name, stamp, _ in self.items:
            if stamp is not None:
                digest = self.digests.get(name)
                files[name] = Seen(stamp, digest is not None and stamp.is_settled(self.now_ns), digest or None)
        rest = {item.name: item.kind for item in self.items if item.stamp is None}
        with suppress(OSError):
            if traces is not None:
                save_traces(self.processed, release, self.code, traces)
            manifest = digest_of_file(release / MANIFEST)
            if manifest is not None:
                write_record(
                    self.processed, Record(self.code, self.settings, files, rest, release.name, manifest, gate)
                )

    def _name(self, source: Source) -> str:
        return source.path[len(self.raw) :]

    def _key(self, source: Source, digest: str, beside: Callable[[Source], str]) -> str:
        said = "\n".join((self.code, digest, source.source_path, beside(source)))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


# What the machine refused once it may grant the next time, though the file is the same.
PASSING = frozenset({"file_unreadable", "file_changed"})


def _may_pass(reading: RawReading) -> bool:
    issues: Iterable[str] = (issue.problem for issue in reading.issues)
    return not PASSING.isdisjoint(issues)
