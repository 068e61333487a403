"""What the library adds to the home page: figures, ways in, sheets to discover, the map of territories."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest
from wagtail import hooks

from home.pages.sections import HOOK, PageSection
from practices import (  # noqa: F401  # register the editor's checks, what search suggests, and the closed lists
    content_checks,
    search_suggestions,
    viewsets,
)
from practices.freshness import link_report, screens  # noqa: F401  # register « fiches à vérifier », « liens morts »
from practices.map import territory_map
from practices.models import (
    PracticeIndexPage,
    PracticePage,
    PracticeSource,
    TerritoryIndexPage,
    TerritoryPage,
    Theme,
)
from practices.proposals import review_screens  # noqa: F401  # registers « propositions »
from practices.territory_listing import territory_listing

SHEETS_TO_DISCOVER = 6


@hooks.register(HOOK)
def figures(request: HttpRequest) -> PageSection:
    """How much there is, counted when the page is asked."""
    sheets, territories = PracticePage.objects.published(), TerritoryPage.objects.live().public()
    counted = {
        "sheets": sheets.count(),
        "territories": territories.count(),
        "countries": territories.order_by().values("country").distinct().count(),
        "sources": PracticeSource.objects.filter(practice__in=sheets).count(),
    }
    return PageSection("practices/sections/figures.html", order=10, context=counted)


@hooks.register(HOOK)
def themes(request: HttpRequest) -> PageSection:
    """The fourteen ways into the library, by pillar, each with the number of its sheets."""
    public = Q(practice_links__practice__live=True)
    counted = Theme.objects.annotate(
        count=Count("practice_links__practice", filter=public, distinct=True)
    ).order_by("order")
    pillars = [(pillar, [theme for theme in counted if theme.pillar == pillar]) for pillar in Theme.Pillar]
    return PageSection(
        "practices/sections/themes.html", order=20, context={"pillars": pillars, "library": _library()}
    )


@hooks.register(HOOK)
def sheets_to_discover(request: HttpRequest) -> PageSection:
    """The newest sheets."""
    newest = PracticePage.objects.published().for_cards().newest_first()[:SHEETS_TO_DISCOVER]
    return PageSection(
        "practices/sections/sheets.html", order=30, context={"sheets": newest, "library": _library()}
    )


@hooks.register(HOOK)
def map_of_territories(request: HttpRequest) -> PageSection:
    territories = list(territory_listing(TerritoryPage.objects.live().public()))
    context = {
        "map": territory_map(territories, request),
        "territories": territories,
        "index": TerritoryIndexPage.objects.live().public().first(),
    }
    return PageSection("practices/sections/map.html", order=40, context=context)


def _library() -> PracticeIndexPage | None:
    library: PracticeIndexPage | None = PracticeIndexPage.objects.live().public().first()
    return library
