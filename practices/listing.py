"""A list of pages narrowed by facets and words, all of it kept in the address.

*Or* inside a facet, *and* across facets. The count beside a value is the number of pages one would get by choosing it
alone in its facet, so it ignores what is already chosen there. One query counts all facets and the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.template.response import TemplateResponse

from home.search.answers import Answer, answer
from home.search.keys import among
from practices.facets import Chip, Facet, ShownFacet, Sort, shown

MAX_QUERY_LENGTH = 200
MAX_IGNORED = 5  # of what an address asks in vain, as much as a person wants to read
BATCH = 500
FOUND = ""  # where what is found stands among the counts: no facet is called so

Pair = tuple[str, str]
Load = Callable[[Any], Any]


@dataclass
class FacetedList:
    """A list of pages narrowed by the query string of an address.

    ``pages`` is everything that may be seen. Unknown values never fail: they end up in ``ignored``. ``carried`` names
    the parameters that filter nothing and stay in the address all the same.
    """

    pages: Any
    facets: list[Facet]
    sorts: list[Sort]
    query: QueryDict
    per_page: int = 12
    path: str = ""
    carried: tuple[str, ...] = ()
    ignored: list[Pair] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.query.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_LENGTH]
        self.selected = {facet.parameter: self._known_values(facet) for facet in self.facets}
        self.kept = [(name, value) for name in self.carried for value in self._asked(name)]

    def _asked(self, parameter: str) -> list[str]:
        """What the address says of *parameter*, each value once."""
        return [value for value in dict.fromkeys(self.query.getlist(parameter)) if value]

    def _known_values(self, facet: Facet) -> list[str]:
        """The values asked for, in the order in which they are shown: the same filters have the same address."""
        wanted = self._asked(facet.parameter)
        unknown = [(str(facet.label), value[:80]) for value in wanted if value not in facet.by_slug]
        self.ignored += unknown[: MAX_IGNORED - len(self.ignored)]
        return [slug for slug in facet.by_slug if slug in set(wanted)]

    # What is found -------------------------------------------------------------------------------------

    @cached_property
    def answer(self) -> Answer | None:
        """The pages that hold the words looked for, or those of their nearest spelling; ``None`` when none are."""
        return answer(self.pages, self.text) if self.text else None

    @property
    def found(self) -> list[int] | None:
        """Primary keys of the pages that answer the words looked for, best first; ``None`` when none are."""
        return self.answer.found.keys if self.answer else None

    def matching(self, except_for: Facet | None = None) -> Any:
        """The pages that answer every facet but *except_for*."""
        pages = self.pages if self.found is None else self.pages.filter(pk__in=among(self.found))
        for facet in self.facets:
            if (values := self.selected[facet.parameter]) and facet is not except_for:
                pages = pages.filter(facet.answering(self.pages.model, values))
        return pages

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """``counts[parameter][slug]`` for every facet, and which pages are found, in one query."""
        asked = [
            self._counted(facet.parameter, lookup, self.matching(except_for=facet))
            for facet in self.facets
            for lookup in facet.lookups
        ]
        # Every page found is live: one row, unless their keys are needed to put them into the order of relevance.
        found = self._counted(FOUND, "live" if self.found is None else "pk", self.matching())
        counts: dict[str, dict[str, int]] = {}
        for parameter, slug, count in found.union(*asked, all=True):
            counts.setdefault(parameter, {})[slug] = count
        return counts

    @staticmethod
    def _counted(parameter: str, lookup: str, pages: Any) -> Any:
        rows = pages.select_related(None).prefetch_related(None).order_by()
        named = rows.values_list(Value(parameter), Cast(lookup, CharField()))
        return named.annotate(number=Count("pk", distinct=True))

    @cached_property
    def shown_facets(self) -> list[ShownFacet]:
        """Every facet that has something to choose, with its counts."""
        return [
            shown(facet, self.counts.get(facet.parameter, {}), self.selected[facet.parameter])
            for facet in self.facets
            if facet.by_slug
        ]

    @property
    def total(self) -> int:
        return sum(self.counts.get(FOUND, {}).values())

    @property
    def complete(self) -> int:
        """How many of the pages listed hold every word looked for; the others hold some of them."""
        if self.answer is None:
            return self.total
        listed = self.counts.get(FOUND, {})
        return sum(str(key) in listed for key in self.answer.found.keys[: self.answer.found.complete])

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or any(self.selected.values()))

    # In which order ------------------------------------------------------------------------------------

    @property
    def sort(self) -> Sort:
        """The order asked for, else the first one."""
        return next((sort for sort in self.sorts if sort.slug == self.query.get("tri")), self.sorts[0])

    @property
    def chosen_sort(self) -> str:
        """The order that the address asks for; empty when it asks for none that we know."""
        return self.sort.slug if self.query.get("tri") == self.sort.slug else ""

    @cached_property
    def ordered(self) -> Any:
        """What is found in the order asked for: pages, or their keys when words are looked for and no order is."""
        if self.found is None or self.chosen_sort:
            return self.matching().order_by(*self.sort.order_by)
        answering = self.counts.get(FOUND, {})
        return [key for key in self.found if str(key) in answering]

    @cached_property
    def page(self) -> ResultPage[Any]:
        """One page of results; a number that makes no sense gives the first or the last one."""
        paginator = Paginator(self.ordered, self.per_page)
        setattr(paginator, "count", self.total)  # noqa: B010  (known from the counts: not asked again)
        result = paginator.get_page(self.query.get("page"))
        if isinstance(self.ordered, list):
            result.object_list = self._pages(list(result.object_list))
        return result

    def each(self, load: Load = lambda pages: pages) -> Iterator[Any]:
        """Every page found, in order, a batch at a time: as many as there may be, in the memory of a few.

        *load* says what is fetched with the pages of a queryset.
        """
        if not isinstance(self.ordered, list):
            yield from load(self.ordered).iterator(chunk_size=BATCH)
            return
        for start in range(0, len(self.ordered), BATCH):
            yield from self._pages(self.ordered[start : start + BATCH], load)

    def _pages(self, keys: list[int], load: Load = lambda pages: pages) -> list[Any]:
        by_key = {page.pk: page for page in load(self.pages.filter(pk__in=keys))}
        return [by_key[key] for key in keys if key in by_key]

    # Its addresses -------------------------------------------------------------------------------------

    def parameters(self) -> Iterable[Pair]:
        """What narrows and sorts the list, as pairs in a fixed order: the same list always has the same address."""
        if self.text:
            yield "q", self.text
        for facet in self.facets:
            yield from ((facet.parameter, value) for value in self.selected[facet.parameter])
        if self.chosen_sort:
            yield "tri", self.chosen_sort

    def query_string(self, page: int = 1) -> str:
        """The query string of this list, with a leading « ? » unless it is empty."""
        return _query_string(self.parameters(), page)

    def url(self, without: Pair | None = None, adding: Pair | None = None, page: int = 1) -> str:
        """The address of this list for the reader who has it before them, with what they carry along."""
        pairs = [pair for pair in (*self.parameters(), *self.kept) if pair != without]
        return f"{self.path}{_query_string([*pairs, adding] if adding else pairs, page)}"

    @property
    def corrected_url(self) -> str:
        """The address of this list with its words spelled as the site spells them; empty when it spells them so."""
        if not (self.answer and self.answer.nearest):
            return ""
        others = [pair for pair in (*self.parameters(), *self.kept) if pair[0] != "q"]
        return f"{self.path}{_query_string([('q', self.answer.nearest), *others])}"

    @property
    def plain_url(self) -> str:
        """The address of the list without any filter, with what is carried along."""
        return f"{self.path}{_query_string(self.kept)}"

    @property
    def current_url(self) -> str:
        """The address of what is shown, page and all."""
        return self.url(page=self.page.number)

    @property
    def canonical_url(self) -> str:
        """The one address of what is shown: known values in a fixed order, and a page that exists."""
        return f"{self.path}{self.query_string(page=self.page.number)}"

    @property
    def is_combined(self) -> bool:
        """Whether this is one of the endless combinations that search engines are told to leave alone."""
        return bool(self.text or self.chosen_sort or self.kept or len(self.chips) > 1)

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, each with the address that takes it off."""
        chips = [Chip("q", f"« {self.text} »", self.url(without=("q", self.text)))] if self.text else []
        for facet in self.facets:
            chips += [
                Chip(facet.parameter, facet.by_slug[slug].label, self.url(without=(facet.parameter, slug)))
                for slug in self.selected[facet.parameter]
            ]
        return chips

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""


def say_address(response: TemplateResponse) -> TemplateResponse:
    """*response*, which shows a list, telling the script that swaps it in at which address it is found again."""
    listing: FacetedList = (response.context_data or {})["listing"]
    response["HX-Push-Url"] = listing.current_url
    return response


def _query_string(pairs: Iterable[Pair], page: int = 1) -> str:
    result = QueryDict(mutable=True)
    for name, value in pairs:
        result.appendlist(name, value)
    if page > 1:
        result["page"] = str(page)
    return f"?{result.urlencode()}" if result else ""
