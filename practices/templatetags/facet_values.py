"""Small questions that the form of facets asks about its values."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from practices.facets import FacetValue

register = template.Library()


@register.filter
def chosen_count(values: Iterable[FacetValue]) -> int:
    """How many of *values* are chosen."""
    return sum(value.selected for value in values)
