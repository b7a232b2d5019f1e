"""Ids: a letter for what it names, the version of the scheme, and 16 hex digits of a SHA-256 of what identifies it.

Sixteen digits are 64 bits: among 10 million documents the chance of one collision is 0.0003 % (birthday bound).
"""

from hashlib import sha256


def identifier(letter: str, *parts: object) -> str:
    """An id such as `d1-0123456789abcdef`; parts are joined by a separator that no line of a page can hold.

    >>> identifier("c", "making of the sino soviet alliance 1945 1950")
    'c1-4ab35ff6a1cc09da'
    """
    joined = "\n".join("" if part is None else str(part) for part in parts)
    return f"{letter}1-{sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
