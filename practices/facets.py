"""Facets: closed questions by which a list of pages is narrowed, all of it kept in the address.

*Or* inside a facet, *and* across facets. The count beside a value is the number of pages one would get by
choosing it, so it ignores what is already chosen in its own facet. One query counts one facet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict

from home.search.query import search_pages

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_QUERY_LENGTH = 200
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Facet:
    """One question: its name in the address, its label, the path from a page to the slug, the possible answers."""

    parameter: str
    label: StrOrPromise
    lookup: str
    choices: Callable[[], Choices]


@dataclass(frozen=True)
class FacetValue:
    slug: str
    label: str
    count: int
    selected: bool


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
    order_by: tuple[str, ...]


@dataclass
class FacetedList:
    """A list of pages narrowed by the query string of an address.

    ``pages`` is everything that may be seen. Unknown values never fail: they end up in ``ignored``.
    """

    pages: Any
    facets: list[Facet]
    sorts: list[Sort]
    query: QueryDict
    per_page: int = 12
    path: str = ""
    ignored: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._choices = {facet.parameter: dict(facet.choices()) for facet in self.facets}
        self.selected = {facet.parameter: self._known_values(facet) for facet in self.facets}
        self.text = self.query.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_LENGTH]

    def _known_values(self, facet: Facet) -> list[str]:
        wanted = [value for value in dict.fromkeys(self.query.getlist(facet.parameter)) if value]
        known = self._choices[facet.parameter]
        self.ignored += [(str(facet.label), value[:80]) for value in wanted if value not in known]
        return [value for value in wanted if value in known]

    @cached_property
    def found(self) -> list[int] | None:
        """Primary keys of the pages that hold the words looked for, best first; ``None`` when none are."""
        if not self.text:
            return None
        return search_pages(self.pages, self.text)

    def matching(self, except_for: Facet | None = None) -> Any:
        """The pages that answer every facet but *except_for*."""
        pages = self.pages if self.found is None else self.pages.filter(pk__in=self.found)
        for facet in self.facets:
            if (values := self.selected[facet.parameter]) and facet is not except_for:
                answering = self.pages.model.objects.filter(**{f"{facet.lookup}__in": values})
                pages = pages.filter(pk__in=answering.values("pk"))
        return pages

    def counts(self, facet: Facet) -> dict[str, int]:
        """How many pages one gets by choosing each value of *facet*."""
        rows = (
            self.matching(except_for=facet)
            .order_by()
            .values_list(facet.lookup)
            .annotate(Count("pk", distinct=True))
        )
        return {str(slug): count for slug, count in rows}

    def values(self, facet: Facet) -> list[FacetValue]:
        counts, chosen = self.counts(facet), self.selected[facet.parameter]
        choices = self._choices[facet.parameter].items()
        return [FacetValue(slug, label, counts.get(slug, 0), slug in chosen) for slug, label in choices]

    @cached_property
    def facet_values(self) -> list[tuple[Facet, list[FacetValue]]]:
        """Every facet with its values."""
        return [(facet, self.values(facet)) for facet in self.facets]

    @property
    def sort(self) -> Sort:
        """The order asked for, else the first one."""
        return next((sort for sort in self.sorts if sort.slug == self.query.get("tri")), self.sorts[0])

    @cached_property
    def ordered(self) -> Any:
        """The pages found, in the order asked for; by relevance when words are looked for and no order is."""
        pages = self.matching()
        if self.found is not None and not self.query.get("tri"):
            rank = {pk: place for place, pk in enumerate(self.found)}
            return sorted(pages.order_by().values_list("pk", flat=True), key=rank.__getitem__)
        return pages.order_by(*self.sort.order_by)

    @cached_property
    def page(self) -> ResultPage[Any]:
        """One page of results; a number that makes no sense gives the first or the last one."""
        result = Paginator(self.ordered, self.per_page).get_page(self.query.get("page"))
        if isinstance(self.ordered, list):
            by_key = {page.pk: page for page in self.pages.filter(pk__in=list(result.object_list))}
            result.object_list = [by_key[pk] for pk in result.object_list]
        return result

    @property
    def total(self) -> int:
        return int(self.page.paginator.count)

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or any(self.selected.values()))

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, each with the address that takes it off."""
        chips = [Chip("q", f"« {self.text} »", self.url(without=("q", self.text)))] if self.text else []
        for facet in self.facets:
            labels = self._choices[facet.parameter]
            chips += [
                Chip(facet.parameter, labels[value], self.url(without=(facet.parameter, value)))
                for value in self.selected[facet.parameter]
            ]
        return chips

    @property
    def chosen_sort(self) -> str:
        """The order that the address asks for; empty when it asks for none that we know."""
        return self.sort.slug if self.query.get("tri") == self.sort.slug else ""

    @property
    def is_combined(self) -> bool:
        """Whether this is one of the endless combinations that search engines are told to leave alone."""
        return bool(self.text or self.chosen_sort or len(self.chips) > 1)

    @property
    def canonical_url(self) -> str:
        """The one address of what is shown: known values in a fixed order, and a page that exists."""
        return self.url(page=self.page.number)

    def parameters(self) -> Iterable[tuple[str, str]]:
        """What is chosen, as pairs in a fixed order: the same list always has the same address."""
        if self.text:
            yield "q", self.text
        for facet in self.facets:
            yield from ((facet.parameter, value) for value in self.selected[facet.parameter])
        if self.chosen_sort:
            yield "tri", self.chosen_sort

    def query_string(self, without: tuple[str, str] | None = None, page: int = 1) -> str:
        """The query string of this list, with a leading « ? » unless it is empty."""
        result = QueryDict(mutable=True)
        for name, value in self.parameters():
            if (name, value) != without:
                result.appendlist(name, value)
        if page > 1:
            result["page"] = str(page)
        return f"?{result.urlencode()}" if result else ""

    def url(self, without: tuple[str, str] | None = None, page: int = 1) -> str:
        return f"{self.path}{self.query_string(without, page)}"

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""
