"""A small tree of HTML, and the ways in which templates, minifiers and browsers write one down.

Whitespace is only ever added where a browser shows none: next to blocks, never between two inline elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import codepoint2name

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "br", "button", "em", "font", "i", "img", "input", "label", "mark", "small", "source", "span", "strong",
    "sup", "svg", "time", "u", "use", "wbr", "path", "q", "cite", "o:p", "slot",
})  # fmt: skip
VERBATIM = frozenset({"pre", "script", "style", "textarea"})
UNESCAPED = frozenset({"script", "style"})
# After which the end tag of a paragraph may be missing, and beside which siblings those of the other elements may.
ENDS_A_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
})  # fmt: skip
ENDS = {
    "li": {"li"},
    "p": ENDS_A_PARAGRAPH,
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
}
BARE_VALUE = re.compile(r"[A-Za-z0-9_./:#-]+\Z")


class Raw(str):
    """Markup that is written as it stands: a comment, a doctype."""

    __slots__ = ()


@dataclass(frozen=True)
class Node:
    tag: str
    attributes: dict[str, str | None]
    children: tuple[Node | str, ...]


def flat(children):
    for child in children:
        if child is None:
            continue
        if isinstance(child, str | Node):
            yield child
        elif isinstance(child, int):
            yield str(child)
        else:
            yield from flat(child)


def e(tag, *children, **attributes):
    """An element. `cls` is class, `_` is `-`; None drops a child or an attribute, True makes an attribute without value."""
    named = {}
    for key, value in attributes.items():
        name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
        if value is not None and value is not False:
            named[name] = None if value is True else str(value)
    return Node(tag, named, tuple(flat(children)))


def comment(text):
    return Raw(f"<!-- {text} -->")


def changed(node, change):
    """The tree with `change(node)` in each element's place, from the leaves up; None takes an element out."""
    if isinstance(node, str):
        return node
    children = tuple(child for child in (changed(child, change) for child in node.children) if child is not None)
    return change(Node(node.tag, node.attributes, children))


def is_block(node):
    """Whether a browser starts a new line for it; a link around blocks counts as one."""
    if isinstance(node, str):
        return False
    return node.tag not in INLINE or any(is_block(child) for child in node.children)


@dataclass(frozen=True)
class Writing:
    """One way to write a tree down."""

    layout: str = "indented"  # indented, template (text on lines of its own, blank lines between), lines, minified
    indent: str = "  "
    is_uppercase: bool = False
    is_xhtml: bool = False
    omits_end_tags: bool = False
    is_unquoted: bool = False
    entities: str = "raw"  # raw, named, decimal, hexadecimal: for what is not ASCII
    wraps_at: int | None = None


def written(node, writing):
    parts = []
    _write(parts, node, writing, 0, following=None, parent=None)
    return "".join(parts)


def escaped(text, writing, *, is_attribute=False):
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = text.replace('"', "&quot;") if is_attribute else text.replace(">", "&gt;")
    text = text.replace("\N{NO-BREAK SPACE}", "&#160;" if writing.is_xhtml else "&nbsp;")
    if writing.entities == "raw":
        return text
    return "".join(letter if ord(letter) < 128 else _entity(letter, writing.entities) for letter in text)


def _entity(letter, entities):
    name = codepoint2name.get(ord(letter))
    if entities == "named" and name:
        return f"&{name};"
    return f"&#x{ord(letter):X};" if entities == "hexadecimal" else f"&#{ord(letter)};"


def _wrapped(text, width, pad):
    first, *words = text.split(" ")
    lines = [first]
    for word in words:
        if len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return f"\n{pad}".join(lines)


def _attributes(node, writing):
    for name, value in node.attributes.items():
        shown = name.upper() if writing.is_uppercase else name
        if value is None:
            yield f' {shown}="{name}"' if writing.is_xhtml else f" {shown}"
        elif writing.is_unquoted and BARE_VALUE.match(value) and not value.endswith("/"):
            yield f" {shown}={value}"
        else:
            yield f' {shown}="{escaped(value, writing, is_attribute=True)}"'


def _write(parts, node, writing, depth, *, following, parent):
    pad = writing.indent * depth if writing.layout in ("indented", "template") else ""
    if isinstance(node, str):
        if isinstance(node, Raw) or parent in UNESCAPED:
            parts.append(node)
        else:
            text = escaped(node, writing)
            parts.append(_wrapped(text, writing.wraps_at, pad) if writing.wraps_at and parent not in VERBATIM else text)
        return
    tag = node.tag.upper() if writing.is_uppercase else node.tag
    parts += ["<", tag, *_attributes(node, writing)]
    if node.tag in VOID:
        parts.append(" />" if writing.is_xhtml else ">")
        return
    parts.append(">")
    _write_children(parts, node, writing, depth)
    if not (writing.omits_end_tags and _may_stay_open(node, following, parent)):
        parts += ["</", tag, ">"]


def _write_children(parts, node, writing, depth):
    breaks = writing.layout != "minified" and node.tag not in VERBATIM and node.children
    blocks = [is_block(child) or isinstance(child, Raw) for child in node.children]
    loose = breaks and (any(blocks) or (writing.layout == "template" and is_block(node)))
    pad = writing.indent if writing.layout in ("indented", "template") else ""
    for place, child in enumerate(node.children):
        if loose and (place == 0 or blocks[place] or blocks[place - 1]):
            parts += ["\n\n" if writing.layout == "template" and blocks[place] and place else "\n", pad * (depth + 1)]
        following = node.children[place + 1] if place + 1 < len(node.children) else None
        _write(parts, child, writing, depth + 1, following=following, parent=node.tag)
    if loose:
        parts += ["\n", pad * depth]


def _may_stay_open(node, following, parent):
    if node.tag not in ENDS:
        return False
    if following is None:
        return node.tag != "p" or parent in ("td", "li", "dd", "div", "body", "article", "section", "main")
    return isinstance(following, Node) and following.tag in ENDS[node.tag]
