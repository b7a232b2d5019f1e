"""What readers are told for the codes of genres."""

from functools import cache

from pipelines.titles.authority import load


def genre_label(code: str) -> str:
    """The name of a genre (docs/genres.md); of a code that is not one of them, the code in words.

    >>> genre_label("treaty"), genre_label("ship_log")
    ('Treaty or agreement', 'Ship log')
    """
    words = code.replace("_", " ")
    return _labels().get(code, words[:1].upper() + words[1:])


@cache
def _labels() -> dict[str, str]:
    return {genre["code"]: genre["name"] for genre in load("genres.toml")["genre"]}
