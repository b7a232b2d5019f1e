"""Which refusals of the storage are tried again; no Prefect is needed to tell."""

import pytest

from pipelines.errors import RejectedError, ReleaseError
from pipelines.flows.storage import StorageError, error_of, is_of_storage, refused_by_storage
from pipelines.read.sources import refused_file
from pipelines.records import RawReading

AWAY = refused_file("file_unreadable", "page.txt", "Stale file handle")
CHANGED = refused_file("file_changed", "page.txt", "changed while it was read")
BROKEN = refused_file("page_not_recognised", "page.txt", "no grammar claims it")


class State:
    def __init__(self, data):
        self.data = data


class Record:
    def __init__(self, result):
        self.result = result


@pytest.mark.parametrize("issue", [AWAY, CHANGED])
def test_what_may_pass_is_found_in_files_and_in_readings(issue):
    assert refused_by_storage(([], [BROKEN, issue])) == [issue.message]
    assert refused_by_storage([RawReading(), RawReading((), (BROKEN, issue))]) == [issue.message]


def test_what_follows_from_a_page_is_not_of_the_storage():
    assert refused_by_storage(([], [BROKEN])) == []
    assert refused_by_storage([RawReading((), (BROKEN,))]) == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(116, "Stale file handle"), True),
        (TimeoutError(110, "Connection timed out"), True),
        (StorageError("1 refused"), True),
        (TimeoutError("Scope timed out after 2 second(s)."), False),
        (ReleaseError("not published"), False),
        (RejectedError("too few", "r1-0123456789abcdef", None, {}), False),
        (ValueError("a fault of ours"), False),
        (None, False),
    ],
)
def test_errors_of_the_operating_system_alone_are_of_the_storage(error, expected):
    assert is_of_storage(error) is expected


def test_the_error_of_a_state_is_found_where_it_is_of_this_process():
    error = ValueError("x")
    assert error_of(State(error)) is error
    assert error_of(State(Record(error))) is error
    assert error_of(State(None)) is None
    assert error_of(State({"storage_key": "x"})) is None
