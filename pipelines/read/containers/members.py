"""The names of a packed file's members: which are pages, what each is called, and which are refused for their name alone.

Nothing is ever unpacked onto the disk, so that a name opens nothing. It does become part of `source_path`, which others may
take for a path: a name that leads out of its folder is refused, one that cannot be shown is shown by escapes.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from pipelines.read.containers.issues import refused
from pipelines.read.containers.streams import BombError
from pipelines.read.sources import folder_of_page, may_be_saved_folder, page_beside, readable_member
from pipelines.records import Issue
from pipelines.settings import ReadLimits

_ABOUT_RAW = "readme.md"
# What macOS adds to its archives.
_SHADOWS = "__MACOSX"
_SHOWN_CHARACTERS = 80


def tidy(name: str) -> str:
    """A member's name without the `./` that `tar` puts in front of it."""
    while name.startswith("./"):
        name = name[2:].lstrip("/")
    return name


class Members:
    """Gives the members of one packed file their names, in the order of the file.

    `saved_pages` finds all names of members beside which a browser may have saved a folder; it is asked when there is such a
    folder, for in a tar its page may come later.
    """

    def __init__(self, archive: str, limits: ReadLimits, saved_pages: Callable[[], AbstractSet[str]]) -> None:
        self._archive, self._limits, self._find_saved_pages = archive, limits, saved_pages
        self._saved_pages: AbstractSet[str] | None = None
        self._count = 0
        self._times: Counter[str] = Counter()
        self._folders: set[str] = set()

    def name(self, name: str, *, is_whole: bool = True) -> str | Issue | None:
        """The `source_path` of a member; an issue where it is refused; None where it is passed over.

        Hidden members, folders, what macOS adds, and files about raw are passed over as they are in raw, and so is what a
        browser saved with a page, after one issue a folder. The second member of a name is `NAME#2`. A name that is not whole
        is refused.

        Raises:
            BombError: there are more members than are read.
        """
        self._count += 1
        if self._count > self._limits.member_count:
            message = f"holds more than {self._limits.member_count:,} members"
            raise BombError(message)
        name = tidy(name)
        if reason := self._oddness(name) if is_whole else "a header over the limit names it":
            return self.refused("member_name_odd", name, reason)
        if _is_passed_over(name):
            return None
        if (folder := self._folder_of_page(name)) is not None:
            return folder or None
        return f"{self._archive}!{self._own(readable_member(name))}"

    def refused(self, problem: str, name: str, reason: str) -> Issue:
        """The issue that names a member which is not read."""
        shown = readable_member(name)
        if len(shown) > _SHOWN_CHARACTERS:
            shown = f"{shown[:_SHOWN_CHARACTERS]}… ({len(name):,} characters)"
        return refused(problem, f"{self._archive}!{shown}", f"member refused: {reason}")

    def _oddness(self, name: str) -> str | None:
        if not name:
            return "it has no name"
        if len(name.encode("utf-8", "surrogateescape")) > self._limits.member_name_bytes:
            return f"its name has over {self._limits.member_name_bytes:,} bytes"
        slashed = name.replace("\\", "/")
        if ".." in slashed.split("/"):
            return "its name leads out of its folder"
        if slashed.startswith("/") or (slashed[1:3] == ":/" and slashed[0].isalpha()):
            return "its name is that of a place on a disk"
        return None

    def _own(self, shown: str) -> str:
        """A name that no member before has."""
        own = shown
        while own in self._times:
            self._times[shown] += 1
            own = f"{shown}#{self._times[shown]}"
        self._times[own] += 1
        return own

    def _folder_of_page(self, name: str) -> Issue | str | None:
        """For what is in a folder that a browser saved with a page: the issue, or nothing to say the second time."""
        folders = name.split("/")[:-1]
        for depth, folder in enumerate(folders, start=1):
            if not may_be_saved_folder(folder):
                continue
            if self._saved_pages is None:
                self._saved_pages = self._find_saved_pages()
            path = "/".join(folders[:depth])
            if (page := page_beside(path, self._saved_pages)) is not None:
                if path in self._folders:
                    return ""
                self._folders.add(path)
                return folder_of_page(f"{self._archive}!{readable_member(path)}", readable_member(page))
        return None


def _is_passed_over(name: str) -> bool:
    *folders, last = name.split("/")
    if not last or last.lower() == _ABOUT_RAW or _SHADOWS in folders:
        return True
    return any(part.startswith(".") for part in (*folders, last))
