"""The page: one style sheet, one script, and the data as JSON that no browser takes for markup.

No text from raw is put into HTML here: all of it is in the JSON, and the script makes elements of it by `textContent` alone. So no
template engine is needed.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

FORMAT = 2
# One after the other they are the one script of the page.
SCRIPTS = (
    "text", "columns", "stores", "sharded", "query", "state", "elements", "difference", "exporting", "timeline", "filters", "list",
    "letters", "titles", "document", "main",
)  # fmt: skip
# Within a JSON string, and nowhere else in JSON, these may stand; escaped they end no script and open no comment.
_ESCAPES = {character.encode(): f"\\u{ord(character):04x}".encode() for character in "<>&\u2028\u2029"}
# A page in its four parts; none of them holds the end of a script or of a style sheet.
_PARTS = re.compile(
    rb"<!doctype html>\n[^<]*+<html[^>]*+>\n<head>\n<meta charset=\"utf-8\">\n"
    rb"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*+)\">\n(?:<(?!style)[^\n]*+\n)*+"
    rb"<style>([^<]*+)</style>\n(?:<(?!script)[^\n]*+\n)*+<script type=\"application/json\" id=\"release\">([^<]*+)</script>\n"
    rb"<script>(.*)</script>\n</body>\n</html>\n",
    re.DOTALL,
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Explorer</title>
<style>{style}</style>
</head>
<body>
<noscript><p class="notice">This page searches within itself, for which it needs JavaScript. The same data stands beside it as tables.</p></noscript>
<script type="application/json" id="release">"""
_END = """</script>
<script>{script}</script>
</body>
</html>
"""


def make_page(data: Mapping[str, Any], *, has_shards: bool = False) -> bytes:
    """The page with its data. With shards its own script, and nothing else, may load other scripts."""
    style, script = _style(), page_script()
    scripts = f"'{policy_hash(script)}'" + (" 'strict-dynamic'" if has_shards else "")
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src '{policy_hash(style)}'; img-src data:; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )
    beginning, end = _PAGE.format(policy=policy, style=style), _END.format(script=script)
    return b"".join([beginning.encode(), json_in_html(data), end.encode()])


def data_of(page: bytes) -> bytes | None:
    """The JSON in a page; None where it is no page whose policy names its one script and its one style sheet.

    The page may be of another version of the program, with another script: what the policy lets run is what is there.
    """
    found = _PARTS.fullmatch(page)
    if not found:
        return None
    policy, style, data, script = found.groups()
    hashes = (policy_hash(text.decode("utf-8", "replace")) for text in (style, script))
    return data if all(f"'{known}'".encode() in policy for known in hashes) else None


def json_in_html(data: object) -> bytes:
    r"""JSON that may stand in a script element, or be a script.

    >>> json_in_html({"title": "</script>"})
    b'{"title":"\\u003c/script\\u003e"}'
    """
    return b"".join(_pieces(data))


def _pieces(data: object) -> Iterator[bytes]:
    """JSON column by column: text beyond ASCII in one makes the others neither longer nor slower."""
    if not isinstance(data, dict):
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        for character, escape in _ESCAPES.items():
            text = text.replace(character, escape)
        yield text
        return
    for at, (name, value) in enumerate(data.items()):
        yield b",%s:" % json_in_html(name) if at else b"{%s:" % json_in_html(name)
        yield from _pieces(value)
    yield b"}" if data else b"{}"


@cache
def _style() -> str:
    shared = (files("pipelines.look") / "base.css").read_text(encoding="utf-8")
    return f"\n{shared}{_text('explorer.css')}"


@cache
def page_script() -> str:
    """The one script of the page."""
    return '\n"use strict";\n(() => {\n' + "".join(_text(f"{name}.js") for name in SCRIPTS) + "})();\n"


def _text(name: str) -> str:
    return (files("pipelines.explore") / "page" / name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """How a policy names a script or a style sheet."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
