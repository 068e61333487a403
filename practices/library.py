"""The library's list: which facets it has, what its page shows, what its feed holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from home.delivery.feeds import FeedEntry, atom_response
from practices.facets import Choices, Facet, FacetedList, Sort
from practices.scales import State
from practices.taxonomy import ActorType, PracticeType, Public, Term, Theme

if TYPE_CHECKING:
    from practices.sheets import PracticeIndexPage

FEED_LENGTH = 30


def term_choices(model: type[Term]) -> Choices:
    """Slug and name of each value of a closed list, in its order."""
    return list(model.objects.values_list("slug", "name"))


def territory_choices() -> Choices:
    """Slug and title of each public territory, by title."""
    territories = apps.get_model("practices", "TerritoryPage").objects.live().public()
    return list(territories.order_by("title").values_list("slug", "title"))


def tag_choices() -> Choices:
    """Slug and name of each tag that a public sheet carries, by name."""
    used = Tag.objects.filter(practices_practicetag_items__content_object__live=True)
    return list(used.distinct().order_by("name").values_list("slug", "name"))


PRACTICE_FACETS = [
    Facet("theme", _("Thème"), "theme_links__theme__slug", lambda: term_choices(Theme)),
    Facet("territoire", _("Territoire"), "territory__slug", territory_choices),
    Facet("public", _("Public"), "public_links__public__slug", lambda: term_choices(Public)),
    Facet("acteur", _("Type d’acteur"), "actors__actor_type__slug", lambda: term_choices(ActorType)),
    Facet("type", _("Type de pratique"), "practice_type__slug", lambda: term_choices(PracticeType)),
    Facet(
        "etat",
        _("Où en est la pratique"),
        "state",
        lambda: [(str(value), str(label)) for value, label in State.choices],
    ),
    Facet("tag", _("Mot-clé"), "tags__slug", tag_choices),
]
PRACTICE_SORTS = [
    Sort("recentes", _("Publiées récemment"), ("-first_published_at", "-pk")),
    Sort("verifiees", _("Vérifiées récemment"), ("-checked_on", "-pk")),
    Sort("titre", _("Par titre"), ("title", "pk")),
    Sort("territoire", _("Par territoire"), ("territory__title", "title", "pk")),
]


def listing_for(page: PracticeIndexPage, query: QueryDict) -> FacetedList:
    """The sheets under *page* narrowed by *query*, whoever asks: a reader, an export, an alert."""
    sheets = apps.get_model("practices", "PracticePage").objects.child_of(page).published().for_cards()
    return FacetedList(sheets, PRACTICE_FACETS, PRACTICE_SORTS, query, path=page.get_url())


def library_list(page: PracticeIndexPage, request: HttpRequest) -> FacetedList:
    """The sheets under *page* narrowed by the address of *request*."""
    return listing_for(page, request.GET)


def library_context(page: PracticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the library's template shows; the feed's address carries the same filters."""
    listing = library_list(page, request)
    return {"listing": listing, "feed_url": f"{page.get_url(request)}flux/{listing.query_string()}"}


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
