"""From the blocks of a TOML file to the value of a ``BodyField``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from site_ocu.demo.images import drawn_image
from site_ocu.demo.texts import Entry

Value = Any


def _image(block: Entry) -> Value:
    image = drawn_image(block["image"])
    return {"image": image.pk, "alt": block["alt"], "caption": block["caption"], "credit": block["credit"]}


def _testimony(block: Entry) -> Value:
    answers = {name: block[name] for name in ("pseudonymised", "understood", "generalised")}
    return {"text": block["html"], "pseudonym": block["pseudonym"], "context": block["context"], **answers}


CONVERTERS: dict[str, Callable[[Entry], Value]] = {
    "heading": lambda block: {"text": block["text"], "level": "2"},
    "paragraph": lambda block: block["html"].strip(),
    "quote": lambda block: {name: block[name] for name in ("text", "attribution", "source_url")},
    "callout": lambda block: {"kind": block["kind"], "title": block["title"], "text": block["html"].strip()},
    "key_figures": lambda block: {"figures": block["figures"]},
    "links": lambda block: {"links": block["links"]},
    "testimony": _testimony,
    "image": _image,
}


def body(blocks: list[Entry], seed: str) -> list[Entry]:
    """The raw stream of *blocks*. Block ids are drawn from *seed*, so that they never change."""
    return [
        {
            "type": block["type"],
            "value": CONVERTERS[block["type"]](block),
            "id": str(uuid5(NAMESPACE_URL, f"{seed}/{place}")),
        }
        for place, block in enumerate(blocks)
    ]
