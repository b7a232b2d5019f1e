"""What the commands are asked: their names, options and help. Nothing is imported here but argparse, so `--help` is quick."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines import __version__
from pipelines.compare.arguments import add_diff
from pipelines.explore.arguments import add_explorer
from pipelines.export.arguments import add_export
from pipelines.gate.arguments import add_accept, add_gate
from pipelines.options import (
    Commands,
    add_authority,
    add_json,
    add_judgements,
    add_keep,
    add_processed,
    add_wait,
    as_path,
    as_positive,
    as_text,
)
from pipelines.report.arguments import add_report
from pipelines.runs.arguments import add_watching
from pipelines.schedule.arguments import add_serve
from pipelines.search.arguments import add_search
from pipelines.upkeep.arguments import add_prune, add_releases, add_rollback, add_verify

Run = Callable[[argparse.Namespace], int]


def make_parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser of all commands; the options that it returns name in `run` what carries the command out."""
    parser = argparse.ArgumentParser(
        prog="archive-listings",
        description="Turn saved listing pages of document archives into tables that can be trusted.",
        epilog="Exit codes: 0 done, 1 the data or a check failed (the release before stays in place), 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"archive-listings {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    adding = {
        "build": _add_build,
        "review": _add_review,
        "explain": _add_explain,
        "layout": _add_layout,
        "verify": add_verify,
        "releases": add_releases,
        "rollback": add_rollback,
        "prune": add_prune,
        "diff": add_diff,
        "accept": add_accept,
        "serve": add_serve,
    }
    for name, add in adding.items():
        add(commands).set_defaults(run=runs[name])
    add_search(commands)
    add_export(commands)
    add_explorer(commands)
    add_report(commands)
    return parser


def _add_build(commands: Commands) -> argparse.ArgumentParser:
    build = commands.add_parser(
        "build",
        help="read raw pages and publish a release",
        description="Read every saved listing page below a folder, tell the documents apart, check everything, and publish a release.",
    )
    build.add_argument(
        "--raw", type=as_path, default=Path("raw"), metavar="DIR", help="folder of saved pages (default: raw)"
    )
    add_processed(build)
    add_judgements(build)
    add_authority(build)
    add_gate(build)
    _add_prefect(build)
    build.add_argument(
        "--workers",
        type=as_positive,
        default=1,
        metavar="N",
        help="processes that read pages (default: 1; more pay from about 100,000 entries)",
    )
    add_keep(build)
    add_wait(build)
    build.add_argument(
        "--fresh",
        action="store_true",
        help="read and compare everything anew, whatever is remembered of the builds before",
    )
    add_watching(build)
    add_json(build)
    return build


def _add_review(commands: Commands) -> argparse.ArgumentParser:
    review = commands.add_parser(
        "review",
        help="judge the pairs that no rule could decide",
        description="Show the pairs of the current release that wait for a person, one after another, and write each decision "
        "to the file of judgements at once; the next build applies them. Without a terminal the pairs are listed.",
    )
    add_processed(review)
    add_judgements(review)
    review.add_argument(
        "--by", type=as_text, metavar="NAME", help="who judges (default: the user.name of git, else $USER)"
    )
    review.add_argument("--limit", type=as_positive, metavar="N", help="show at most so many pairs")
    review.add_argument(
        "--judge",
        nargs=3,
        metavar=("LEFT_ENTRY_ID", "RIGHT_ENTRY_ID", "same|different"),
        help="write one judgement, of any two entries, and ask nothing",
    )
    review.add_argument("--why", type=as_text, metavar="TEXT", help="the reason of --judge")
    add_json(review)
    return review


def _add_explain(commands: Commands) -> argparse.ArgumentParser:
    explain = commands.add_parser(
        "explain",
        help="say why entries are one document, or two",
        description="Show a document of the current release: what its title says, its entries, what joined them, what keeps look-alikes apart, what is "
        "open, the judgements that apply, and what one more judgement would change.",
    )
    explain.add_argument("id", metavar="ID", help="id of a document (also one that was given up) or of an entry")
    add_processed(explain)
    add_judgements(explain)
    add_json(explain)
    return explain


def _add_layout(commands: Commands) -> argparse.ArgumentParser:
    layout = commands.add_parser(
        "layout",
        help="show how a page is read, line by line, or which layouts are known",
        description="Try a saved page on every layout, built in or declared in TOML (docs/declared-layouts.md).",
    )
    actions = layout.add_subparsers(metavar="ACTION", dest="action", required=True)
    attempt = actions.add_parser(
        "try",
        help="show how a page is read",
        description="Show what becomes of every line of a page, what is read, and why each other layout refuses it. Of a file "
        "with several pages these are listed. Exit codes: 0 read, 1 refused, 2 wrong usage.",
    )
    attempt.add_argument("file", type=as_text, metavar="FILE", help="a saved page; of a packed file also FILE!MEMBER")
    known = actions.add_parser("list", help="list the layouts", description="List every layout, with a line each.")
    for action in (attempt, known):
        _add_layouts(action)
        add_json(action)
    return layout


def _add_layouts(action: argparse.ArgumentParser) -> None:
    where = action.add_mutually_exclusive_group()
    where.add_argument(
        "--raw", type=as_path, default=Path("raw"), metavar="DIR", help="folder whose layouts/ is read (default: raw)"
    )
    where.add_argument("--layouts", type=as_path, metavar="DIR", help="folder of declared layouts")


def _add_prefect(build: argparse.ArgumentParser) -> None:
    through = build.add_mutually_exclusive_group()
    through.add_argument(
        "--prefect", action="store_true", default=None, help="run as a Prefect flow; with an embedded server where no API is configured",
    )  # fmt: skip
    through.add_argument(
        "--no-prefect",
        dest="prefect",
        action="store_false",
        help="run in this process even where a Prefect API is configured",
    )
