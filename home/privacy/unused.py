"""Accounts that nobody uses any more: told a month before, then emptied. What they signed keeps its byline."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from home.audit.entries import Action, AuditEntry
from home.audit.trail import note
from home.delivery.mails import send
from home.people.accounts import User
from home.people.authors import Author
from home.privacy.erasure import erase
from home.privacy.people import Person

NOTICE = datetime.timedelta(days=30)
NAMED = (Author.Byline.FULL_NAME, Author.Byline.FIRST_NAME)


def empty_unused_accounts(time: datetime.timedelta) -> int:
    """Empty the accounts without a sign-in for *time*, once they were told and nobody came back within the notice.

    The account that may do everything is left alone: nobody could look after the site any more.
    """
    now = timezone.now()
    idle = (
        User.objects.filter(is_active=True, is_superuser=False)
        .annotate(seen=Coalesce("last_login", "date_joined"))
        .filter(seen__lt=now - time + NOTICE)
    )
    count = 0
    for account in idle.order_by("pk"):
        told_at = _told_at(account)
        if told_at is None:
            _tell(account)
        elif account.seen < now - time and told_at <= now - NOTICE:
            _empty(account)
            count += 1
    return count


@transaction.atomic
def _empty(account: User) -> None:
    """With the names of the byline that it does not show."""
    account.authors.exclude(byline_kind=Author.Byline.FULL_NAME).update(last_name="")
    account.authors.exclude(byline_kind__in=NAMED).update(first_name="")
    erase(Person(account=account))


def _told_at(account: User) -> datetime.datetime | None:
    """When the end was announced, since the last sign-in: the audit trail knows."""
    told = AuditEntry.objects.filter(action=Action.END_ANNOUNCED, thing=f"{User._meta.label}#{account.pk}")
    if account.last_login:
        told = told.filter(at__gt=account.last_login)
    moment: datetime.datetime | None = told.aggregate(last=models.Max("at"))["last"]
    return moment


@transaction.atomic
def _tell(account: User) -> None:
    note(Action.END_ANNOUNCED, account)
    url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_login')}"
    send("people/mails/account_ending", [account], {"url": url, "days": NOTICE.days})
