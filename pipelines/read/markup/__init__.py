"""Saved HTML to lines and what the markup tells of them."""

from pipelines.read.markup.page import HtmlPage, read_html, unfinished_tag

__all__ = ["HtmlPage", "read_html", "unfinished_tag"]
