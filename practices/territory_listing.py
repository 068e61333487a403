"""What hangs on a territory: its sheets, and what packages above this one add (hook ``territory_section``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest
from wagtail import hooks

from home.pages.sections import PageSection
from practices.territory_life import people_of, timeline

if TYPE_CHECKING:
    from practices.territories import TerritoryPage

HOOK = "territory_section"


def territory_listing(territories: Any) -> Any:
    """*territories* by title, each with ``practice_count``, the number of its public sheets."""
    public = Q(practices__live=True)
    with_covers = territories.select_related("cover").prefetch_related("cover__renditions")
    return with_covers.annotate(practice_count=Count("practices", filter=public)).order_by("title")


CARDS = 12  # of its newest sheets; the library lists the others


def territory_context(territory: TerritoryPage, request: HttpRequest) -> dict[str, Any]:
    """The public sheets of *territory*, newest first, and the sections that other packages contribute."""
    sheets = list(territory.practices.published().for_cards().newest_first()) if territory.pk else []
    contributors: list[Callable[..., PageSection]] = hooks.get_hooks(HOOK)
    sections = sorted(
        (contribute(territory, request) for contribute in contributors), key=lambda section: section.order
    )
    return {
        "practices": sheets,
        "newest": sheets[:CARDS],
        "library_url": sheets[0].get_parent().get_url(request) if len(sheets) > CARDS else "",
        "people": people_of(territory),
        "timeline": timeline(territory, sheets),
        "sections": sections,
    }
