"""How a page becomes a file: the server's own bytes, or what a browser, an extension, an archive or a mirror makes of it.

A saver takes the page under construction, its body and a charset, and returns the whole document. Chromium's form is that of a
real save (test_html_pages.py makes one); those of Firefox, Internet Explorer, SingleFile, WebScrapBook, the Wayback Machine, wget,
HTTrack and the word processor are written from knowledge of their files, without one at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from tests.read import html_furniture as furniture
from tests.read.html_tree import Node, Raw, changed, e

DATED = "Tue Nov 24 2020 10:11:12 GMT+0000 (Coordinated Universal Time)"
HTML5 = "<!DOCTYPE html>\n"
LOOSE = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">\n'


def unchanged(path):
    return path


@dataclass(frozen=True)
class Saved:
    """A whole document. `is_told`: the file says where it was; `linked` is a document's address as the page leads to it."""

    tree: Node
    charset: str
    is_told: bool
    is_absolute: bool
    doctype: str = HTML5
    before: str = ""
    below: str = ""
    replay_url: str | None = None
    writing: dict[str, object] = field(default_factory=dict)
    linked: Callable[[str], str] = unchanged


def title_of(make):
    listing = make.listing
    return f"{listing.heading} | Digital Archive" if listing.heading else "Search Results | Digital Archive"


def declared(make, charset):
    if charset == "none":
        return None
    name = charset.removesuffix("-sig")
    if make.generation == "old" or make.chance.random() < 0.3:
        return e("meta", http_equiv="Content-Type", content=f"text/html; charset={name}")
    return e("meta", charset=name)


def head(make, charset, *extra, canonical=None):
    """A head; `canonical` is what the site states as the page's address, at times without its query."""
    canonical = canonical or make.page_url
    return e(
        "head",
        declared(make, charset),
        *extra,
        e("title", title_of(make)),
        e("link", rel="canonical", href=canonical) if make.has("canonical") else None,
        e("meta", property="og:url", content=make.page_url) if make.has("og_url") else None,
        e("meta", name="viewport", content="width=device-width, initial-scale=1"),
        e("link", rel="stylesheet", href="/themes/archive/css/style.css"),
    )


def document(make, head_node, body, **attributes):
    return e("html", head_node, body, **{"lang": make.language, **attributes})


def rewritten(tree, link, source):
    """The tree with other link and image addresses; fragments and scripts' addresses stay."""

    def change(node):
        attributes = dict(node.attributes)
        href = attributes.get("href")
        if href and not href.startswith("#") and node.tag in ("a", "link") and attributes.get("rel") != "canonical":
            attributes["href"] = source(href) if attributes.get("rel") == "stylesheet" else link(href)
        if attributes.get("src") and node.tag == "img" and not attributes["src"].startswith(("data:", "https://web.")):
            attributes["src"] = source(attributes["src"])
        if attributes.get("action", "").startswith("/"):
            attributes["action"] = link(attributes["action"])
        return Node(node.tag, attributes, node.children)

    return changed(tree, change)


def absolute(make, tree, folder):
    return rewritten(tree, lambda href: urljoin(make.page_url, href), lambda src: f"{folder}{src.rpartition('/')[2]}")


def saved_from(make):
    """Chromium's and Internet Explorer's mark of the web; the number is the address's length."""
    return f"<!-- saved from url=({len(make.page_url):04d}){make.page_url} -->"


def shorter(make):
    """A canonical address without the query, as many sites print one; only where the file tells the whole one elsewhere."""
    return make.page_url.partition("?")[0] if make.chance.random() < 0.3 else None


def server(make, body, charset):
    is_told = make.has("canonical") or make.has("og_url")
    doctype = LOOSE if make.generation == "old" and make.chance.random() < 0.4 else HTML5
    return Saved(document(make, head(make, charset), body), charset, is_told, is_absolute=False, doctype=doctype)


def base(make, body, charset):
    """Links have no leading slash and follow <base>, which is not the page's own address."""
    tree = rewritten(body, lambda href: href.removeprefix("/"), lambda src: src.removeprefix("/"))
    is_told = make.has("canonical") or make.has("og_url")
    tree = document(make, head(make, charset, e("base", href=f"{make.origin}/")), tree)
    return Saved(tree, charset, is_told, is_absolute=True)


def chrome_complete(make, body, charset):
    charset = "utf-8" if charset == "none" else charset
    extra = e("meta", http_equiv="Content-Type", content=f"text/html; charset={charset.removesuffix('-sig')}")
    tree = document(make, head(make, "none", extra, canonical=shorter(make)), body)
    tree = absolute(make, tree, f"./{title_of(make)}_files/")
    before = f"{saved_from(make)}\n"
    return Saved(tree, charset, is_told=True, is_absolute=True, before=before, writing={"entities": "raw"})


def firefox_complete(make, body, charset):
    charset = "utf-8" if charset == "none" else charset
    extra = e("meta", http_equiv="content-type", content=f"text/html; charset={charset.removesuffix('-sig')}")
    tree = document(make, head(make, "none", extra), body)
    tree = absolute(make, tree, f"{title_of(make).replace(' | ', ' _ ')}_files/")
    is_told = make.has("canonical") or make.has("og_url")
    return Saved(tree, charset, is_told, is_absolute=True, writing={"entities": "raw"})


def internet_explorer(make, body, charset):
    charset = charset if charset in ("windows-1252", "utf-16") else "utf-8"
    name = "unicode" if charset == "utf-16" else charset
    tree = document(
        make, head(make, "none", e("meta", content=f"text/html; charset={name}", http_equiv="Content-Type")), body
    )
    tree = absolute(make, tree, "Search%20Results_files/")
    writing = {"is_uppercase": True, "is_unquoted": True, "layout": "lines", "newline": "\r\n"}
    return Saved(
        tree, charset, is_told=True, is_absolute=True, doctype=LOOSE, before=f"{saved_from(make)}\n", writing=writing
    )


def single_file(make, body, charset):
    """Scripts and, as its options are, hidden elements are gone; pictures are data."""

    def change(node):
        style = (node.attributes.get("style") or "").replace(" ", "")
        gone = node.tag in ("script", "noscript", "template") or style.startswith("display:none")
        gone = gone or node.attributes.get("rel") == "stylesheet"
        return None if gone or "hidden" in node.attributes else node

    tree = changed(document(make, head(make, charset, canonical=shorter(make)), body), change)
    tree = rewritten(tree, lambda href: urljoin(make.page_url, href), lambda _src: furniture.PIXEL)
    note = Raw(f"<!--\n Page saved with SingleFile \n url: {make.page_url} \n saved date: {DATED}\n-->")
    tree = Node(tree.tag, tree.attributes, (note, *tree.children))
    return Saved(
        tree,
        charset,
        is_told=True,
        is_absolute=True,
        doctype="<!DOCTYPE html> ",
        writing={"layout": "minified", "is_unquoted": True},
    )


def web_scrap_book(make, body, charset):
    marks = {
        "data_scrapbook_source": make.page_url,
        "data_scrapbook_create": "20201124101112345",
        "data_scrapbook_title": title_of(make),
    }
    tree = document(make, head(make, charset, canonical=shorter(make)), body, **marks)
    return Saved(absolute(make, tree, ""), charset, is_told=True, is_absolute=True)


def wayback(make, body, charset):
    """As replayed: links lead into the archive, its toolbar stands on top. Canonical and og:url are rewritten too."""
    chance = make.chance
    clock = f"{chance.randrange(24):02d}{chance.randrange(60):02d}{chance.randrange(60):02d}"
    stamp = f"2019{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{clock}"
    archived = f"https://web.archive.org/web/{stamp}/{make.page_url}"
    host = chance.choice(
        ("https://web.archive.org", "https://web.archive.org", "")
    )  # saved complete, or as it is served
    tree = rewritten(
        body,
        lambda href: f"{host}/web/{stamp}/{urljoin(make.page_url, href)}",
        lambda src: f"https://web.archive.org/web/{stamp}im_/{urljoin(make.page_url, src)}",
    )
    tree = Node(tree.tag, tree.attributes, (*furniture.wayback_toolbar(make, archived), *tree.children))
    script = e("script", src="https://web-static.archive.org/_static/js/bundle-playback.js", charset="utf-8")
    link = e("link", rel="canonical", href=archived) if chance.random() < 0.5 else None
    make.extras = make.extras - {"canonical", "og_url"}
    tree = document(make, head(make, charset, script, Raw("<!-- End Wayback Rewrite JS Include -->"), link), tree)
    below = (
        "\n<!--\n     FILE ARCHIVED ON 10:11:12 Nov 24, 2019 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:11:12 Jun 03, 2021.\n"
        "     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.\n-->"
    )
    return Saved(tree, charset, is_told=True, is_absolute=True, below=below, replay_url=archived)


def wget(make, body, charset):
    tree = rewritten(body, lambda href: urljoin(make.page_url, href), lambda src: urljoin(make.page_url, src))
    is_told = make.has("canonical") or make.has("og_url")
    return Saved(document(make, head(make, charset), tree), charset, is_told, is_absolute=True)


def httrack(make, body, charset):
    """Addresses become those of the mirror's files; where they were is in a comment, without the scheme."""

    depth = make.page_url.partition("?")[0].count("/") - 3

    def local(href):
        return f"{'../' * depth}{href.removeprefix('/')}.html" if href.startswith("/document/") else href

    host_and_path = make.page_url.partition("//")[2]
    note = f"\n<!-- Mirrored from {host_and_path} by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 24 Nov 2020 10:11:12 GMT -->\n"
    is_told = make.has("canonical") or make.has("og_url")
    tree = document(make, head(make, charset), rewritten(body, local, lambda src: src))
    return Saved(tree, charset, is_told, is_absolute=False, before=note, linked=local)


def office(make, body, charset):
    """A word processor's filtered HTML: absolute links, CRLF, wrapped lines, no address of its own."""
    tree = rewritten(
        body, lambda href: urljoin(make.page_url, href), lambda src: f"page_files/{src.rpartition('/')[2]}"
    )
    top = e("head", e("meta", http_equiv="Content-Type", content=f"text/html; charset={charset}"),
            e("meta", name="Generator", content="Microsoft Word 15 (filtered)"), e("style", "\n<!--\n p.MsoNormal {margin:0in;}\n-->\n"))  # fmt: skip
    writing = {"layout": "lines", "wraps_at": 76, "newline": "\r\n", "entities": "raw"}
    return Saved(e("html", top, tree), charset, is_told=False, is_absolute=True, doctype="", writing=writing)


def text_viewer(make, body, _charset):
    top = e(
        "head",
        e("meta", http_equiv="Content-Type", content="text/html; charset=UTF-8"),
        e("meta", name="color-scheme", content="light dark"),
    )
    tree = e("html", top, e("body", body.children))
    return Saved(
        tree,
        "utf-8",
        is_told=True,
        is_absolute=False,
        doctype="",
        before=f"{saved_from(make)}\n",
        writing={"layout": "minified", "entities": "raw"},
    )


SAVERS = {
    "server": server,
    "base": base,
    "chrome_complete": chrome_complete,
    "firefox_complete": firefox_complete,
    "internet_explorer": internet_explorer,
    "single_file": single_file,
    "web_scrap_book": web_scrap_book,
    "wayback": wayback,
    "wget": wget,
    "httrack": httrack,
    "office": office,
    "text_viewer": text_viewer,
}
