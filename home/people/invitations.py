"""A moderator invites a volunteer: where they go, with whom, and a link to choose a password and a byline."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.privacy.activities import ACCOUNTS
from home.privacy.register import DELETED, STAYS, Expiry, Kept, Rule

ACCEPTED_KEPT = datetime.timedelta(days=365)
UNANSWERED_KEPT = datetime.timedelta(days=180)


class Invitation(models.Model):
    """One person of a cohort. The account, the byline and the mission exist from the day it is sent."""

    privacy: ClassVar = Kept(
        ACCOUNTS,
        about={"user": DELETED, "invited_by": STAYS},
        personal=("sent_at", "accepted_at"),
        limits=(
            Expiry(ACCEPTED_KEPT, since="accepted_at", after=_("que vous l’avez acceptée")),
            Rule(
                UNANSWERED_KEPT,
                run="home.privacy.cleaning.forget_unanswered",
                part=_("une invitation sans réponse, et le compte qui l’attendait"),
                after=_("l’envoi"),
            ),
        ),
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="invitation",
    )
    mission = models.OneToOneField(
        "home.Mission",
        verbose_name=_("mission"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitation",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invité·e par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_made",
    )
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return str(self.user)
