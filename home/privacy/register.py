"""What a model says of the people whose data it keeps: « privacy = Kept(…) » in its class (ADR 0030).

Everything else reads it: the page « Données personnelles », ``run_periodic``, ``export_person``, ``erase_person``, and
the system check that fails for a model which says nothing. Models that are not ours are in ``third_parties``.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext, ngettext

Words = Any  # a text in French that is translated when it is shown


class OnErasure(enum.Enum):
    """What becomes of a row that leads to a person when that person is erased."""

    DELETED = "deleted"  # the row goes
    EMPTIED = "emptied"  # the row stays without that field
    STAYS = "stays"  # the row stays, and leads to an account or a byline that says nothing any more


DELETED, EMPTIED, STAYS = OnErasure


@dataclass(frozen=True)
class Activity:
    """One line of the register: why things are kept, by which right, and who gets to see them."""

    title: Words
    whose: Words
    why: Words
    basis: Words
    recipients: Words
    kept: Words = ""


class TimeLimit(Protocol):
    """An end that ``run_periodic`` brings about. The words that readers see are made of what is enforced."""

    def words(self) -> str: ...

    def enforce(self, model: type[models.Model]) -> int:
        """Forget what is over, and return how many rows changed. Harmless when run again."""
        ...


@dataclass(frozen=True)
class Expiry:
    """Rows go *time* after the date in *since*, or only lose what stands in *empties*.

    *time* may be a function, for what an association sets itself. *where* narrows the rows; *after* completes
    « quatre-vingt-dix jours après … », *part* says what goes when it is not all.
    """

    time: datetime.timedelta | Callable[[], datetime.timedelta]
    since: str
    after: Words
    where: models.Q = field(default_factory=models.Q)
    empties: tuple[str, ...] = ()
    part: Words = ""

    def words(self) -> str:
        return in_words(self._time, self.after, self.part)

    def over(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """The rows of *model* whose time is over."""
        rows = model._base_manager.filter(self.where, **{f"{self.since}__lt": timezone.now() - self._time})
        for name in self.empties:
            rows = rows.exclude(**{name: ""})
        return rows

    def enforce(self, model: type[models.Model]) -> int:
        if self.empties:
            return self.over(model).update(**dict.fromkeys(self.empties, ""))
        return self.over(model).delete()[0]

    @property
    def _time(self) -> datetime.timedelta:
        return self.time() if callable(self.time) else self.time


@dataclass(frozen=True)
class Rule:
    """As ``Expiry``, where one date does not tell what is over: *run*, a dotted path, gets *time*, returns a count."""

    time: datetime.timedelta
    after: Words
    run: str
    part: Words = ""

    def words(self) -> str:
        return in_words(self.time, self.after, self.part)

    def enforce(self, model: type[models.Model]) -> int:
        forget: Callable[[datetime.timedelta], int] = import_string(self.run)
        return forget(self.time)


@dataclass(frozen=True)
class Kept:
    """What one model keeps of people.

    ``about`` names the fields that lead to a person: a link to an account or a byline, or an e-mail address; and what
    becomes of the row when that person is erased. ``found_by``, a dotted path, finds the rows of a person where no
    field does; they are deleted. ``personal`` names the other fields that tell of somebody. ``secret`` ones are part
    of no export. ``what`` replaces the names of the fields for readers.
    """

    activity: Activity
    about: Mapping[str, OnErasure] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    found_by: str = ""
    what: Words = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that tells of somebody, in the order of the declaration."""
        return tuple(dict.fromkeys([*self.about, *self.personal, *self.secret]))


@dataclass(frozen=True)
class NothingPersonal:
    """The declaration of a model that keeps nothing about anybody; *reason* says how one knows."""

    reason: str


Declared = Kept | NothingPersonal


def in_words(time: datetime.timedelta, after: Words, part: Words = "") -> str:
    """« adresse : 90 jours après le traitement », « dès la déconnexion »."""
    when = (
        gettext("%(time)s après %(after)s") % {"time": _length(time), "after": after}
        if time
        else gettext("dès %(after)s") % {"after": after}
    )
    return gettext("%(part)s : %(when)s") % {"part": part, "when": when} if part else when


def _length(time: datetime.timedelta) -> str:
    years, rest = divmod(time.days, 365)
    if years and not rest:
        return ngettext("un an", "%(years)s ans", years) % {"years": years}
    return ngettext("un jour", "%(days)s jours", time.days) % {"days": time.days}
