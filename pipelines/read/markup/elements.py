"""Elements of HTML by what they do to lines, as the HTML standard's chapter on rendering has it.

https://html.spec.whatwg.org/multipage/rendering.html for blocks and what is hidden; landmarks by
https://www.w3.org/TR/html-aam-1.0/, where `header` and `footer` are landmarks only outside of sectioning content.
"""

import re
from collections.abc import Mapping

Attributes = Mapping[str, str | None]


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Nothing within these is text of the page.
SKIPPED = words_of(
    "head title script style template noscript svg math iframe object embed canvas audio video select datalist textarea input "
    "meta link base source track param map area progress meter noembed noframes"
)
# Each begins and ends a paragraph. Cells of a table as well: a list in a table has an entry, or a part of one, in each.
BLOCKS = words_of(
    "html body address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre search "
    "section summary table caption colgroup thead tbody tfoot tr td th ul xmp"
)
VOID = words_of("area base br col embed hr img input link meta param source track wbr")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
_SECTIONING = frozenset(("article", "aside", "main", "nav", "section"))
_SECTIONING_ROLES = frozenset(("main", "article", "region", "feed"))
# What stands beside the content, and the furniture rule of its lines.
_LANDMARKS = {
    "nav": "navigation",
    "aside": "complementary",
    "search": "search_form",
    "button": "control",
    "thead": "column_heading",
}
_LANDMARK_ROLES = {
    "navigation": "navigation", "menu": "navigation", "menubar": "navigation", "tablist": "navigation", "banner": "banner",
    "contentinfo": "page_footer", "complementary": "complementary", "search": "search_form", "dialog": "dialog",
    "alertdialog": "dialog", "alert": "dialog", "toolbar": "control", "button": "control",
}  # fmt: skip
_OUTER_LANDMARKS = {"header": "banner", "footer": "page_footer"}
_BLOCK_STYLE = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
# Classes by which the common frameworks (Bootstrap, Drupal, WordPress, Foundation) hide text from the eye: nothing is printed.
_HIDING_CLASSES = words_of(
    "visually-hidden visuallyhidden sr-only element-invisible element-hidden screen-reader-text show-for-sr d-none"
)


def is_block(tag: str, attributes: Attributes) -> bool:
    """Whether an element begins and ends a paragraph, by itself or by a style of its own."""
    if tag in BLOCKS:
        return True
    style = (attributes.get("style") or "") if attributes else ""
    return "display" in style and _BLOCK_STYLE.search(style) is not None


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether the page does not print an element. A link to a place on the page (`Skip to content`) shows once it is reached."""
    if not attributes:
        return tag == "dialog"
    if "hidden" in attributes or "popover" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    if style and ("none" in style or "hidden" in style):
        declared = style.lower().replace(" ", "")
        if "display:none" in declared or "visibility:hidden" in declared:
            return True
    classes = attributes.get("class")
    if not classes or _HIDING_CLASSES.isdisjoint(classes.lower().split()):
        return False
    return not (attributes.get("href") or "").startswith("#")


def is_sectioning(tag: str, attributes: Attributes) -> bool:
    """Whether a header or footer within it is its own, not the page's."""
    return tag in _SECTIONING or (attributes.get("role") or "").lower() in _SECTIONING_ROLES


def landmark(tag: str, attributes: Attributes, *, is_in_section: bool) -> str | None:
    """The furniture rule of what stands beside the content, None for content."""
    role = (attributes.get("role") or "").strip().lower() if attributes else ""
    if role:
        return _LANDMARK_ROLES.get(role)
    if tag == "th" and (attributes.get("scope") or "").lower() in ("col", "colgroup"):
        return "column_heading"
    return _LANDMARKS.get(tag) or (None if is_in_section else _OUTER_LANDMARKS.get(tag))
