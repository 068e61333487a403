"""The library's list: which facets it has, what its page shows, what its feed holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from home.delivery.feeds import FeedEntry, atom_response
from home.pages.public import open_to_all
from practices.choices import countries, offered, scale, tags, terms, territories, themes
from practices.facets import Facet, Sort
from practices.listing import FacetedList
from practices.map import library_map
from practices.scales import Evidence, PeoplePlace, State
from practices.taxonomy import ActorType, PracticeType, Public, Theme

if TYPE_CHECKING:
    from practices.sheets import PracticeIndexPage

FEED_LENGTH = 30
COMPARED = "fiche"  # the sheets that a reader put aside to compare, carried along in the address


def practice_facets() -> list[Facet]:
    """The questions that the library asks, with what can be answered today."""
    known = offered(
        *themes("theme"),
        territories("territoire"),
        terms("public", Public),
        terms("acteur", ActorType),
        terms("type", PracticeType),
        tags("tag", "practices_practicetag_items"),
    )
    return [
        Facet(
            "theme",
            _("Thème"),
            "theme_links__theme__slug",
            known.get("theme", []),
            finer="theme_links__subtheme__slug",
            groups=dict(Theme.Pillar.choices),
        ),
        Facet(
            "territoire", _("Territoire"), "territory__slug", known.get("territoire", []), groups=countries()
        ),
        Facet("public", _("Public"), "public_links__public__slug", known.get("public", [])),
        Facet("acteur", _("Type d’acteur"), "actors__actor_type__slug", known.get("acteur", [])),
        Facet("type", _("Type de pratique"), "practice_type__slug", known.get("type", [])),
        Facet("etat", _("Où en est la pratique"), "state", scale(State)),
        Facet("appui", _("Sur quoi s’appuie la fiche"), "evidence", scale(Evidence)),
        Facet("place", _("Place des personnes concernées"), "people_place", scale(PeoplePlace)),
        Facet("tag", _("Mot-clé"), "tags__slug", known.get("tag", [])),
    ]


PRACTICE_SORTS = [
    Sort("recentes", _("Publiées récemment"), ("-first_published_at", "-pk")),
    Sort("verifiees", _("Vérifiées récemment"), (F("checked_on").desc(nulls_last=True), "-pk")),
    Sort("titre", _("Par titre"), ("title", "pk")),
    Sort("territoire", _("Par territoire"), ("territory__title", "title", "pk")),
]


def listing_for(page: PracticeIndexPage, query: QueryDict, path: str = "") -> FacetedList:
    """The sheets under *page* narrowed by *query*; *path* is the address of the list."""
    sheets = open_to_all(apps.get_model("practices", "PracticePage").objects.child_of(page)).for_cards()
    return FacetedList(
        sheets, practice_facets(), PRACTICE_SORTS, query, path=path or page.url, carried=(COMPARED,)
    )


def library_list(page: PracticeIndexPage, request: HttpRequest) -> FacetedList:
    """The sheets under *page* narrowed by the address of *request*."""
    return listing_for(page, request.GET, page.get_url(request))


def library_context(page: PracticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the library's template shows; the feed's address carries the same filters."""
    listing = library_list(page, request)
    return {
        "listing": listing,
        "map": library_map(listing),
        "propose_url": f"{listing.path}proposer/",
        "alert_url": f"{listing.path}prevenez-moi/{listing.query_string()}",
        "feed_url": f"{listing.path}flux/{listing.query_string()}",
        "share_drawing": f"{listing.path}partage.png{listing.query_string()}",
    }


def library_feed(page: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    """The Atom feed of exactly what the address asks for."""
    listing = library_list(page, request)
    newest = listing.matching().newest_first()[:FEED_LENGTH]
    entries = [
        FeedEntry(
            title=sheet.title,
            url=sheet.get_full_url(request),
            summary=sheet.introduction,
            published=sheet.first_published_at,
            updated=sheet.last_published_at,
            categories=[theme.name for theme in sheet.themes],
        )
        for sheet in newest
    ]
    return atom_response(request, page=page, listing_url=listing.url(), entries=entries)
