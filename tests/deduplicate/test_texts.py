"""Distinct texts, and some of them alone."""

import numpy as np

from pipelines.deduplicate.documents import by_place
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.texts import distinct_texts, narrowed
from tests.deduplicate.corpora import FISH, MONTH, NEXT_DAY, SALT, SHORT_FISH, Listed, frame

URL = "https://digitalarchive.wilsoncenter.org/document/112233"
ENTRIES = [
    Listed(), Listed("Note on Salt", SALT, NEXT_DAY), Listed("CABLE, Petrov to Orlov"), Listed(None, SHORT_FISH, MONTH, url=URL),
    Listed("Letter", None, "sometime"), Listed("Note on Salt", SALT, NEXT_DAY), Listed("Report on Coal", FISH, None, url=URL),
]  # fmt: skip


def said_of_each_entry(texts):
    """What the texts say of each of their entries, in words."""
    columns = [
        (texts.dates, texts.date), (texts.dates, texts.date_label), (texts.titles.folded, texts.title),
        (texts.summaries.folded, texts.summary), (texts.links, texts.link),
    ]  # fmt: skip
    words = [[known[code] if code >= 0 else None for code in codes[texts.of_entry]] for known, codes in columns]
    days = [column[texts.of_entry].tolist() for column in (texts.date_start, texts.date_end, texts.is_day)]
    return list(zip(*words, *days, strict=True))


def test_texts_of_some_entries_say_of_them_what_they_said_among_all():
    records = as_records(frame(ENTRIES))
    texts = distinct_texts(records.take(by_place(records)))
    is_kept = np.array([False, True, False, True, True, True, True])
    some = narrowed(texts, is_kept)
    assert len(some) == 4
    assert said_of_each_entry(some) == [
        said for said, kept in zip(said_of_each_entry(texts), is_kept, strict=True) if kept
    ]
    assert some.first_entry.tolist() == [0, 1, 2, 4]
    assert some.titles.printed(some.title[[0, 3]]) == ["Note on Salt", "Report on Coal"]
    assert [len(coded.ways) for coded in (some.titles, some.summaries)] == [5, 5]
