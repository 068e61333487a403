"""What a collection holds today: only what is public, in the order its editor chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from home.delivery.feeds import FeedEntry, atom_response

if TYPE_CHECKING:
    from practices.collections import CollectionPage


@dataclass(frozen=True)
class Entry:
    """A page, or the rich text of a comment between two."""

    page: Any = None
    comment: str = ""


def gathered(collection: CollectionPage) -> list[Entry]:
    """The pages and comments of *collection*; a page that is not public (any more) is left out. Each page once."""
    items = [(item["type"], item["value"]) for item in collection.items.raw_data]
    public = _public({value for kind, value in items if kind == "page" and value})
    entries = []
    for kind, value in items:
        if kind == "comment":
            entries.append(Entry(comment=value))
        elif page := public.pop(value, None):
            entries.append(Entry(page=page))
    return entries


def territories_of(entries: list[Entry]) -> list[Any]:
    """The public territories of *entries*, each once, in their order."""
    places = {
        entry.page.territory.pk: entry.page.territory
        for entry in entries
        if entry.page and entry.page.territory
    }
    public = set(Page.objects.filter(pk__in=places).live().public().values_list("pk", flat=True))
    return [place for key, place in places.items() if key in public]


def collection_feed(collection: CollectionPage, request: HttpRequest) -> HttpResponse:
    """The Atom feed of what *collection* gathers, in its order."""
    pages = [entry.page for entry in gathered(collection) if entry.page]
    entries = [
        FeedEntry(
            title=page.title,
            url=page.get_full_url(request),
            summary=page.introduction,
            published=page.first_published_at,
            updated=page.last_published_at,
            authors=[link.author.byline for link in page.author_links.all()],
            categories=[theme.name for theme in page.themes],
        )
        for page in pages
    ]
    return atom_response(request, page=collection, listing_url=collection.get_url(request), entries=entries)


def _public(keys: set[int]) -> dict[int, Any]:
    """The public pages with these *keys*, ready for cards: a fixed number of queries for each type."""
    pages = Page.objects.filter(pk__in=keys).live().public().select_related("content_type")
    models = {page.specific_class for page in pages}
    return {
        page.pk: page
        for model in models
        for page in model.objects.published()
        .for_cards()
        .prefetch_related("author_links__author")
        .filter(pk__in=keys)
    }
