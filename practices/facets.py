"""Facets: closed questions by which a list of pages is narrowed, and the answers that can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Choice:
    """One possible answer. ``group`` is the key of the heading it stands under, ``inside`` the slug it belongs to.

    One that is a place has its ``latitude`` and ``longitude``: the map needs no query of its own.
    """

    slug: str
    label: str
    group: str = ""
    inside: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass
class Facet:
    """One question: its name in the address, its label, the path from a page to the slug, the possible answers.

    ``finer`` is the path to the answers that lie inside others (the sub-themes of themes). ``groups`` gives the
    headings, in their order.
    """

    parameter: str
    label: StrOrPromise
    lookup: str
    choices: list[Choice]
    finer: str = ""
    groups: Mapping[str, StrOrPromise] = field(default_factory=dict)

    @cached_property
    def by_slug(self) -> dict[str, Choice]:
        """The possible answers in the order in which they are shown."""
        places = {group: place for place, group in enumerate(self.groups)}
        shown = sorted(self.choices, key=lambda choice: places.get(choice.group, len(places)))
        return {choice.slug: choice for choice in shown}

    @property
    def lookups(self) -> list[str]:
        """The paths on which a page holds one of the answers."""
        return [self.lookup, self.finer] if self.finer else [self.lookup]

    def answering(self, model: Any, slugs: Iterable[str]) -> Q:
        """Which pages of *model* hold at least one of *slugs*."""
        wanted: dict[str, list[str]] = {}
        for slug in slugs:
            lookup = self.finer if self.by_slug[slug].inside else self.lookup
            wanted.setdefault(lookup, []).append(slug)
        answer = Q()
        for lookup, values in wanted.items():
            answer |= Q(pk__in=model.objects.order_by().filter(**{f"{lookup}__in": values}).values("pk"))
        return answer


@dataclass(frozen=True)
class FacetValue:
    """An answer as it is shown: how many pages one gets by choosing it, and what lies inside it."""

    slug: str
    label: str
    count: int
    selected: bool
    group: str = ""
    finer: tuple[FacetValue, ...] = ()

    @property
    def is_useless(self) -> bool:
        """Whether choosing it would leave nothing. What is chosen can always be taken off."""
        return not self.count and not self.selected

    @property
    def is_open(self) -> bool:
        return any(value.selected for value in self.finer)


@dataclass(frozen=True)
class FacetGroup:
    """Answers under a heading; the heading is empty where the facet has none."""

    label: StrOrPromise
    values: list[FacetValue]


@dataclass(frozen=True)
class ShownFacet:
    """A facet with its answers as they stand under the filters."""

    facet: Facet
    values: list[FacetValue]

    @property
    def groups(self) -> list[FacetGroup]:
        by_key: dict[str, list[FacetValue]] = {}
        for value in self.values:
            by_key.setdefault(value.group, []).append(value)
        return [FacetGroup(self.facet.groups.get(key, ""), values) for key, values in by_key.items()]

    @property
    def chosen_count(self) -> int:
        return sum(value.selected + sum(finer.selected for finer in value.finer) for value in self.values)


def shown(facet: Facet, counts: Mapping[str, int], selected: Iterable[str]) -> ShownFacet:
    """*facet* with *counts* by slug; an answer that has none counts nothing."""
    chosen = set(selected)
    inside: dict[str, list[FacetValue]] = {}

    def value(choice: Choice) -> FacetValue:
        finer = tuple(inside.get(choice.slug, ()))
        return FacetValue(
            choice.slug, choice.label, counts.get(choice.slug, 0), choice.slug in chosen, choice.group, finer
        )

    choices = facet.by_slug.values()
    for choice in choices:
        if choice.inside:
            inside.setdefault(choice.inside, []).append(value(choice))
    return ShownFacet(facet, [value(choice) for choice in choices if not choice.inside])


@dataclass(frozen=True)
class Chip:
    """A chosen filter, with the address of the list without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True)
class Sort:
    slug: str
    label: StrOrPromise
    order_by: tuple[Any, ...]
