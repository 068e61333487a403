"""Reading a page as a person does: facet values with their counts, listed items, the total."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client


@dataclass
class Shown:
    """What a list shows: ``counts[facet][slug]``, the slugs of its items, its total, its text."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)
    total: int = -1
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "data-facet" in found:
            self.shown.counts.setdefault(found["data-facet"], {})[found["data-value"]] = int(
                found["data-count"]
            )
        if "data-slug" in found:
            self.shown.slugs.append(found["data-slug"])
        if "data-total" in found:
            self.shown.total = int(found["data-total"])

    def handle_data(self, data: str) -> None:
        self.shown.text += data


def show(address: str) -> Shown:
    """Open *address* signed out and read it; it has to answer 200."""
    response = Client().get(address)
    assert response.status_code == 200, (address, response.status_code)
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.shown
