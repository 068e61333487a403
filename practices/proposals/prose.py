"""Rich text as people type it in a plain field, and back. What they don't touch keeps its links and its bold words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.html import escape

DASH = "– "
ITEM = re.compile(r"^[-–•]\s*")


def to_text(html: str) -> str:
    """Paragraphs with an empty line between them, list items with a dash, addresses of links in brackets."""
    return "\n\n".join(text for text, _html in _parts(html))


def to_html(text: str, original: str = "") -> str:
    """The paragraphs of *text*; each that stands in *original* too is taken from there, with its formatting."""
    known = dict(_parts(original))
    paragraphs = (_tidy(paragraph) for paragraph in re.split(r"\n\s*\n", text))
    return "".join(known.get(one) or _fresh(one) for one in paragraphs if one)


def _parts(html: str) -> Iterator[tuple[str, str]]:
    """Each paragraph or list of *html*: its text, and itself."""
    for node in BeautifulSoup(html, "html.parser").children:
        if text := _tidy(_read(node)):
            yield text, str(node)


def _read(node: object) -> str:
    if isinstance(node, NavigableString):
        return str(node)
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "\n"
    inside = "".join(_read(child) for child in node.children)
    if node.name == "li":
        return f"\n{DASH}{inside}"
    href = str(node.get("href", ""))
    return f"{inside} ({href})" if node.name == "a" and href and href not in inside else inside


def _tidy(text: str) -> str:
    lines = (" ".join(re.split(r"[ \t\r\f\v]+", line)).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _fresh(paragraph: str) -> str:
    lines = paragraph.split("\n")
    if all(ITEM.match(line) for line in lines):
        return "<ul>{}</ul>".format("".join(f"<li>{escape(ITEM.sub('', line))}</li>" for line in lines))
    return "<p>{}</p>".format("<br/>".join(escape(line) for line in lines))
