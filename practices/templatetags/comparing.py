"""Putting sheets aside to compare them, from the list."""

from __future__ import annotations

from typing import Any

from django import template

from practices.comparison import FEWEST, MOST
from practices.library import COMPARED
from practices.listing import FacetedList
from practices.sheets import PracticePage

register = template.Library()


@register.inclusion_tag("practices/compare/choice.html")
def compare_choice(listing: FacetedList, sheet: PracticePage) -> dict[str, Any]:
    """The link of a card that puts *sheet* aside, or takes it back; none when enough are put aside."""
    pair = (COMPARED, sheet.slug)
    chosen = pair in listing.kept
    return {
        "sheet": sheet,
        "chosen": chosen,
        "url": listing.url(without=pair, page=listing.page.number)
        if chosen
        else listing.url(adding=pair, page=listing.page.number),
        "is_full": len(listing.kept) >= MOST,
    }


@register.inclusion_tag("practices/compare/tray.html")
def compare_tray(listing: FacetedList) -> dict[str, Any]:
    """What is put aside, and the way to compare it."""
    slugs = [slug for name, slug in listing.kept if name == COMPARED][:MOST]
    if not slugs:
        return {}
    titles = dict(listing.pages.order_by().filter(slug__in=slugs).values_list("slug", "title"))
    return {
        "chosen": [
            (titles[slug], listing.url(without=(COMPARED, slug), page=listing.page.number))
            for slug in slugs
            if slug in titles
        ],
        "slugs": [slug for slug in slugs if slug in titles],
        "path": listing.path,
        "fewest": FEWEST,
        "most": MOST,
    }
