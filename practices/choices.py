"""What can be chosen in the facets, asked of the database in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, F, FloatField, IntegerField, Value
from django.db.models.functions import Cast
from taggit.models import Tag

from home.pages.public import open_to_all
from home.search.stemming import fold
from practices.countries import COUNTRIES
from practices.facets import Choice
from practices.taxonomy import SubTheme, Term, Theme

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django_stubs_ext import StrOrPromise

Choices = list[Choice]
Offered = dict[str, Choices]


def offered(*rows: Any) -> Offered:
    """The choices that *rows* give, by the name of their facet, in one query.

    Each of *rows* comes from ``row()``. They are sorted by rank, then by name, accents aside.
    """
    first, *others = rows
    found: dict[str, list[tuple[int, str, Choice]]] = {}
    for parameter, slug, label, group, inside, rank, *where in first.union(*others, all=True):
        choice = Choice(slug, label, group, inside, *where)
        found.setdefault(parameter, []).append((rank, fold(label), choice))
    return {
        parameter: [choice for _rank, _name, choice in sorted(ranked, key=lambda one: one[:2])]
        for parameter, ranked in found.items()
    }


def row(
    parameter: str,
    things: Any,
    slug: str,
    label: str,
    *,
    group: str = "",
    inside: str = "",
    rank: str = "",
    where: tuple[str, str] | None = None,
) -> Any:
    """What ``offered`` asks of *things* (a queryset): the names are those of columns."""
    latitude, longitude = (F(name) for name in where) if where else (Value(None), Value(None))
    return things.order_by().values_list(
        Value(parameter),
        Cast(slug, CharField()),
        Cast(label, CharField()),
        F(group) if group else Value(""),
        F(inside) if inside else Value(""),
        Cast(F(rank) if rank else Value(0), IntegerField()),
        Cast(latitude, FloatField()),
        Cast(longitude, FloatField()),
    )


def terms(parameter: str, model: type[Term], group: str = "") -> Any:
    """The values of a closed list, under the heading that the column *group* names."""
    return row(parameter, model.objects.all(), "slug", "name", group=group, rank="order")


def themes(parameter: str) -> list[Any]:
    """Themes by pillar, and the sub-themes inside them."""
    broad = terms(parameter, Theme, group="pillar")
    finer = row(
        parameter,
        SubTheme.objects.all(),
        "slug",
        "name",
        group="theme__pillar",
        inside="theme__slug",
        rank="sort_order",
    )
    return [broad, finer]


def territories(parameter: str) -> Any:
    """Public territories by country."""
    places = open_to_all(apps.get_model("practices", "TerritoryPage").objects.all())
    return row(parameter, places, "slug", "title", group="country", where=("latitude", "longitude"))


def tags(parameter: str, relation: str) -> Any:
    """The tags that a live page carries through *relation* (the name under which tags know it)."""
    used = Tag.objects.filter(**{f"{relation}__content_object__live": True})
    return row(parameter, used.distinct(), "slug", "name")


def countries() -> dict[str, StrOrPromise]:
    """Code and name of each country, by name."""
    return dict(sorted(COUNTRIES, key=lambda country: fold(str(country[1]))))


def scale(values: type[TextChoices]) -> Choices:
    """The steps of a scale, in their order."""
    return [Choice(str(value), str(label)) for value, label in values.choices]
