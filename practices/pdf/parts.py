"""The parts that documents are put together from: a sheet, a post, a chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from practices.pdf.drawings import drawing_address
from practices.pdf.typography import lower_headings


@dataclass(frozen=True)
class Part:
    """A piece of a document, ready to print; ``entries`` are the parts in it that the contents name."""

    title: str
    anchor: str
    html: SafeString = SafeString("")  # noqa: RUF009
    entries: list[Part] = field(default_factory=list)
    order: int = 0
    note: str = ""


def page_part(page: Any, request: HttpRequest, below: int = 0) -> Part:
    """*page* (a sheet, a post) by its own template ``<app>/pdf/<model>.html``, its headings *below* levels deeper."""
    meta = page._meta
    anchor = f"{meta.model_name}-{page.pk}"
    context = {**page.get_context(request), "page": page, "anchor": anchor, "inside": bool(below)}
    html = render_to_string(f"{meta.app_label}/pdf/{meta.model_name}.html", context)
    place = page.territory.title if page.territory else ""
    # Our own templates have escaped what they show.
    return Part(page.title, anchor, mark_safe(lower_headings(html, below)), note=place)  # noqa: S308


def chapter(title: Any, anchor: str, parts: Iterable[Part], order: int = 0) -> Part:
    """Several parts under one heading."""
    entries = list(parts)
    html = mark_safe("".join(part.html for part in entries))  # noqa: S308
    return Part(str(title), anchor, html, entries, order)


def cover_drawing_of(page: Any) -> str:
    """The drawing of *page*'s cover: its theme on the land of its territory; a territory's own for itself."""
    theme = getattr(page, "main_theme", None)
    place = getattr(page, "territory", None) or page
    return drawing_address(theme.pillar if theme else "", theme.slug if theme else "territoire", place.slug)
