"""Tags: names for releases that are to be kept. `tags/NAME` is a link to a release, which readers may use like `current`."""

import re
from pathlib import Path

from pipelines.errors import ReleaseError, UsageError
from pipelines.release.durable import exchange_link, fsync
from pipelines.release.places import (
    CURRENT,
    RELEASE_ID,
    RELEASES,
    current_release,
    exists,
    link_text,
    named_release,
    told,
)

TAGS = "tags"
# A name that is one on every file system, and looks neither hidden nor like an option.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def read_tags(processed: Path) -> dict[str, str]:
    """The release that each tag leads to, by the name of the tag; the release need not be there.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    folder = processed / TAGS
    with told(processed, "tags cannot be read"):
        links = {path.name: named_release(link_text(path) or "") for path in folder.iterdir()} if exists(folder) else {}
    return {name: release for name, release in sorted(links.items()) if release and _NAME.fullmatch(name)}


def add_tag(processed: Path, name: str, release_id: str) -> None:
    """Give a release that is there a tag; the caller holds the lock.

    Raises:
        UsageError: the name cannot be one.
        ReleaseError: the tag leads to another release already, or cannot be written.
    """
    if not _NAME.fullmatch(name) or RELEASE_ID.fullmatch(name) or name == CURRENT:
        message = f"{name!r}: not the name of a tag: up to 100 letters, digits, dots, dashes and underscores, and no release id"
        raise UsageError(message)
    link = processed / TAGS / name
    with told(processed, "not tagged"):
        link.parent.mkdir(exist_ok=True)
        led_to = link_text(link)
        if led_to is None and exists(link):
            message = f"{link}: in the way of a tag: it is no link"
            raise ReleaseError(message)
        if led_to is not None and named_release(led_to) != release_id:
            message = f"{name}: leads to {named_release(led_to) or led_to} already; --untag {name} first, or choose another name"
            raise ReleaseError(message)
        exchange_link(link, f"../{RELEASES}/{release_id}")
        fsync(link.parent)
        fsync(processed)


def remove_tag(processed: Path, name: str) -> None:
    """Take a tag away; the release stays until it is swept. The caller holds the lock.

    Raises:
        UsageError: there is no such tag.
        ReleaseError: it cannot be removed.
    """
    if name not in read_tags(processed):
        message = f"{name!r}: no such tag"
        raise UsageError(message)
    with told(processed, "not untagged"):
        (processed / TAGS / name).unlink()
        fsync(processed / TAGS)


def find_release(processed: Path, name: str) -> str:
    """The id of the release that is called so: an id, a tag, or `current`.

    Raises:
        UsageError: there is no such release.
        ReleaseError: the folder cannot be read.
    """
    with told(processed, "cannot be read"):
        found = current_release(processed) if name == CURRENT else read_tags(processed).get(name)
        if found is None and RELEASE_ID.fullmatch(name):
            found = name
        is_there = found is not None and exists(processed / RELEASES / found)
    if found is None or not is_there:
        message = f"{name!r}: no such release in {processed}; `archive-listings releases` lists them"
        raise UsageError(message)
    return found
