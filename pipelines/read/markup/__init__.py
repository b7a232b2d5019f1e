"""Saved HTML to lines and what the markup tells of them."""

from pipelines.read.markup.page import HtmlPage, read_html

__all__ = ["HtmlPage", "read_html"]
