"""What can be set, with the reason for each value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is read, so that one file in raw cannot take the machine."""

    # The largest listing page known has 9 kB. A page of nothing but two-letter lines is the worst for memory: at this
    # size a build that refuses it peaks at 300 MB; the sample takes 175.
    page_bytes: int = 4 * 1024 * 1024
    # Packed text has 3 to 20 times its size, pages of one site packed together up to 100; a bomb begins at 1,000. Small
    # files may be all blanks, so it is judged only when this much has come out, which takes less than a tenth of a second.
    unpacked_ratio: int = 200
    ratio_from_bytes: int = 32 * 1024 * 1024
    # Zeros are unpacked at 250 MB a second, so that a small file which stays just under that ratio must stop soon as well: in
    # three seconds. Large files of pages, packed 20 times or less, are read to their end, and so are web archives.
    large_from_bytes: int = 768 * 1024 * 1024
    large_ratio: int = 20
    # Names are remembered, so that no two members share one: 100 bytes each. A zip's directory is held as well while the
    # zip is read; with directory and members at their limits that takes 145 MB.
    member_count: int = 100_000
    directory_bytes: int = 16 * 1024 * 1024
    member_name_bytes: int = 1024
    # The head of a record, of an HTTP response, of a mail part, of a tar member. Servers refuse heads over 8 to 64 kB.
    head_bytes: int = 64 * 1024
    # How far back a packed text may refer, held while unpacking: what zstd itself accepts unless it is told otherwise.
    window_bytes: int = 128 * 1024 * 1024
    # A page saved into one file carries its pictures; they are left out before it is parsed, and `page_bytes` holds for the rest.
    saved_page_bytes: int = 32 * 1024 * 1024
    # Listing pages have up to 6,000 tags. Two million tags a second are walked, on one slow core half of that.
    page_tags: int = 200_000
    # The side file has a line a page, of about 150 bytes; at these sizes its reading stays under 100 MB.
    side_file_bytes: int = 16 * 1024 * 1024
    side_file_rows: int = 200_000


LIMITS = ReadLimits()


@dataclass(frozen=True, slots=True)
class LayoutLimits:
    """Bounds on declared layouts, so that a file that is none is told apart, and a page is read in time by each of them."""

    # The examples have 2 kB; a list of templates for every archive in the world would have its files.
    file_bytes: int = 64 * 1024
    files: int = 200
    # Each line of a page is tried with each part of an entry.
    entry_blocks: int = 40
    name_characters: int = 60
    about_characters: int = 200
    # More blank lines than this between two entries mean nothing more.
    blank_lines: int = 9


LAYOUT_LIMITS = LayoutLimits()

# A release of 20,000 made entries takes 2 MB, 43 % of its raw text; with a build a day there is more than a week to find a fault in.
RELEASES_KEPT = 10
# Releases that the gate kept back: what is looked at is mostly the last; two more if raw changes while somebody looks.
REJECTED_KEPT = 3


@dataclass(frozen=True, slots=True)
class ExplorerLimits:
    """What one page of the explorer may hold, so that a browser opens it from a disk and answers while a person types."""

    # 15,342 documents of 28,000 made entries are a page of 8 MB, which Chromium has open in a second; a letter typed among 20,000
    # is answered within a tenth of one. A larger release has a page of its own, with its data in files beside it, by `archive-listings explorer`.
    documents: int = 20_000
    # Text that the entries print. Listings have 200 to 300 bytes an entry; made entries may have 50 kB.
    text_bytes: int = 32 * 1024 * 1024


EXPLORER_LIMITS = ExplorerLimits()
