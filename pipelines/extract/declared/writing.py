"""From what a person writes to a template."""

from difflib import get_close_matches

from pipelines.extract.declared.template import FIELDS, Template

LONGEST_TEMPLATE = 500
MOST_FIELDS = 12


class TemplateError(Exception):
    """A template that cannot be; the message says why, without a place."""


def read_template(written: str) -> Template:
    """The template that is written `{number}. {title}`; `{{` and `}}` are braces of the line itself.

    Raises:
        TemplateError: it is empty or too long, or has an unknown, repeated or unlimited field.

    >>> read_template("Source: {summary}")
    Template(written='Source: {summary}', texts=('Source: ', ''), fields=('summary',))
    """
    if len(written) > LONGEST_TEMPLATE:
        raise TemplateError(f"has {len(written)} characters, the limit is {LONGEST_TEMPLATE}")
    texts, fields = _parts(written)
    texts = [_evened(text) for text in texts]
    texts[0], texts[-1] = texts[0].lstrip(), texts[-1].rstrip()
    _check(texts, fields)
    return Template(written, tuple(texts), tuple(fields))


def _parts(written: str) -> tuple[list[str], list[str]]:
    """The texts and the names of the fields between them."""
    texts, fields = [""], []
    rest = written
    while rest:
        if rest[:2] in ("{{", "}}"):
            texts[-1] += rest[0]
            rest = rest[2:]
        elif rest[0] == "{":
            name, brace, rest = rest[1:].partition("}")
            if not brace:
                raise TemplateError("has a brace that is not closed; a brace of the line itself is written {{")
            fields.append(name.strip())
            texts.append("")
        elif rest[0] == "}":
            raise TemplateError("has a brace that was not opened; a brace of the line itself is written }}")
        else:
            texts[-1] += rest[0]
            rest = rest[1:]
    return texts, fields


def _evened(text: str) -> str:
    """Runs of white space as one space, also at the ends."""
    return " ".join(f"|{text}|".split())[1:-1]


def _check(texts: list[str], fields: list[str]) -> None:
    if not fields and not texts[0]:
        raise TemplateError("is empty")
    if len(fields) > MOST_FIELDS:
        raise TemplateError(f"has {len(fields)} fields, the limit is {MOST_FIELDS}")
    for name in fields:
        if name not in FIELDS:
            raise TemplateError(f"has an unknown field {{{name}}}{nearest(name, list(FIELDS))}")
        if name != "_" and fields.count(name) > 1:
            raise TemplateError(f"has the field {{{name}}} twice")
    for at, between in enumerate(texts[1:-1], 1):
        if not between:
            raise TemplateError(f"has nothing between {{{fields[at - 1]}}} and {{{fields[at]}}} that tells them apart")


def nearest(name: str, known: list[str]) -> str:
    """What a person may have meant, as the end of a message; nothing where nothing is like it.

    >>> nearest("tittle", ["title", "date"])
    '; did you mean title?'
    """
    close = get_close_matches(name.casefold(), known, 1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(sorted(known))}"
