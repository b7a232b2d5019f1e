"""The reading stage: what is remembered of a file is taken from there, the others are read, in shards."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipelines.captures import merge_readings
from pipelines.collector import collector_paused
from pipelines.engine import Engine
from pipelines.errors import NoPagesError
from pipelines.extract import read_declarations
from pipelines.memory.remembered import Remembered
from pipelines.read import Source, find_sources, read_side_file
from pipelines.records import RawReading
from pipelines.shards import Companions, read_files, source_paths

# A shard is read in about half a second: long beside what handing it over costs, short enough to show progress.
PAGES_A_SHARD = 2_000


@collector_paused()
def read_raw(raw: Path, engine: Engine, remembered: Remembered) -> RawReading:
    """Everything in raw, read now or before; the same whichever.

    Raises:
        NoPagesError: raw holds no file.
        LayoutError: a declared layout has faults.
    """
    declared = read_declarations(raw / "layouts")
    sources, found = engine.call("find pages", partial(find_sources, raw))
    side_file, doubts = read_side_file(raw)
    if not sources:
        why = f" ({found[0].message})" if found else ""
        message = f"{raw}: holds no file that could be a page{why}"
        raise NoPagesError(message)
    readings = _readings(sources, Companions(declared, side_file), engine, remembered)
    doubts += side_file.unused(source_paths(readings))
    return merge_readings(readings, [*found, *doubts])


def _readings(
    sources: Sequence[Source], companions: Companions, engine: Engine, remembered: Remembered
) -> list[RawReading]:
    beside = companions.beside()
    recalled, missing = remembered.recall(sources, beside)
    shards = engine.map("read pages", partial(read_files, companions=companions), _shards(missing))
    new = remembered.keep(missing, [reading for shard in shards for reading in shard], beside)
    return [*recalled.values(), *new]


def _shards(sources: Sequence[Source]) -> list[Sequence[Source]]:
    return [sources[first : first + PAGES_A_SHARD] for first in range(0, len(sources), PAGES_A_SHARD)]
