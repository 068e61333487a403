"""A date known to the day, the month or the year, written as ISO 8601 allows: 2018, 2018-11, 2018-11-27.

Sources often give no more than « en 1999 » or « depuis octobre 1999 ». Storing a full date would invent a day.
No maintained package does this with a form that takes French input, hence this small one (docs/adr/0006).
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

ISO = re.compile(r"^(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?$")
FRENCH = re.compile(r"^((?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})$")


class PartialDate(str):
    """The ISO text of a partial date; sorts in the order of time, prints as French people write dates."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read « 2018 », « 11/2018 », « 27/11/2018 » or their ISO forms; raise ``ValueError`` for anything else."""
        match = ISO.match(text.strip()) or FRENCH.match(text.strip())
        if not match:
            raise ValueError(text)
        year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
        date(year, month or 1, day or 1)  # refuses a thirteenth month and a 31 June
        return cls("-".join(f"{part:02d}" for part in (year, month, day) if part))

    @property
    def year(self) -> int:
        return int(self[:4])

    def display(self) -> str:
        """« 2018 », « novembre 2018 » or « 27 novembre 2018 »."""
        parts = [int(part) for part in self.split("-")]
        if len(parts) == 3:
            return date_format(date(*parts), "j F Y")
        if len(parts) == 2:
            return _("%(month)s %(year)s") % {"month": MONTHS[parts[1]], "year": parts[0]}
        return self[:4]
