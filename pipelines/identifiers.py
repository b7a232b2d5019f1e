"""Ids: a letter for what it names, the version of the scheme, and 16 hex digits of a BLAKE2b of what identifies it.

Sixteen digits are 64 bits: among 10 million documents the chance of one collision is 0.0003 % (birthday bound).
"""

from hashlib import blake2b


def identifier(letter: str, *parts: object) -> str:
    """An id such as `d1-0123456789abcdef`; parts are joined by a separator that no line of a page can hold.

    >>> identifier("c", "making of the sino soviet alliance 1945 1950")
    'c1-cdf48318b38a4026'
    """
    joined = "\0".join(["" if part is None else str(part) for part in parts])
    return f"{letter}1-{blake2b(joined.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
