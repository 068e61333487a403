"""The filters of an alert: the one query string that says them, and the words for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext

from practices.library import listing_for

if TYPE_CHECKING:
    from practices.listing import FacetedList
    from practices.sheets import PracticeIndexPage

NOT_FILTERS = {"tri", "page"}  # how a list is shown
SPOKEN_LENGTH = 80
QUOTES = "«\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}»"


@dataclass(frozen=True)
class Filters:
    """What an alert is about. ``query`` may be anything that somebody typed into an address."""

    library: PracticeIndexPage
    query: QueryDict

    @classmethod
    def of(cls, library: PracticeIndexPage, query_string: str) -> Filters:
        return cls(library, QueryDict(query_string))

    @cached_property
    def listing(self) -> FacetedList:
        return listing_for(self.library, self.query)

    @cached_property
    def query_string(self) -> str:
        """The same for the same filters, in whatever order they were chosen; only what exists."""
        known = QueryDict(self.listing.query_string().removeprefix("?"))
        pairs = {
            (name, value) for name, values in known.lists() for value in values if name not in NOT_FILTERS
        }
        return urlencode(sorted(pairs))

    @property
    def path(self) -> str:
        """The address of the list under these filters, without the site."""
        return f"{self.library.get_url()}{'?' if self.query_string else ''}{self.query_string}"

    @cached_property
    def words(self) -> list[str]:
        """Each facet with what was chosen in it: « Territoire : Liège ou Berlin »."""
        labels = {facet.parameter: str(facet.label) for facet in self.listing.facets}
        chosen: dict[str, list[str]] = {}
        for chip in self.listing.chips:
            value = spoken(self.listing.text) if chip.facet == "q" else str(chip.label)
            chosen.setdefault(chip.facet, []).append(value)
        return [
            _phrase(labels.get(facet, gettext("Mots cherchés")), values) for facet, values in chosen.items()
        ]

    @property
    def sentence(self) -> str:
        """All of it on one line."""
        return " · ".join(self.words) or gettext("toutes les fiches de la bibliothèque")

    @cached_property
    def gone(self) -> list[str]:
        """The filters that were asked for and exist no more, in words."""
        return [f"{label} {QUOTES.format(value)}" for label, value in self.listing.ignored]

    @property
    def is_void(self) -> bool:
        """Whether something was asked for of which nothing is left: « all sheets » is not what the person wanted."""
        return bool(self.gone) and not self.listing.is_filtered


def spoken(text: str) -> str:
    """*text* as it may stand in a mail that anybody can have sent to anybody: words, no address to click on."""
    words = " ".join(re.sub(r"[^\w\s'’\-]|_", " ", text).split())
    return QUOTES.format(words[:SPOKEN_LENGTH].strip())


def _phrase(label: str, values: list[str]) -> str:
    either = gettext(" ou ").join(values)
    return f"{label}\N{NO-BREAK SPACE}: {either}"
