"""From what a person writes to a template."""

from difflib import get_close_matches

from pipelines.extract.declared.template import ANYTHING, FIELDS, Template

LONGEST_TEMPLATE = 500
MOST_FIELDS = 12


class TemplateError(Exception):
    """A template that cannot be; the message says why, without a place."""


def read_template(written: str) -> Template:
    """The template that is written `{number}. {title}`; `{{` and `}}` are braces of the line itself.

    Raises:
        TemplateError: it is empty or too long, or has an unknown field, one twice, or two with nothing between.

    >>> read_template("Source: {summary}")
    Template(written='Source: {summary}', texts=('Source: ', ''), fields=('summary',))
    """
    texts, fields, fault = _parts(written[: LONGEST_TEMPLATE + 1])
    texts = [_evened(text) for text in texts]
    texts[0], texts[-1] = texts[0].lstrip(), texts[-1].rstrip()
    fault = fault or _fault(texts, fields)
    if len(written) > LONGEST_TEMPLATE:
        fault = f"has {len(written)} characters, the limit is {LONGEST_TEMPLATE}"
    if fault:
        raise TemplateError(fault)
    return Template(written, tuple(texts), tuple(fields))


def _parts(written: str) -> tuple[list[str], list[str], str | None]:
    """The texts, the names of the fields between them, and what is wrong with the braces."""
    texts: list[str] = [""]
    fields: list[str] = []
    rest = written
    while rest:
        if rest[:2] in ("{{", "}}"):
            texts[-1] += rest[0]
            rest = rest[2:]
        elif rest[0] == "{":
            name, brace, rest = rest[1:].partition("}")
            if not brace:
                return texts, fields, "has a brace that is not closed; a brace of the line itself is written {{"
            fields.append(name.strip())
            texts.append("")
        elif rest[0] == "}":
            return texts, fields, "has a brace that was not opened; a brace of the line itself is written }}"
        else:
            texts[-1] += rest[0]
            rest = rest[1:]
    return texts, fields, None


def _evened(text: str) -> str:
    """Runs of white space as one space, also at the ends."""
    return " ".join(f"|{text}|".split())[1:-1]


def _fault(texts: list[str], fields: list[str]) -> str | None:
    """What is wrong with the fields of a template."""
    if not fields and not texts[0]:
        return "is empty"
    if len(fields) > MOST_FIELDS:
        return f"has {len(fields)} fields, the limit is {MOST_FIELDS}"
    for name in fields:
        if name not in FIELDS:
            return f"has an unknown field {{{name}}}{nearest(name, list(FIELDS))}"
        if name != ANYTHING and fields.count(name) > 1:
            return f"has the field {{{name}}} twice"
    for one, other, between in zip(fields, fields[1:], texts[1:], strict=False):
        if not between:
            return f"has nothing between {{{one}}} and {{{other}}} that tells them apart"
    return None


def nearest(name: str, known: list[str]) -> str:
    """What a person may have meant, as the end of a message; nothing where nothing is like it.

    >>> nearest("tittle", ["title", "date"])
    '; did you mean title?'
    """
    close = get_close_matches(name.casefold(), known, 1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(sorted(known))}"
