"""Numbers, dates and times that a title prints."""

import pytest

from pipelines.titles.events import find_event_dates
from pipelines.titles.facts import title_facts

NUMBERS = {
    "Telegram No. 59363 from A. Orlov": ("59363", "telegram"),
    "Telegram No.1828 from A. Orlov": ("1828", "telegram"),
    "Cable #2543, A. Orlov to B. Petrov": ("2543", "telegram"),
    "Dispatch Nr. 12": ("12", "dispatch"),
    "NSC 8/1, The Position": ("NSC 8/1", "nsc"),
    "SNIE 11-10-57": ("SNIE 11-10-57", "snie"),
    "Protocol No. 61 of the Politburo": ("61", "protocol"),
    "Excerpt from Protocol No. 3 of the Meeting of the Politburo": ("3", "protocol"),
    "CPSU CC Politburo Decision P78/3": ("P78/3", "resolution"),
    "Council of Ministers Resolution No. 1284-511ss": ("1284-511ss", "resolution"),
    "Order No. 0077 of the Commander": ("0077", "directive"),
    "Bulletin No. 5": ("5", "bulletin"),
    "Document No. 3": ("3", "document"),
    "No. 7, A. Orlov to B. Petrov": ("7", None),
    "State Department Telegram 1234 to Embassy Paris": ("1234", "telegram"),
    "Letter on Resolution No. 5": None,
    "Reply to Telegram No. 7": None,
    "Report of the Romanian Dispensary No. 2, Hospital No. 39 in Korea": None,
    "Memorandum on the 38th Parallel": None,
    "Decision on Sending 40 Tanks": None,
    "Report (1)": None,
    "Speech at the 20th Congress": None,
    "The 1954 Agreement": None,
}
EVENTS = {
    "Talk on 16 December 1949": ("16 December 1949", "1949-12-16", "day"),
    "Talk, December 16, 1949": ("December 16, 1949", "1949-12-16", "day"),
    "Note, February 1950": ("February 1950", "1950-02", "month"),
    "Visit, 3-10 March 1964": ("3-10 March 1964", "1964-03-03/1964-03-10", None),
    "Visit between 3 and 10 March 1964": ("3 and 10 March 1964", "1964-03-03/1964-03-10", None),
    "Visit, March 3–10, 1964": ("March 3–10, 1964", "1964-03-03/1964-03-10", None),
    "Visit, 28 February - 1 March 1956": ("28 February - 1 March 1956", "1956-02-28/1956-03-01", None),
    "Report, 17/4/95-12/5/95": ("17/4/95-12/5/95", "1995-04-17/1995-05-12", None),
    "Session, 12.03.1939": ("12.03.1939", "1939-03-12", "day"),
    "Plan for 1953-1957": ("1953-1957", "1953/1957", None),
    "Plan for 1954-55": ("1954-55", "1954/1955", None),
    "The Situation in 1956": ("1956", "1956", "year"),
    "Trade in the 1960s": ("1960s", "196X", None),
    "Visit, Summer 1968": ("Summer 1968", "1968-22", None),
    "Letter, circa 1958": ("circa 1958", "1958~", "year"),
    "Report on the 1954 Conference, 3 May 1955": ("1954", "1954", "year"),
    "Talk on 30 February 1950": None,
    "Report of 5/6/1950": None,
    "Talk on 3 May": None,
    "Telegram No. 1950 from A. Orlov": None,
    "On the 20th Anniversary": None,
    "Report, 1904-05": None,
}
TIMES = {
    "Talk, 10:30 p.m.": "22:30",
    "Talk, 12:15 a.m.": "00:15",
    "Talk, 9:22 a.m. - 10:25 a.m.": "09:22/10:25",
    "Talk, 1 January 1936, 9:00-17:30": "09:00/17:30",
    "Talk, 10-11:30 p.m.": "22:00/23:30",
    "Talk, 11-1:30 p.m.": "11:00/13:30",
    "Talk at 2200 hours": "22:00",
    "Report No. 10:30": None,
    "A ratio of 5:3": None,
    "Sending 10 tanks": None,
}


@pytest.mark.parametrize("title", NUMBERS)
def test_a_number_is_read_with_what_carries_it(title):
    found = title_facts(title).number
    assert (tuple(found.value) if found else None) == NUMBERS[title]


@pytest.mark.parametrize("title", EVENTS)
def test_a_date_is_read_as_precisely_as_it_is_printed(title):
    found = title_facts(title).event_date
    assert ((found.value.text, found.value.edtf, found.value.precision) if found else None) == EVENTS[title]


@pytest.mark.parametrize("title", TIMES)
def test_a_time_is_read_in_24_hours(title):
    found = title_facts(title).event_time
    assert (found.value if found else None) == TIMES[title]


def test_a_season_may_mean_any_day_of_its_year_and_a_winter_the_next_spring():
    (summer, winter) = (found.value for found in find_event_dates("Summer 1968, Winter 1969"))
    assert (summer.start.isoformat(), summer.end.isoformat()) == ("1968-01-01", "1968-12-31")
    assert (winter.edtf, winter.end.isoformat()) == ("1969-24", "1970-03-31")
