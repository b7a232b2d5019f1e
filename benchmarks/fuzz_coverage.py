"""Files that are changed towards code which none has reached yet; each is read twice as a build reads it.

    make fuzz-coverage                                 ten minutes
    make fuzz-coverage OPTIONS="-max_total_time=60"    and other options of libFuzzer

Needs atheris, which is installed for this alone. The first byte of an input says what its name ends with. A fault ends the run and
leaves the input in the folder where it was started (`crash-…`); `OPTIONS=crash-…` reads it again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["pipelines.read", "pipelines.extract", "pipelines.text", "pipelines.dates"]):
    from tests.fuzz.trying import tried

from tests.fuzz.corpus import corpus
from tests.fuzz.mutations import ENDINGS
from tests.read.archives import Saved

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


class FaultError(Exception):
    """Something that no file may bring about."""


def try_one(data: bytes) -> None:
    """Read an input; raises FaultError for what is wrong with it."""
    if data:
        name = f"page{ENDINGS[data[0] % len(ENDINGS)]}"
        faults = tried(Saved(name, data[1:]), FOLDER / "file").faults
        if faults:
            raise FaultError(name, *faults)


def seeds() -> Path:
    """A folder with the files to begin from."""
    folder = FOLDER / "seeds"
    folder.mkdir()
    for number, file in enumerate(corpus()):
        ending = max((end for end in ENDINGS if file.name.endswith(end)), key=len)
        (folder / f"{number:04}").write_bytes(bytes([ENDINGS.index(ending)]) + file.data)
    return folder


if __name__ == "__main__":
    given = sys.argv[1:]
    folders = [] if any(not option.startswith("-") for option in given) else [str(FOLDER), str(seeds())]
    (FOLDER / "found").mkdir()
    defaults = [] if any(option.startswith("-max_total_time") for option in given) else ["-max_total_time=600"]
    folders = [str(FOLDER / "found"), *folders[1:]] if folders else []
    atheris.Setup(
        [sys.argv[0], "-max_len=20001", "-timeout=10", "-rss_limit_mb=800", *defaults, *given, *folders], try_one
    )
    atheris.Fuzz()
