"""What decoding gives."""

from typing import NamedTuple

from pipelines.records import Issue


class Decoded(NamedTuple):
    """A text, the name of its encoding as in `pages.encoding`, and what is doubted about it.

    The issues name lines of this text (1-based) and no page, which is not known yet.
    """

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()
