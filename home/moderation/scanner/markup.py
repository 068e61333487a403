"""Rich text as a scanner reads it: its sentences, and what its tags hide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

# Bounded on purpose: Python's HTML parser takes minutes over a hostile text, and what comes out of it is not shown.
TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][\w-]{0,20})(?P<attributes>[^<>]{0,4000})>")
ATTRIBUTE = re.compile(r"(?P<name>[\w-]{1,30})=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
WITHIN_A_WORD = set(
    "a abbr b bdi bdo cite code del em i ins kbd mark q s small span strong sub sup u".split()
)
READ = ("href", "alt", "title", "url", "cite")


@dataclass
class Reading:
    """The text, one sentence or block a line; what attributes say; the images and documents it points to."""

    text: str
    attributes: list[str] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)


def reading(html: str) -> Reading:
    read = Reading("")

    def replaced(tag: re.Match[str]) -> str:
        _note(read, dict(_attributes(tag["attributes"])))
        return "" if tag["name"].lower() in WITHIN_A_WORD else "\n"

    read.text = unescape(TAG.sub(replaced, html))
    return read


def _attributes(source: str) -> list[tuple[str, str]]:
    found = ATTRIBUTE.finditer(source)
    return [(match["name"].lower(), unescape(match["double"] or match["single"] or "")) for match in found]


def _note(read: Reading, attributes: dict[str, str]) -> None:
    read.attributes += [unquote(attributes[name]) for name in READ if attributes.get(name)]
    key = attributes.get("id", "")
    if key.isdecimal() and len(key) < 10:
        if attributes.get("linktype") == "document":
            read.documents.append(int(key))
        elif attributes.get("embedtype") == "image":
            read.images.append(int(key))
