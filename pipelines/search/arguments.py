"""What the command `search` is asked."""

import argparse

from pipelines.options import Commands, add_json, add_processed, as_positive, as_text

PRECISIONS = ("day", "month", "year")


def add_search(commands: Commands) -> argparse.ArgumentParser:
    """`search`: documents that have these words, and are of this collection, time, genre or person."""
    search = commands.add_parser(
        "search",
        help="find documents by words, people, dates and collections",
        description="Find documents whose title or summary has all the words, the best first. Capitals and accents do not count. "
        'Words in "quotes" must stand side by side, and a word that ends in * is the beginning of one. Without words, all documents '
        "that the options let through, by date (docs/search.md).",
    )
    search.add_argument("words", nargs="*", metavar="TEXT", help="what to look for")
    search.add_argument(
        "--collection", type=as_text, metavar="C", help="listed by a collection: its id, or words of its title"
    )
    search.add_argument(
        "--from", dest="first", type=as_text, metavar="DATE", help="may be of this year, month or day, or later: 1950, 1950-02, 1950-02-14"
    )  # fmt: skip
    search.add_argument(
        "--to", dest="last", type=as_text, metavar="DATE", help="may be of this year, month or day, or earlier"
    )
    search.add_argument("--precision", choices=PRECISIONS, help="how precise the date is")
    search.add_argument("--genre", type=as_text, metavar="G", help="kind of document, as documents.genre has it")
    search.add_argument(
        "--party", type=as_text, metavar="NAME", help="names a person, body, office or state: words of the name, or a Wikidata id"
    )  # fmt: skip
    search.add_argument("--page", type=as_positive, default=1, metavar="N", help="page of the result (default: 1)")
    search.add_argument(
        "--release",
        type=as_text,
        default="current",
        metavar="RELEASE",
        help="id or tag of a release (default: current)",
    )
    add_processed(search)
    add_json(search)
    search.set_defaults(run=_run)
    return search


def _run(options: argparse.Namespace) -> int:
    from pipelines.arrow_alone import use_arrow_alone

    use_arrow_alone()
    from pipelines.search.command import Wanted, search

    wanted = Wanted(
        " ".join(options.words), options.collection, options.first, options.last, options.precision, options.genre, options.party,
    )  # fmt: skip
    search(options.processed, options.release, wanted, options.page, is_json=options.json)
    return 0
