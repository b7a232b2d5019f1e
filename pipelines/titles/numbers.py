"""The number that a title gives its document: `No. 59363`, `#2543`, `NSC 8/1`, `Decision P78/3`."""

import re
from collections.abc import Iterator

_SERIES = "NSC|NIE|SNIE|NSAM|NSDM|NSSM|NSDD|NSDD|NSD|PD|PRM|NSPM|PPS|JCS|IRM|SE|ORE"
# A number is divided in some way or other, with a letter or two before or behind it: 145/77, P78/3, 1284-511ss.
_FIGURES = r"(?:[A-ZА-Я]{1,3}-?)?[0-9]++(?:[/.\-–](?:[0-9A-ZА-Я]{1,8}|[a-z]{1,3}\b))*+(?:,[0-9]{3}\b)?[a-z]{0,2}\b"
_MARKED = re.compile(rf"(?:\b(?:No|Nr|no|nr|NO)\b\.? ?|(?<!\w)[#№] ?|\b(?:Number|number) )(?P<number>{_FIGURES})")
# Resolutions of the United Nations: the session in Roman figures.
_OF_SESSION = re.compile(r"\b[Rr]esolution (?P<number>[0-9]{1,4} \([IVXLC]{1,8}\))")
_IN_SERIES = re.compile(rf"\b(?P<series>{_SERIES})(?: |-)(?P<number>[0-9]++(?:[/.\-–][0-9A-Z]{{1,6}})*+)\b")


def find_numbers(title: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Numbers that are marked as such: their first character and the one behind their last, from 0; the number; its series.

    >>> [found[2:] for found in find_numbers("Telegram No.1828 from Filippov, NSC 8/1")]
    [('1828', None), ('NSC 8/1', 'nsc')]
    """
    for match in _MARKED.finditer(title):
        yield match.start(), match.end(), match["number"], None
    for match in _OF_SESSION.finditer(title) if "esolution" in title else ():
        yield match.start("number"), match.end(), match["number"], None
    for match in _IN_SERIES.finditer(title):
        yield match.start(), match.end(), match[0], match["series"].lower()
