"""What a container hands on: the bytes of one page, and what it knows of them."""

from datetime import datetime
from typing import NamedTuple


class Capture(NamedTuple):
    """One page before it is text.

    `source_path` is its name in `pages.source_path`: the file below raw, and `!` with the member where the file is an archive.
    `media_type` (`text/plain`, `text/html`) and `charset` are what the container says, None where it says nothing and the bytes
    must be asked.
    """

    source_path: str
    data: bytes
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    captured_at: datetime | None = None  # with its time zone
    is_crawled: bool = False  # a response of a web archive
