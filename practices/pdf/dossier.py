"""A territory's dossier: its context, what it committed to, what happens, and what packages above add."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from practices.pdf.documents import PdfDocument, pdf_response
from practices.pdf.parts import Part, chapter, cover_drawing_of, page_part

if TYPE_CHECKING:
    from practices.territories import TerritoryPage

# Functions ``(territory, request) -> Part | None``; headings in a part begin at the third level.
HOOK = "dossier_part"


def dossier_pdf(territory: TerritoryPage, request: HttpRequest) -> HttpResponse:
    """``dossier.pdf``: cover, contents, context, engagements, sheets, posts, sources, how to cite."""
    sheets = list(territory.practices.published().for_cards().newest_first())
    context = {
        "page": territory,
        "title": territory.title,
        "subtitle": territory.introduction,
        "drawing": cover_drawing_of(territory),
        "chapters": _chapters(territory, sheets, request),
        "address": territory.get_full_url(request),
    }
    document = PdfDocument("practices/pdf/recueil.html", f"dossier-{territory.slug}.pdf", context)
    return pdf_response(request, document)


def _chapters(territory: TerritoryPage, sheets: list[Any], request: HttpRequest) -> list[Part]:
    contributors: list[Callable[..., Part | None]] = hooks.get_hooks(HOOK)
    contributed = [part for contribute in contributors if (part := contribute(territory, request))]
    engagements = list(territory.engagements.all())
    own = [
        _plain(_("Contexte"), "contexte", 10, {"page": territory}, "contexte"),
        _plain(_("Engagements"), "engagements", 20, {"engagements": engagements}, "engagements"),
        chapter(_("Pratiques"), "pratiques", (page_part(sheet, request, below=2) for sheet in sheets), 30),
        _plain(_("Sources réunies"), "sources-reunies", 90, _sources(engagements, sheets), "sources"),
    ]
    return sorted((part for part in [*own, *contributed] if part.html.strip()), key=lambda part: part.order)


def _plain(title: Any, anchor: str, order: int, context: dict[str, Any], template: str) -> Part:
    html = render_to_string(f"practices/pdf/{template}.html", context)
    return Part(str(title), anchor, mark_safe(html), order=order)  # noqa: S308


def _sources(engagements: list[Any], sheets: list[Any]) -> dict[str, Any]:
    """Every source once, by the sheets and engagements that rest on it."""
    groups = [(sheet.title, list(sheet.sources.all())) for sheet in sheets]
    return {"engagements": engagements, "groups": [group for group in groups if group[1]]}
