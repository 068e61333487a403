"""Dates that may be known only to the month or the year."""

from home.dates.fields import PartialDateField
from home.dates.partial import PartialDate

__all__ = ["PartialDate", "PartialDateField"]
