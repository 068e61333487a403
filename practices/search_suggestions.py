"""Themes and territories to go to directly while somebody types (the hook of ``home.search.suggestions``)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail import hooks

from home.search.suggestions import HOOK, Suggestion, Typed
from practices.taxonomy import Theme

MOST = 3


@hooks.register(HOOK)
def suggest_themes(typed: Typed) -> list[Suggestion]:
    """The themes whose name, or one of their other words, begins as what is typed: their sheets in the library."""
    library = apps.get_model("practices", "PracticeIndexPage").objects.live().public().first()
    if library is None:
        return []
    found = [theme for theme in Theme.objects.all() if any(map(typed.begins, _texts(theme)))]
    found.sort(key=lambda theme: not typed.begins(theme.name))
    url = library.get_url()
    return [
        Suggestion(theme.name, _("Thème"), f"{url}?{urlencode({'theme': theme.slug})}")
        for theme in found[:MOST]
    ]


@hooks.register(HOOK)
def suggest_territories(typed: Typed) -> list[Suggestion]:
    """The public territories whose title begins as what is typed."""
    territories = apps.get_model("practices", "TerritoryPage").objects.live().public().order_by("title")
    found = [one for one in territories.only("title", "url_path", "slug") if typed.begins(one.title)]
    return [Suggestion(one.title, _("Territoire"), one.get_url()) for one in found[:MOST]]


def _texts(theme: Theme) -> Iterator[str]:
    yield theme.name
    yield from theme.synonyms.splitlines()
