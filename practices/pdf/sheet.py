"""One sheet to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from practices.pdf.documents import PdfDocument, pdf_response
from practices.pdf.parts import cover_drawing_of, page_part

if TYPE_CHECKING:
    from practices.sheets import PracticePage


def sheet_pdf(sheet: PracticePage, request: HttpRequest) -> HttpResponse:
    """``fiche.pdf``: the sheet as the public reads it, limits and sources included."""
    theme = sheet.main_theme
    context = {
        "page": sheet,
        "title": sheet.title,
        "authors": [link.author for link in sheet.author_links.select_related("author")],
        "pillar": theme.pillar if theme else "",
        "drawing": cover_drawing_of(sheet),
        "part": page_part(sheet, request),
        "address": sheet.get_full_url(request),
    }
    return pdf_response(request, PdfDocument("practices/pdf/fiche.html", f"{sheet.slug}.pdf", context))
