"""Dates that may be known only to the month or the year, as French people write them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from home.dates import PartialDate

register = template.Library()

DASHES_OF_A_DAY = 2


@register.filter
def partial_date(value: str | None) -> str:
    """« 2018 », « novembre 2018 » or « 27 novembre 2018 »; what is no date comes back as it is."""
    if not value:
        return ""
    try:
        return PartialDate.parse(value).display()
    except ValueError:
        return str(value)


@register.filter
def on_date(value: str | None) -> str:
    """« en 2018 », « en novembre 2018 » or « le 27 novembre 2018 », to stand in a sentence."""
    words = {"date": partial_date(value)}
    if not value:
        return ""
    return _("le %(date)s") % words if value.count("-") == DASHES_OF_A_DAY else _("en %(date)s") % words
