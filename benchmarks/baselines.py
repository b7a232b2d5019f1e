"""Peer systems for deduplication: what others would set up over the same Parquet of records, tuned as well as we could.

Each system takes the path of a Parquet file with `record`, `page`, `date`, `title` and `summary`, reads nothing else of it,
and returns a table of `record` and `cluster`. Those that compare texts share their folding, the collapse of records that
agree in date and folded texts, and two guards made by hand: numbers in titles must agree, and a page lists a document
once. Thresholds were set on records of seed 2 (plain, hard, hard at density 10) and are the same for every input.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY = "8GB"
Pair = tuple[int, int]

FOLD = r"""
CREATE MACRO fold(text) AS
    trim(regexp_replace(lower(replace(strip_accents(text), '№', 'no ')), '[^\pL\pN]+', ' ', 'g'))
"""
# A number is written in digits, as a Roman numeral, as an ordinal, or as the letter of an annex.
TEXTS = r"""
CREATE TABLE texts AS
SELECT row_number() OVER (ORDER BY first) AS text, *,
    coalesce(regexp_extract_all(
        title, '\d+|\b[ivx]{2,}\b|\b(?:first|second|third|fourth|fifth)\b|\b(?:annex|part|appendix|volume) \w\b'
    ), []) AS numbers
FROM (
    SELECT date, fold(title) AS title, fold(summary) AS summary, min(record) AS first, list(record) AS records,
        coalesce(list(page) FILTER (page IS NOT NULL), []) AS pages
    FROM read_parquet($path) GROUP BY ALL
)
"""
WORDS = """
CREATE TABLE words AS
SELECT *, list_distinct(string_split(title, ' ')) AS title_words, list_distinct(string_split(summary, ' ')) AS summary_words
FROM texts
"""


def within(left: str, right: str, share: float) -> str:
    """SQL: at most this share of the longer text's letters differ; what is quick to rule out is not measured."""
    allowed = f"{share} * greatest(length({left}), length({right}))"
    return f"""CASE WHEN abs(length({left}) - length({right})) <= {allowed} AND jaro_similarity({left}, {right}) >= 0.75
        THEN levenshtein({left}, {right}) <= {allowed} ELSE false END"""


def covered(left: str, right: str, share: float) -> str:
    """SQL: at least this share of the words of the one that has fewer stand in the other."""
    return f"len(list_intersect({left}, {right})) >= {share} * least(len({left}), len({right}))"


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory, bounded."""
    import duckdb

    return duckdb.connect(config={"memory_limit": MEMORY})


def with_texts(path: str) -> duckdb.DuckDBPyConnection:
    """A database with the distinct texts of the records in a table."""
    database = connect()
    database.execute(FOLD)
    database.execute(TEXTS, {"path": path})
    return database


def clusters_of(database: duckdb.DuckDBPyConnection, pairs: Iterable[Pair]) -> pa.Table:
    """The records, each with the lowest text that pairs lead to from its own."""
    import pyarrow as pa

    count = database.execute("SELECT count(*) FROM texts").fetchall()[0][0]
    parent = list(range(count + 1))

    def root(text: int) -> int:
        while parent[text] != text:
            parent[text] = text = parent[parent[text]]
        return text

    for left, right in pairs:
        one, other = root(left), root(right)
        parent[max(one, other)] = min(one, other)
    roots = pa.table({"text": range(1, count + 1), "cluster": [root(text) for text in range(1, count + 1)]})
    database.register("roots", roots)
    return database.sql("SELECT unnest(records) AS record, cluster FROM texts JOIN roots USING (text)").to_arrow_table()


FLOOR = """
SELECT unnest(list(record)) AS record, min(record) AS cluster FROM read_parquet($path) GROUP BY date, title, summary
"""
EXACT = """
SELECT unnest(list(record)) AS record, min(record) AS cluster
FROM (
    SELECT record, date, fold(title) AS title, CASE WHEN date IS NULL OR title IS NULL THEN fold(summary) END AS summary
    FROM read_parquet($path)
)
GROUP BY date, title, summary
"""


def floor(path: str) -> pa.Table:
    """Read the file and group by date, title and summary as they are: what any system must do, and hardly more."""
    return connect().sql(FLOOR, params={"path": path}).to_arrow_table()


def exact(path: str) -> pa.Table:
    """Equal date and equal folded title; without a date or a title, the same texts."""
    database = connect()
    database.execute(FOLD)
    return database.sql(EXACT, params={"path": path}).to_arrow_table()


def rules_in_sql(path: str) -> pa.Table:
    """Tiers of rules in DuckDB, connected components of what they join."""
    database = with_texts(path)
    database.execute(WORDS)
    pairs = database.execute(f"""
        WITH close AS MATERIALIZED (
            SELECT l.text, r.text, l.summary_words, r.summary_words AS other_words
            FROM words AS l JOIN words AS r ON l.date = r.date AND l.numbers = r.numbers AND l.text < r.text
            WHERE NOT list_has_any(l.pages, r.pages) AND {within("l.title", "r.title", 0.16)}
        )
        SELECT text, text_1 FROM close
        WHERE summary_words IS NULL OR other_words IS NULL OR {covered("summary_words", "other_words", 0.6)}
        UNION ALL
        SELECT l.text, r.text FROM words AS l JOIN words AS r ON l.date = r.date AND l.summary = r.summary AND l.text < r.text
        WHERE NOT list_has_any(l.pages, r.pages) AND (
            l.title IS NULL OR r.title IS NULL
            OR (l.numbers = r.numbers OR l.numbers = [] OR r.numbers = []) AND {covered("l.title_words", "r.title_words", 0.84)}
        )
        UNION ALL
        SELECT l.text, r.text FROM words AS l JOIN words AS r ON l.summary = r.summary AND l.date IS NULL AND r.date IS NOT NULL
        WHERE length(l.summary) >= 40 AND l.numbers = r.numbers AND {within("l.title", "r.title", 0.16)}
    """).fetchall()  # noqa: S608 our own conditions
    return clusters_of(database, pairs)


class Text(NamedTuple):
    """A distinct text as Python reads it from the table of texts."""

    date: str | None
    title: str | None
    summary: str | None
    numbers: list[str]
    pages: list[str]


class Blocks:
    """Texts of which RapidFuzz compares those that stand in one block."""

    FEW = 12
    TITLE, TITLE_WORDS = 88, 90
    SUMMARY, SUMMARY_FOR_WORDS, SUMMARY_ALONE = 70, 90, 97

    def __init__(self, texts: Sequence[Text]) -> None:
        """The texts, by the numbers of their rows."""
        import numpy as np
        from rapidfuzz import fuzz, process

        self.texts, self.numpy, self.fuzz, self.compare_all = texts, np, fuzz, process.cdist

    def by_date(self) -> Iterator[list[int]]:
        """Texts of one date."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self.texts):
            if text.date:
                blocks[text.date].append(number)
        yield from blocks.values()

    def by_summary(self) -> Iterator[list[int]]:
        """Texts of one long summary, if one of them has no date."""
        blocks: dict[str, list[int]] = {
            text.summary: [] for text in self.texts if not text.date and text.summary and len(text.summary) >= 40
        }
        for number, text in enumerate(self.texts):
            if text.summary in blocks:
                blocks[text.summary].append(number)
        yield from blocks.values()

    def pairs(self, block: Sequence[int]) -> Iterator[Pair]:
        """Pairs of a block that are taken for one document."""
        for one, other in self.close(block) if len(block) > self.FEW else combinations(block, 2):
            if self.are_one(self.texts[one], self.texts[other]):
                yield one, other

    def close(self, block: Sequence[int]) -> Iterator[Pair]:
        """Pairs of a large block with similar titles, or with a title lost: all are compared at once."""
        titles, np, fuzz = [self.texts[number].title for number in block], self.numpy, self.fuzz
        close = self.compare_all(titles, titles, scorer=fuzz.ratio, score_cutoff=self.TITLE, dtype=np.uint8)
        close |= self.compare_all(
            titles, titles, scorer=fuzz.token_set_ratio, score_cutoff=self.TITLE_WORDS, dtype=np.uint8
        )
        if None in titles:
            lost = np.array([title is None for title in titles])
            close[lost, :] = close[:, lost] = 1
        for one, other in zip(*np.nonzero(np.triu(close, 1)), strict=True):
            yield block[one], block[other]

    def are_one(self, left: Text, right: Text) -> bool:
        """Whether two texts of a block are one document."""
        fuzz = self.fuzz
        if left.title is None or right.title is None:
            is_one = self.alike(left.summary, right.summary) >= self.SUMMARY_ALONE
        elif left.numbers and right.numbers and left.numbers != right.numbers:
            is_one = False
        elif left.numbers == right.numbers and fuzz.ratio(left.title, right.title, score_cutoff=self.TITLE):
            is_one = not left.summary or not right.summary or self.alike(left.summary, right.summary) >= self.SUMMARY
        else:
            is_one = (
                fuzz.token_set_ratio(left.title, right.title, score_cutoff=self.TITLE_WORDS) > 0
                and self.alike(left.summary, right.summary) >= self.SUMMARY_FOR_WORDS
            )
        return is_one and set(left.pages).isdisjoint(right.pages)

    def alike(self, left: str | None, right: str | None) -> float:
        """How similar two summaries are, of which one may be cut short or have its sentences in another order."""
        if not left or not right:
            return 0.0
        return max(self.fuzz.token_sort_ratio(left, right), self.fuzz.partial_ratio(left, right))


def rapidfuzz_in_blocks(path: str) -> pa.Table:
    """Titles compared within each date by RapidFuzz, then summaries; connected components of what is similar."""
    database = with_texts(path)
    rows = database.execute("SELECT date, title, summary, numbers, pages FROM texts ORDER BY text").fetchall()
    blocks = Blocks([Text._make(row) for row in rows])
    pairs = (
        (left + 1, right + 1)
        for block in chain(blocks.by_date(), blocks.by_summary())
        for left, right in blocks.pairs(block)
    )
    return clusters_of(database, pairs)


def splink_with_guards(path: str) -> pa.Table:
    """Splink on DuckDB, trained without labels; connected components of what it and the guards let through.

    Titles and summaries are compared at few levels, so that a title with one other letter is no weaker than an equal one.
    All parameters are learned among records of one date, where the look-alikes are. With the date as a third comparison, with
    more levels, or with u of random pairs, no one threshold served sparse and dense dates.
    """
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.WARNING)
    database = with_texts(path)
    database.execute(WORDS)
    title = comparisons.CustomComparison(
        output_column_name="title",
        comparison_levels=[
            levels.NullLevel("title"),
            levels.CustomLevel(within("title_l", "title_r", 0.14), "few letters differ"),
            levels.CustomLevel(covered("title_words_l", "title_words_r", 0.84), "words of the shorter one"),
            levels.ElseLevel(),
        ],
    )
    summary = comparisons.CustomComparison(
        output_column_name="summary",
        comparison_levels=[
            levels.NullLevel("summary"),
            levels.CustomLevel(covered("summary_words_l", "summary_words_r", 0.8), "words of the shorter one"),
            levels.CustomLevel(covered("summary_words_l", "summary_words_r", 0.6), "many of them"),
            levels.ElseLevel(),
        ],
    )
    numbers_agree = "(l.numbers = r.numbers OR l.numbers = [] OR r.numbers = [])"
    titles_agree = (
        f"(l.title IS NULL OR r.title IS NULL OR {within('l.title', 'r.title', 0.14)}"
        f" OR {covered('l.title_words', 'r.title_words', 0.84)})"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="text",
        comparisons=[title, summary],
        blocking_rules_to_generate_predictions=[
            f"{rule} AND {numbers_agree} AND {titles_agree} AND NOT list_has_any(l.pages, r.pages)"
            for rule in ("l.date = r.date", "l.summary = r.summary AND (l.date IS NULL OR r.date IS NULL)")
        ],
        retain_matching_columns=False,
    )
    interface = DuckDBAPI(connection=database)
    linker = Linker(interface.register(database.table("words")), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("date", "title"), block_on("date", "summary")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)  # where learning starts
    linker.training.estimate_parameters_using_expectation_maximisation(
        f"l.date = r.date AND {numbers_agree}",
        fix_u_probabilities=False,
        populate_probability_two_random_records_match_from_trained_values=True,
    )
    scored = linker.inference.predict(threshold_match_weight=1.5)
    pairs = database.execute(f"SELECT text_l, text_r FROM {scored.physical_name}").fetchall()  # noqa: S608 its own name
    return clusters_of(database, pairs)


class System(NamedTuple):
    """A system, and what it imports before it is measured."""

    run: Callable[[str], pa.Table]
    modules: tuple[str, ...]
    most_records: int | None = None


DUCKDB = ("duckdb", "pyarrow")
SYSTEMS = {
    "exact": System(exact, DUCKDB),
    "rapidfuzz": System(rapidfuzz_in_blocks, (*DUCKDB, "numpy", "rapidfuzz.process", "rapidfuzz.fuzz")),
    "duckdb": System(rules_in_sql, DUCKDB),
    "splink": System(
        splink_with_guards,
        (*DUCKDB, "splink", "splink.comparison_library", "splink.internals.duckdb.database_api"),
        100_000,
    ),
    "floor": System(floor, DUCKDB),
}
