"""Who asked to hear of what, and how far they were told."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.mailed_links import MailedLink
from home.privacy.activities import ALERTS
from home.privacy.register import DELETED, Expiry, Kept

QUERY_LENGTH = 1500  # what an index of PostgreSQL can hold beside an address
WEEK = datetime.timedelta(days=7)
DAY = datetime.timedelta(days=1)
ANSWER_WITHIN = 3 * DAY
LETTERS_A_DAY = (
    5  # to one address, about alerts that nobody has confirmed: nobody's mailbox is filled from here
)
LINK = MailedLink("practices.alerts")


class AlertQuerySet(models.QuerySet["Alert"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def may_be_sent(self) -> Self:
        """Those that wait for the next mail: a week after the last one at the earliest."""
        long_ago = Q(sent_at=None) | Q(sent_at__lte=timezone.now() - WEEK)
        return self.confirmed().filter(long_ago)

    def due(self) -> Self:
        """Of these, those that were not looked at today: what is new is asked once a day, not every five minutes."""
        today = Q(looked_at=None) | Q(looked_at__lte=timezone.now() - DAY)
        return self.may_be_sent().filter(today)

    def behind(self, token: str) -> Alert | None:
        """The alert that *token* was made for, as long as it lives."""
        key = LINK.key(token)
        return self.filter(pk=key).first() if key else None

    def may_be_asked(self, email: str) -> bool:
        """Whether one more letter about an alert may go to *email* today."""
        return self.filter(email=email, asked_at__gt=timezone.now() - DAY).count() < LETTERS_A_DAY


class Alert(models.Model):
    """One address, one set of filters. The row is all that is kept of a person, and goes when they stop it."""

    privacy: ClassVar = Kept(
        ALERTS,
        about={"email": DELETED},
        personal=("query",),
        limits=(
            Expiry(
                ANSWER_WITHIN,
                since="asked_at",
                where=Q(confirmed_at=None),
                part=_("une alerte que personne ne confirme"),
                after=_("la demande"),
            ),
        ),
    )

    email = models.EmailField(_("adresse électronique"))
    query = models.CharField(_("filtres"), max_length=QUERY_LENGTH, blank=True)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    told_until = models.DateTimeField(_("nouveautés dites jusqu’au"), null=True, blank=True)
    looked_at = models.DateTimeField(_("nouveautés cherchées le"), null=True, blank=True)
    sent_at = models.DateTimeField(_("dernier courriel le"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        constraints = [models.UniqueConstraint(fields=["email", "query"], name="alert_once")]

    def __str__(self) -> str:
        return f"{_('alerte')} {self.pk}"  # never the address: this ends up in logs

    @property
    def token(self) -> str:
        """What the links of its mails hold: made from the secret key, kept nowhere."""
        return LINK.token(self.pk)

    def confirm(self) -> None:
        """Let it begin now. Harmless when pressed twice."""
        now = timezone.now()
        Alert.objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=now, told_until=now)

    def others(self) -> AlertQuerySet:
        """The other alerts that go to the same address."""
        return Alert.objects.confirmed().filter(email=self.email).exclude(pk=self.pk)
