"""What sheets, posts and territories are found by besides their own words: themes, places, publics, people, tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_migrate
from taggit.models import Tag

from home.models import Author
from home.search.freshness import catch_up
from home.search.terms import LABEL, NAME, NEAR, SYNONYM, register
from practices.taxonomy import PracticeType, Public, SubTheme, Theme
from practices.territories import TerritoryPage

SEARCHED_LINKS = ("theme_links__theme", "author_links__author", "tags")


def connect() -> None:
    """Called once, when the apps are ready."""
    register(Theme, theme_words, parts={SubTheme: "theme"})
    register(TerritoryPage, territory_words)
    register(Author, lambda author: [(author.byline, NAME)])
    register(Tag, lambda tag: [(tag.name, NAME)])
    for model in (Public, PracticeType):
        register(model, lambda term: [(term.name, SYNONYM)])
    post_migrate.connect(
        catch_up, sender=apps.get_app_config("practices"), dispatch_uid="practices.search_terms"
    )


def terms_of(page: Any, *others: Model | None) -> list[Model]:
    """The terms of *page*: its themes, place, authors and tags, and *others* where there are any."""
    authors = [link.author for link in page.author_links.all()]
    terms = [*page.themes, page.territory, *authors, *page.tags.all(), *others]
    return [term for term in terms if term is not None]


def theme_words(theme: Theme) -> Iterator[tuple[str, int]]:
    """Its name, the words that editors gave it, and its sub-themes, which not all its pages are about."""
    yield theme.name, LABEL
    yield from ((line, SYNONYM) for line in theme.synonyms.splitlines())
    yield from ((sub.name, NEAR) for sub in theme.subthemes.all())


def territory_words(territory: TerritoryPage) -> Iterator[tuple[str, int]]:
    """Its title, country and region; nothing while it is not public."""
    if territory.live:
        yield territory.title, NAME
        yield territory.get_country_display(), 150
        yield territory.region, 150
