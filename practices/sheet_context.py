"""What the page of a sheet shows beside its own columns, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail import hooks

from home.pages.sections import PageSection
from practices.scales import ActorRole
from practices.share_image import drawing_of
from practices.sheet_links import citation, same_theme_elsewhere, transfers_of

if TYPE_CHECKING:
    from practices.sheets import PracticePage

HOOK = "practice_section"
LEADING = (ActorRole.LEAD, ActorRole.CO_LEAD)


def sheet_context(sheet: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """The rows of *sheet* and the sections that packages above this one contribute.

    Works for a sheet in the database and for the unsaved one of a preview: both give their rows alike.
    """
    actors = list(sheet.actors.select_related("actor_type"))
    contributors: list[Callable[..., PageSection]] = hooks.get_hooks(HOOK)
    authors = [link.author for link in sheet.author_links.select_related("author")]
    theme_links = list(sheet.theme_links.select_related("theme", "subtheme"))
    return {
        "themes": [link.theme for link in theme_links],
        "subthemes": [link.subtheme for link in theme_links if link.subtheme],
        "publics": [link.public for link in sheet.public_links.select_related("public")],
        "lead_actors": [actor for actor in actors if actor.role in LEADING],
        "other_actors": [actor for actor in actors if actor.role not in LEADING],
        "authors": authors,
        "transfers": transfers_of(sheet),
        "share_drawing": drawing_of(sheet, request),
        "elsewhere": same_theme_elsewhere(sheet),
        "citation": citation(sheet, [author.byline for author in authors], request),
        "engagements": list(sheet.territory.engagements.all()) if sheet.territory else [],
        "documents": [link.document for link in sheet.document_links.select_related("document")],
        "sections": sorted(
            (contribute(sheet, request) for contribute in contributors), key=lambda section: section.order
        ),
    }
