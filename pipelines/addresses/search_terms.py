"""The filters of an old search: JSON in the path of its address, encoded once or more often."""

import json
from collections.abc import Iterator
from typing import Any

from pipelines.addresses.parts import decoded_once

# As often as other parts of addresses are decoded.
_MOST_ROUNDS = 16


class _Named(list[tuple[str, Any]]):
    """What a JSON object holds: names and values, also those that stand twice."""


def read_terms(encoded: str) -> Iterator[tuple[str, str]]:
    """Names and values of the object; of what is nested, the innermost name. What is no such object gives nothing.

    Numbers stay as they are written; what is empty or null asks for nothing.

    >>> list(read_terms("%7B%22search-in%22%3A%22all%22%2C%22subject%22%3A%5B845%2C%22007%22%5D%7D"))
    [('search-in', 'all'), ('subject', '845'), ('subject', '007')]
    """
    waiting: list[tuple[str, Any]] = [("", _object(encoded))]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, _Named):
            waiting += reversed(value)
        elif isinstance(value, list):
            waiting += [(name, member) for member in reversed(value)]
        elif name and value is not None:
            text = _text(value)
            if text:
                yield name, text


def _object(encoded: str) -> _Named | None:
    text = encoded
    for _ in range(_MOST_ROUNDS):
        once = decoded_once(text)
        if once == text and text is not encoded:
            break
        text = once
        if not text.lstrip().startswith("{"):
            continue
        try:
            found = json.loads(
                text, object_pairs_hook=_Named, parse_int=str, parse_float=str, parse_constant=str, strict=False
            )
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, _Named) else None
    return None


def _text(value: object) -> str:
    """A value as text: `true` as JSON has it, half a surrogate pair as U+FFFD, for no table holds one."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
