"""How far a name reaches in a title, and what in it is office, name and alias: `Soviet Ambassador to the DPRK A.M. Puzanov`.

All that is told here follows from the letters of the words (pipelines/titles/lexicon.py); what a name stands for is asked later.
"""

import re

from pipelines.titles.phrase import Part, Phrase, belongs

# Words that a name, an office or a body consists of; a kind of document only where it names a body (Information Department).
_RUN = re.compile(
    r"(?:[NPIOQMJSUBEFRCpAkl]|(?<=[SU])s(?=M{0,2}[OQBR])|(?<=B)&(?=BF)|[KHVGLXZYWD](?=[CMJ]?[BEF])){1,30}+"
)
_NAME = re.compile(r"(?:[NPI]|p(?=[NPp])|(?<=[NP])l)+")
_OF_STATE = re.compile(r"od?+[SU]++")
_ADDRESSED = re.compile(r"A++(?P<name>[NPI]++)")
# What closes an apposition: the Chief of the General Staff, Marshal Ogarkov, to ...
_CLOSED = re.compile(r",t|$")
_ITS_BODY = re.compile(r"[CM]*+[BEF]++")
_TO_OFFICE = re.compile(r"td?+(?P<office>M*+O[OPIN]*+)")
# What is in brackets completes the name: [Li] Fuchun, Comrade [János] Kádár, Marshal [Georgy] Zhukov.
_COMPLETED = re.compile(rf"(?P<office>[JM]{{0,3}}[OQ])?A{{0,2}}\[(?P<alias>{_NAME.pattern})\](?P<name>{_NAME.pattern})")
# A body with the place where it is, and a family name that is a capital too.
_SEATED = re.compile(r"[CMJBR]*[BR]U++$")
_NAMESAKE = re.compile(r"[JM]{0,3}O{1,2}U$")
_LONGEST_NAME, _LONGEST_ALIAS, _LONGEST_PHRASE = 6, 8, 30
KINDS = frozenset("KHVGLXZYWD")


def read_phrase(letters: str, at: int) -> Phrase | None:
    """The name that begins at a word, as far as it reaches; None where none does.

    >>> read_phrase("JQtSIIN", 0)
    Phrase(first=0, last=7, sort='person', name=(4, 7), office=(0, 4), alias=None)
    >>> read_phrase("dBoCCoS", 0)
    Phrase(first=0, last=7, sort='body', name=(1, 7), office=None, alias=None)
    >>> read_phrase("CC", 0) is None
    True
    """
    found = _read(letters, at)
    return found and _with_apposition(letters, found)


def _read(letters: str, at: int) -> Phrase | None:
    """A name with what stands in brackets behind it, without what a comma adds."""
    first = at
    while letters[at : at + 1] in ("d", "a"):
        at += 1
    if completed := _COMPLETED.match(letters, at):
        return Phrase(
            first,
            completed.end(),
            "person",
            completed.span("name"),
            _span(completed, "office"),
            completed.span("alias"),
        )
    if letters[at : at + 1] == "[":
        return None
    found = _core(letters, first, at)
    return found and _with_brackets(letters, found)


def _span(match: re.Match[str], name: str) -> Part | None:
    return match.span(name) if match[name] else None


def _core(letters: str, first: int, at: int) -> Phrase | None:
    run = _RUN.match(letters, at)
    if run is None:
        return None
    end = run.end()
    if "A" in run[0] and (address := letters.rindex("A", at, end)) + 1 < end:
        if _is_name(letters[address + 1 : end]):
            office = letters[at:address].rstrip("A")
            held = (at, at + len(office)) if office and office[-1] in "OQM" else None
            return Phrase(first, end, "person", (address + 1, end), held)
        at = address + 1
    text = letters[at:end]
    if _is_name(text):
        return Phrase(first, end, "person", (at, end))
    start = at + _name_at_end(text)
    if start < end and (letters[start - 1] in "OQ" or (letters[start - 1] == "M" and _has(text[: start - at], "OQ"))):
        return Phrase(first, end, "person", (start, end), (at, start)) if end - start <= _LONGEST_NAME else None
    if start < end:
        return _body_with_more(letters, first, at, (start, end))
    return _namesake(first, at, text) or _headed(letters, first, at, end)


def _namesake(first: int, at: int, text: str) -> Phrase | None:
    """`Minister Colombo`: a family name that is a capital too."""
    end = at + len(text)
    return Phrase(first, end, "person", (end - 1, end), (at, end - 1)) if _NAMESAKE.match(text) else None


def _body_with_more(letters: str, first: int, at: int, name: Part) -> Phrase | None:
    """A body, where a word that is no part of it follows; or a known name behind what is no office."""
    start, end = name
    if letters[start - 1] in "BEFR":
        return Phrase(first, start, "body", (at, start))
    if "P" in letters[start:end] and not letters[at:start].strip("CJ"):  # the Dissident Andrei Sakharov
        return Phrase(first, end, "person", (start, end))
    return None


def _headed(letters: str, first: int, at: int, end: int) -> Phrase | None:
    """A body, an office or a state, with what belongs to it behind: `of the USSR`, `in Delhi`."""
    text = letters[at:end]
    head = text[-1]
    if not text.strip("SU"):
        return Phrase(first, end, "state" if "S" in text else "place", (at, end))
    if head == "k":
        return _republic(letters, first, at, end)
    if head in "US" and ("E" in text or (_SEATED.match(text) and letters[end : end + 1] not in KINDS)):  # KGB London
        head = "E"
    if head in "BEFR":
        last, _ = _complement(letters, at, end, is_office=False)
        return Phrase(first, last, "body", (at, last))
    if head == "M" and (run := _assisted(letters, end)):  # Special Assistant to the President
        return _held(letters, first, at, run[1], _name_within(letters, *run))
    if head in "OQ" or (head == "M" and _has(text, "OQ")):
        return _held(letters, first, at, end, 0)
    return None


def _held(letters: str, first: int, at: int, end: int, name: int) -> Phrase:
    """An office with what belongs to it, or who holds it where the name is there."""
    if not name:
        end, name = _complement(letters, at, end, is_office=True)
    if not name and (addressed := _ADDRESSED.match(letters, end)):  # Minister of Defense Comrade Petrov
        return Phrase(first, addressed.end(), "person", addressed.span("name"), (at, end))
    if name:
        return Phrase(first, end, "person", (name, end), (at, name))
    return Phrase(first, end, "office", (at, end))


def _republic(letters: str, first: int, at: int, end: int) -> Phrase | None:
    """`Polish People's Republic`, `Republic of Cuba`: a state, where its adjective or its name tells which."""
    of = _OF_STATE.match(letters, end)
    if of and (body := _ITS_BODY.match(letters, of.end())):  # Republic of Korea Embassy
        last, _ = _complement(letters, at, body.end(), is_office=False)
        return Phrase(first, last, "body", (at, last))
    if of:
        return Phrase(first, of.end(), "state", (at, of.end()))
    return Phrase(first, end, "state", (at, end)) if "J" in letters[at:end] else None


def _assisted(letters: str, end: int) -> Part | None:
    """The office that an assistant has one for: `to the President`."""
    office = _TO_OFFICE.match(letters, end)
    return office.span("office") if office else None


def _complement(letters: str, first: int, end: int, *, is_office: bool) -> tuple[int, int]:
    """Where the words end that belong to an office or body, and where the name of who holds the office begins, 0 if nowhere."""
    while end - first < _LONGEST_PHRASE and (run := _more(letters, first, end)):
        start, end = run
        if is_office and (name := _name_within(letters, start, end)):
            return end, name
    return end, 0


def _more(letters: str, first: int, end: int) -> Part | None:
    """The next words that belong to what stands before: their first and the place behind their last."""
    joint = letters[end : end + 1]
    at = end + 1
    while letters[at : at + 1] in ("d", "a"):
        at += 1
    run = _RUN.match(letters, at)
    if not joint or run is None or joint not in "ortif&":
        return None
    text, before = run[0], letters[first:end]
    if joint == "&":  # Ministry of Culture and Education, and not another party
        is_field = not text.strip("CMJ") and text[-1] in "CM" and letters[end - 1] in "CMJ"
        return run.span() if is_field and ("o" in before or "r" in before) else None
    if joint == "r" and text[0] in "OQ" and letters[end - 1] in "BEFR":  # a body's report for a minister
        return None
    if joint in "or":
        address = text.find("A")
        return run.span() if address < 0 else (run.start(), run.start() + address) if address else None
    if joint == "i" and text[0] == "O" and letters[end - 1] == "O":  # Commander in Chief
        return run.span()
    return _place(letters, run, joint, before)


def _place(letters: str, run: re.Match[str], joint: str, before: str) -> Part | None:
    """Where an embassy is, or to whom an ambassador is sent: a state, a capital, and an unknown place if another receiver follows."""
    text = run[0]
    is_known = text[0] in "SU" or (text[0] == "C" and "S" in text) or "k" in text
    if joint == "i":
        return run.span() if is_known or (text[0] in "NR" and _has(before, "EFQ")) else None
    if joint == "f":
        return run.span() if before[-1] == "F" and "S" in letters[run.start() : run.end() + 3] else None
    if "i" in before or "t" in before:  # it has its place: what follows is a receiver
        return None
    is_receiver = (
        letters[: run.start()].rstrip("da")[: -1 - len(before)].rstrip("da").endswith("t")
    )  # to the Delegation to the UN
    has_receiver = is_receiver or "t" in letters[run.end() :]
    if _has(before, "FQ") and text[-1] in "BR" and letters[run.end() : run.end() + 1] == "t":
        return run.span()  # the Mission to the Agency to the Ministry
    if "F" in before or ("Q" in before and (is_known or has_receiver)) or ("E" in before and has_receiver):
        return (
            run.span()
            if is_known or text[0] == "N" or (text[0] == "R" and has_receiver and _has(before, "QF"))
            else None
        )
    return None


def _name_within(letters: str, start: int, end: int) -> int:
    """Where the name of who holds an office begins in the last words that belong to it; 0 where they hold none."""
    text = letters[start:end]
    name = _name_at_end(text)
    if name == len(text):
        return 0
    if name > 0:
        return start + name if text[name - 1] in "SUBEFRCMOQ" else 0
    initial = text.find("I")
    if initial > 0:
        return start + initial
    known = text.find("P")
    return start + known if known > 0 else 0


def _with_brackets(letters: str, found: Phrase) -> Phrase:
    """A name and the other name, or the office, that stands in brackets behind it."""
    opening = letters[found.last : found.last + 1]
    if not opening or opening not in "[(":
        return found
    closing = letters.find("]" if opening == "[" else ")", found.last, found.last + _LONGEST_ALIAS + 2)
    if closing < 0:
        return found
    inside = _core(letters, found.last + 1, found.last + 1)
    if inside is None or inside.last != closing:
        return found
    return _joined(found, inside, closing + 1, is_round=opening == "(")


def _joined(found: Phrase, inside: Phrase, last: int, *, is_round: bool) -> Phrase:
    match (found.sort, inside.sort):
        case ("person" | "office", "person"):
            return found._replace(last=last, alias=inside.name, office=found.office or inside.office)
        case ("person", "office") if is_round and not found.office:
            return found._replace(last=last, office=inside.name)
        case ("body", "body"):
            return found._replace(last=last, alias=inside.name)
        case ("place", "person"):  # from Washington (Drozniak)
            return inside._replace(first=found.first, last=last)
        case _:
            return found


def _with_apposition(letters: str, found: Phrase) -> Phrase:
    """`Albanian Ambassador to the PRC, Mihal Prifti`; `Zhou Enlai, Premier of the State Council`; `International Department, CC CPSU`."""
    if letters[found.last : found.last + 1] != ",":
        return found
    other = _read(letters, found.last + 1)
    if other is None or letters[other.last : other.last + 1] in ("&", "s"):
        return found
    match (found.sort, other.sort):
        case ("office", "person") if not found.alias and (not other.office or _CLOSED.match(letters, other.last)):
            office = (found.name[0], (other.office or found.name)[1])
            return Phrase(found.first, other.last, "person", other.name, office, other.alias)
        case ("person", "office") if not found.office and letters[other.last : other.last + 1] != "t":
            return found._replace(last=other.last, office=other.name)
        case ("office" | "body", "place" | "body") if belongs(letters, found, other):
            return found._replace(last=other.last, name=(found.name[0], other.name[1]))
        case _:
            return found


def _name_at_end(text: str) -> int:
    """Where the name begins that is at the end of some words; behind the last where none is."""
    first = len(text.rstrip("NPIpl"))
    return first if text[first:].strip("Ipl") and text[-1] in "NPl" else len(text)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and bool(_NAME.fullmatch(text)) and bool(text.strip("Ipl"))


def _has(text: str, any_of: str) -> bool:
    return any(letter in text for letter in any_of)
