"""Numbers as the page reads them: little-endian arrays in base64, each with the type that it was given."""

from base64 import b64encode
from typing import Any

import numpy as np
import numpy.typing as npt

Packed = dict[str, str]
Numbers = npt.NDArray[Any]

_TYPES = {"u8": "<u1", "i16": "<i2", "u16": "<u2", "u32": "<u4"}
_LARGEST = {"u8": 0xFF, "u16": 0xFFFF, "u32": 0xFFFFFFFF}


def packed(values: Numbers, kind: str) -> Packed:
    """An array of the page, in a type that holds every value.

    >>> packed(np.array([1, 2]), "u16")
    {'type': 'u16', 'data': 'AQACAA=='}
    """
    return {"type": kind, "data": b64encode(np.ascontiguousarray(values, dtype=_TYPES[kind]).tobytes()).decode("ascii")}


def packed_smallest(values: Numbers) -> Packed:
    """An array without negative values, in the smallest type that holds it.

    >>> packed_smallest(np.array([1, 300]))["type"]
    'u16'
    """
    largest = int(values.max()) if len(values) else 0
    return packed(values, next(kind for kind, most in _LARGEST.items() if largest <= most))


def lengths(owners: Numbers, count: int) -> Packed:
    """How many of the rows, which are sorted by their owner, each of so many owners has."""
    return packed_smallest(np.bincount(owners, minlength=count))
