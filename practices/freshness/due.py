"""Which sheets are due for checking, and whose they are to check."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from home.moderation.permissions import is_editor
from home.people.accounts import User

if TYPE_CHECKING:
    from practices.practice_querysets import PracticeQuerySet
    from practices.sheets import PracticePage


def due_sheets() -> PracticeQuerySet:
    """The public sheets that are « à actualiser », the one that has waited longest first. Archived ones never are."""
    live = apps.get_model("practices", "PracticePage").objects.live()
    sheets: PracticeQuerySet = live.filter(archived_on__isnull=True)
    return sheets.filter(checked_on__lt=a_year_ago()).order_by("checked_on", "pk")


def a_year_ago() -> datetime.date:
    """The first day on which a check still counts today (``PracticePage.is_stale`` for a query)."""
    today = timezone.localdate()
    if (today.month, today.day) == (2, 29):
        return datetime.date(today.year - 1, 3, 1)
    return today.replace(year=today.year - 1)


def due_for(user: User) -> PracticeQuerySet:
    """Of these, those that *user* may say « toujours exact » of: all for editors, else own and one's territories'."""
    if is_editor(user):
        return due_sheets()
    signed = (
        due_sheets().filter(author_links__author__user=user) if user.writes_now() else due_sheets().none()
    )
    territories = Q(territory__in=user.referent_territories.values("pk"))
    return due_sheets().filter(territories | Q(pk__in=signed.order_by().values("pk")))


def may_check(user: User, sheet: PracticePage) -> bool:
    """Whether *user* answers for what *sheet* says: its authors, the territory's référent·es, the editors."""
    if not sheet.live or sheet.is_archived or not user.is_active:
        return False
    if is_editor(user, sheet):
        return True
    if user.writes_now() and sheet.author_links.filter(author__user=user).exists():
        return True
    return user.referent_territories.filter(pk=sheet.territory_id).exists()


def signers(sheets: Iterable[PracticePage]) -> dict[User, set[int]]:
    """The accounts that sign *sheets* and may still write, each with the primary keys of their sheets."""
    people = User.objects.filter(is_active=True, authors__practice_links__practice__in=list(sheets))
    keys = people.values_list("pk", "authors__practice_links__practice")
    return {
        person: {sheet for writer, sheet in keys if writer == person.pk}
        for person in people.distinct()
        if person.writes_now()
    }
