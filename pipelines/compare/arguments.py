"""What the command `diff` is asked."""

import argparse

from pipelines.options import Commands, add_json, add_processed, as_path, as_text


def add_diff(commands: Commands) -> argparse.ArgumentParser:
    """`diff`: what differs between two releases."""
    diff = commands.add_parser(
        "diff",
        help="show what differs between two releases",
        description="Show which documents are new, gone, changed, merged or split, which ids lead elsewhere, and how many of each "
        "every collection has. A release is named by its id, a tag, `current`, the id of a rejected one, or its folder.",
    )
    diff.add_argument(
        "before", nargs="?", type=as_text, metavar="A", help="the release before (default: the one published before B)"
    )
    diff.add_argument("after", nargs="?", type=as_text, metavar="B", help="the release after (default: current)")
    add_processed(diff)
    diff.add_argument(
        "--parquet", type=as_path, metavar="FILE", help="write every difference to a table (docs/differences.md)"
    )
    add_json(diff)
    return diff
