"""The sheets of a filtered library as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from practices.library import library_list
from practices.pdf.documents import PdfDocument, pdf_response, refusal
from practices.pdf.drawings import drawing_address
from practices.pdf.parts import chapter, page_part

if TYPE_CHECKING:
    from practices.sheets import PracticeIndexPage

NOTHING = _("Aucune fiche ne répond à ces filtres : enlevez-en un, puis recommencez.")
NARROW = _("Choisissez un thème, un territoire ou un public pour la resserrer, puis recommencez.")
MOST = 30  # sheets: a hundred pages or so, which take half a minute to set


def selection_pdf(library: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    """``selection.pdf``: exactly what the address filters, in its order; 400 when that is too much for one document."""
    listing = library_list(library, request)
    if not listing.total:
        return refusal(request, _("Rien à mettre en page"), NOTHING, listing.url(), status=404)
    if listing.total > MOST:
        words = ngettext(
            "Cette liste compte %(total)d fiche ; un document en contient %(most)d au plus.",
            "Cette liste compte %(total)d fiches ; un document en contient %(most)d au plus.",
            listing.total,
        ) % {"total": listing.total, "most": MOST}
        return refusal(request, _("Trop de fiches pour un seul document"), f"{words} {NARROW}", listing.url())
    sheets = _in_order(listing)
    parts = [page_part(sheet, request, below=1) for sheet in sheets]
    context = {
        "title": gettext("Pratiques inspirantes : une sélection"),
        "subtitle": ", ".join(str(chip.label) for chip in listing.chips),
        "count": len(sheets),
        "drawing": drawing_address(*_only_theme(sheets), sheets[0].slug),
        "pillar": _only_theme(sheets)[0],
        "chapters": [chapter("", "", parts)],
        "loose": True,
        "address": request.build_absolute_uri(listing.url()),
    }
    return pdf_response(
        request, PdfDocument("practices/pdf/recueil.html", "selection-de-pratiques.pdf", context)
    )


def _in_order(listing: Any) -> list[Any]:
    """The sheets as the list shows them; by relevance, the list only knows their keys."""
    ordered = listing.ordered
    if not isinstance(ordered, list):
        return list(ordered[:MOST])
    sheets = {sheet.pk: sheet for sheet in listing.pages.filter(pk__in=ordered)}
    return [sheets[pk] for pk in ordered if pk in sheets]


def _only_theme(sheets: list[Any]) -> tuple[str, str]:
    """Pillar and slug of the main theme that all *sheets* share; empty when they don't."""
    themes = {sheet.main_theme for sheet in sheets}
    theme = themes.pop() if len(themes) == 1 else None
    return (theme.pillar, theme.slug) if theme else ("", "")
