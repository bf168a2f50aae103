"""Markdown of worked designs as HTML. Raw HTML in it is shown as text; no link runs a script."""

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

# The library escapes what is not Markdown and refuses javascript: and its like.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def html_of(text: str) -> SafeString:
    return SafeString(_markdown.render(text))
