"""A collection as one document: its introduction, then sheets, posts and comments in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.gathering import gathered, territories_of
from practices.pdf.documents import PdfDocument, pdf_response
from practices.pdf.drawings import drawing_address
from practices.pdf.parts import Part, chapter, page_part

if TYPE_CHECKING:
    from practices.collections import CollectionPage


def collection_pdf(collection: CollectionPage, request: HttpRequest) -> HttpResponse:
    """``restitution.pdf``."""
    entries = gathered(collection)
    parts = [
        page_part(entry.page, request, below=1) if entry.page else _words(entry.comment) for entry in entries
    ]
    opening = _words(collection.opening, _("Présentation"), "presentation") if collection.opening else None
    context = {
        "page": collection,
        "title": collection.title,
        "subtitle": collection.introduction,
        "kicker": gettext("Restitution commune"),
        "places": territories_of(entries),
        "drawing": drawing_address("", "carnet", collection.slug),
        "chapters": [part for part in (opening, chapter("", "", parts)) if part],
        "loose": True,
        "address": collection.get_full_url(request),
    }
    return pdf_response(request, PdfDocument("practices/pdf/recueil.html", f"{collection.slug}.pdf", context))


def _words(text: Any, title: Any = "", anchor: str = "") -> Part:
    return Part(str(title), anchor, render_to_string("practices/pdf/comment.html", {"text": text}))
