"""A short run on mutated files; `make fuzz` is the long one."""

import pytest

from tests.fuzz.corpus import corpus
from tests.fuzz.mutations import MUTATIONS, mutated
from tests.fuzz.trying import tried
from tests.read.archives import Saved

FILES = corpus()
COUNT, A_TEST = 1_200, 100


@pytest.mark.parametrize("start", range(0, COUNT, A_TEST))
def test_mutated_files_are_read_or_refused_and_no_line_is_lost(start, tmp_path):
    for number in range(start, start + A_TEST):
        file = mutated(FILES, 1, number)
        faults = tried(file, tmp_path / "file").faults
        assert faults == (), f"python benchmarks/fuzz.py --seed 1 --only {number}  # {file.name}: {faults}"


def test_unspoiled_files_are_read_without_a_fault(tmp_path):
    assert {file.name: faults for file in FILES if (faults := tried(file, tmp_path / "file").faults)} == {}


def test_the_same_number_gives_the_same_file_and_others_give_others():
    assert mutated(FILES, 1, 7) == mutated(FILES, 1, 7)
    assert len({mutated(FILES, 1, number).data for number in range(300)}) > 280
    assert len({mutated(FILES, seed, 7).data for seed in range(50)}) > 40


def test_the_files_are_of_every_form():
    endings = {file.name.rsplit(".", 1)[-1] for file in FILES}
    assert endings >= {"txt", "html", "gz", "zst", "zip", "tar", "warc", "wet", "wacz", "mhtml", "webarchive"}
    assert len(FILES) > 100


def test_every_mutation_takes_what_there_is_and_what_there_is_not():
    import random

    for mutation in MUTATIONS:
        for data in (b"", b"\n", b"Herring\nSalt\n"):
            assert isinstance(mutation(random.Random(1), data, b""), bytes)


def test_a_fault_is_found(tmp_path, monkeypatch):
    from tests.fuzz import trying

    def fail(*_):
        raise ValueError

    monkeypatch.setattr(trying, "read_file", fail)
    assert "ValueError" in tried(Saved("a.txt", b"Herring"), tmp_path / "file").faults[0]
    monkeypatch.setattr(trying, "read_file", lambda *_: iter(()))
    assert tried(Saved("a.txt", b"Herring"), tmp_path / "file").faults == ("neither a page nor a word",)
