"""« À vérifier »: one mail a person and a week at most, about sheets that became due and were not told yet.

What was told is kept in one row a person, written in one transaction with the mail that waits to be sent: two runs at
once wait for each other, and a run that is killed has left both or neither. A sheet checked and due again a year later
is news again.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.delivery.mails import admin_url, send
from home.moderation.digests import MORNING
from home.people.accounts import User
from home.people.handover import moderators
from home.privacy.activities import REMINDERS
from home.privacy.register import DELETED, Kept
from practices.freshness.due import due_sheets, signers

if TYPE_CHECKING:
    from practices.sheets import PracticePage

WEEK = datetime.timedelta(days=7)
LISTED = 20


class CheckReminder(models.Model):
    """What one person was told of; ``about`` holds a key for each sheet that is still due."""

    privacy: ClassVar = Kept(
        REMINDERS,
        about={"person": DELETED},
        personal=("sent_at", "about"),
        what=_("rappels des fiches à vérifier : à qui, quand, de quoi"),
    )

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    about = models.JSONField(default=list)

    class Meta:
        verbose_name = _("rappel des fiches à vérifier")
        verbose_name_plural = _("rappels des fiches à vérifier")

    def __str__(self) -> str:
        return str(self.person)


def remind_of_due_sheets() -> int:
    """Tell each sheet's authors, and the moderators; return how many mails were written. Harmless when run again."""
    if timezone.localtime().hour < MORNING:
        return 0
    return sum(_tell(person, sheets) for person, sheets in _by_person().items())


def _by_person() -> dict[User, list[PracticePage]]:
    sheets = list(due_sheets().select_related("territory"))
    authors = {
        person: [sheet for sheet in sheets if sheet.pk in own] for person, own in signers(sheets).items()
    }
    return {**authors, **dict.fromkeys(moderators(), sheets)} if sheets else {}


@transaction.atomic
def _tell(person: User, sheets: list[PracticePage]) -> bool:
    """Whether there was something to tell *person*, for whom *sheets* are due."""
    CheckReminder.objects.get_or_create(person=person)
    row = CheckReminder.objects.select_for_update().get(person=person)
    if row.sent_at and timezone.now() - row.sent_at < WEEK:
        return False
    news = [sheet for sheet in sheets if _key(sheet) not in row.about]
    if not news:
        return False
    row.about, row.sent_at = [_key(sheet) for sheet in sheets], timezone.now()
    row.save()
    send("practices/freshness/mails/due", [person], _words(news, sheets))
    return True


def _key(sheet: PracticePage) -> str:
    """The same as long as the sheet waits for the same check."""
    return f"{sheet.pk} {sheet.checked_on}"


def _words(news: list[PracticePage], sheets: list[PracticePage]) -> dict[str, object]:
    entries = [{"sheet": sheet, "url": admin_url("check_sheet", sheet.pk)} for sheet in news[:LISTED]]
    return {
        "entries": entries,
        "count": len(news),
        "more": len(sheets) - len(entries),
        "list_url": admin_url("due_sheets"),
        "why": gettext("vous signez ces fiches, ou vous êtes de la modération."),
    }
