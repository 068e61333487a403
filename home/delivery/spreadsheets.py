"""Cells that a spreadsheet takes for text, whatever somebody wrote: in our exports and in every list of Wagtail's."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What begins a formula (OWASP, « CSV Injection »), in wide letters too, and behind what nobody sees.
FORMULA = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*[=+\-@|＝＋－＠\t\r\n]")
NO_WORDS = (int, float, Decimal, date, time)


def harmless(value: Any) -> Any:
    """*value* as a text that no spreadsheet takes for a formula; numbers and dates as they are."""
    if isinstance(value, NO_WORDS):
        return value
    text = force_str(value)
    return f"'{text}" if text.startswith(("\t", "\r", "\n")) or FORMULA.match(text) else text


def install() -> None:
    """Make every CSV file of the admin harmless, as Wagtail does for XLSX alone."""
    known: dict[Any, Any] = SpreadsheetExportMixin.custom_value_preprocess
    known[object] = {SpreadsheetExportMixin.FORMAT_CSV: harmless}
