"""« Toujours exact »: somebody checked a sheet on a day. It belongs to the sheet, and to none of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from home.people.accounts import User
from home.privacy.activities import REVIEWS
from home.privacy.register import STAYS, Kept
from practices.freshness.due import may_check

if TYPE_CHECKING:
    from practices.sheets import PracticePage


class SheetCheck(models.Model):
    """One click, kept: a draft begun before it, published after it, doesn't put the older date back."""

    privacy: ClassVar = Kept(
        REVIEWS,
        about={"checked_by": STAYS, "person": STAYS},
        personal=("checked_on",),
        what=_("vérifications de fiches : par qui, quel jour"),
    )

    wagtail_reference_index_ignore = True  # the « usage » of a sheet is what links to it

    sheet = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField(_("vérifiée le"))
    checked_by = models.ForeignKey("home.Author", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("vérification d’une fiche")
        verbose_name_plural = _("vérifications de fiches")
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "checked_on"], name="sheet_checked_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {date_format(self.checked_on, 'SHORT_DATE_FORMAT')}"


class CheckRefusedError(Exception):
    """The sheet can't be checked; the message says why, to the person."""


@transaction.atomic
def check(sheet: PracticePage, person: User) -> SheetCheck:
    """Note that *sheet*, as the public reads it, is still exact today. Once a day: the first click counts.

    Nothing else of it changes: no version is made or published, no review is disturbed. Raise ``CheckRefusedError``.
    """
    public = type(sheet).objects.select_for_update().get(pk=sheet.pk)
    if not may_check(person, public):
        raise CheckRefusedError(_("Cette fiche n’est plus à vérifier par vous : elle a changé entre-temps."))
    byline = person.author()
    if byline is None or not byline.byline:
        raise CheckRefusedError(
            _("La fiche dit qui l’a vérifiée : choisissez d’abord le nom sous lequel vous signez.")
        )
    made, is_first = SheetCheck.objects.get_or_create(
        sheet=public, checked_on=timezone.localdate(), defaults={"checked_by": byline, "person": person}
    )
    if is_first:
        type(sheet).objects.filter(pk=public.pk).update(checked_on=made.checked_on, checked_by=byline)
        log(public, "practices.sheet_checked", user=person, data={"byline": byline.byline})
    return made


def with_latest_check(sheet: PracticePage) -> PracticePage:
    """*sheet*, which comes from a version, with the date of the last click where the version's is older."""
    made = sheet.checks.first() if sheet.pk else None
    if made and (sheet.checked_on is None or sheet.checked_on < made.checked_on):
        sheet.checked_on, sheet.checked_by = made.checked_on, made.checked_by
    return sheet
