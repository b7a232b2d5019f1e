"""From a file of raw to the bytes of its pages: plain, packed, in a web archive, or in a browser's single-file save.

forms      what a file is, by its first bytes
reading    which of the others reads it
zips, tars, unpacking, web_archive (records, responses, http_body), mhtml, safari
members    what a packed file's members are called, and which are none
streams    bytes that flow, counted and bounded
"""

from collections.abc import Iterator

from pipelines.read.capture import Capture
from pipelines.read.containers.issues import refused
from pipelines.read.containers.reading import read_raw
from pipelines.read.containers.streams import BombError
from pipelines.read.raw_file import RefusedFileError, open_raw, refuse_changed
from pipelines.read.sources import Source, refused_file
from pipelines.records import Issue
from pipelines.settings import ReadLimits

__all__ = ["captures_of"]


def captures_of(source: Source, limits: ReadLimits) -> Iterator[Capture | Issue]:
    """The pages of a file, in its order, and what of it is none, as issues.

    Nothing is unpacked onto the disk, and no more is held than one page, a packed file's directory, and what unpacking needs.
    Never raises for what a file holds.
    """
    name = source.source_path
    is_empty = True
    try:
        with open_raw(source.path) as file:
            for found in read_raw(file, name, limits):
                is_empty = False
                yield found
            refuse_changed(file)
        if is_empty:
            yield refused("archive_empty", name, "holds no page")
    except RefusedFileError as refusal:
        yield refused_file(refusal.problem, name, str(refusal))
    except BombError as bomb:
        yield refused("archive_bomb", name, f"reading stopped: it {bomb}")
    except OSError as error:
        yield refused_file("file_unreadable", name, error.strerror or type(error).__name__)
