"""Files of TOML that a person writes: what becomes of one that cannot be read, and where in it what stands."""

import pytest

from pipelines.authority import read_authority
from pipelines.errors import AuthorityError, JudgementsError, SettingsError
from pipelines.gate.thresholds import read_thresholds
from pipelines.judgements import read_judgements
from pipelines.toml_files import read_toml

READERS = {read_thresholds: SettingsError, read_judgements: JudgementsError, read_authority: AuthorityError}
WRONG = {
    b"name = ": "not TOML: ",
    b"\xff": "cannot be read: ",
    b"x = " + b"[" * 100_000: "not TOML that can be read: nested too deeply",
}


@pytest.mark.parametrize("content", WRONG, ids=["no value", "no text", "nested"])
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_file_that_cannot_be_followed_is_named_with_the_reason(tmp_path, read, content):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(READERS[read]) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: {WRONG[content]}")


def test_no_file_says_nothing(tmp_path):
    assert read_toml(tmp_path / "none.toml", SettingsError) is None


def test_tables_are_found_by_their_lines_and_numbered_where_they_are_written_in_another_way(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("[[ person ]]\nname = 1\n[[person]]\n[[body]]\n", encoding="utf-8")
    assert read_toml(path, SettingsError).places_of("person", 2) == [f"{path}:1", f"{path}:3"]
    path.write_text("person = [{name = 1}, {name = 2}]\n", encoding="utf-8")
    assert read_toml(path, SettingsError).places_of("person", 2) == [f"{path}: number 1", f"{path}: number 2"]


def test_a_name_is_found_where_it_is_set(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("a = 1\n'b' = 2\n[[c.d]]\n", encoding="utf-8")
    file = read_toml(path, SettingsError)
    assert [file.place_of(name) for name in ("a", "b", "c", "d")] == [f"{path}:{line}" for line in (1, 2, 3, 1)]
