"""What is new under the filters of an alert, and the mail that tells it: once a week at most, nothing left out.

*New* is a sheet that became public for the first time since the last mail (since the confirmation, before the first
one). Sheets that were public before and published again are named in the same mail, and are no reason to send one.

``sent_at`` is written before the mail leaves, and by one run only: the row is changed where it still says what was
read. ``told_until`` moves once the mail has left. A mail server that refuses puts ``sent_at`` back, and the next run
tries again; a process that dies in between leaves a week without a mail, and the next one tells all of it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from home.delivery.sending import deliver
from practices.alerts.alert import Alert
from practices.alerts.filters import Filters
from practices.alerts.letters import letter
from practices.sheets import PracticeIndexPage, PracticePage

LISTED = 20
FAILURES = 3  # one mailbox may refuse for ever; when three do in a row it is the server
# A publication is dated when it begins and seen when it is committed: the latest ones wait for the next mail.
STILL_COMING_IN = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """A sheet as the mail names it: each of these is one line."""

    title: str
    text: str
    url: str

    @classmethod
    def of(cls, sheet: PracticePage) -> Entry:
        place = f" ({sheet.territory.title})" if sheet.territory else ""
        text = " ".join(sheet.introduction.split())
        return cls(f"{sheet.title}{place}", text, f"{settings.WAGTAILADMIN_BASE_URL}{sheet.get_url()}")


@dataclass(frozen=True)
class News:
    """The sheets to tell of, the newest first; ``more`` is how many new ones the mail has no room for."""

    new: list[Entry]
    updated: list[Entry]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.new)


def send_alerts() -> int:
    """Send what is due; return how many mails left. What could not leave is tried again the day after."""
    library = PracticeIndexPage.objects.live().public().first()
    outcomes: list[bool] = []
    for alert in Alert.objects.due().order_by("pk") if library else []:
        if (left := _tell(alert, library)) is not None:
            outcomes.append(left)
        if outcomes[-FAILURES:] == [False] * FAILURES:
            break
    return sum(outcomes)


def news(filters: Filters, since: datetime.datetime, until: datetime.datetime) -> News:
    """What became public, or was published again, after *since* and up to *until*."""
    matching = filters.listing.matching()
    new = matching.filter(first_published_at__gt=since, first_published_at__lte=until)
    updated = matching.filter(
        first_published_at__lte=since, last_published_at__gt=since, last_published_at__lte=until
    )
    return News(
        [Entry.of(sheet) for sheet in new.order_by("-first_published_at", "-pk")[:LISTED]],
        [Entry.of(sheet) for sheet in updated.order_by("-last_published_at", "-pk")[:LISTED]],
        new.count(),
    )


def _tell(alert: Alert, library: PracticeIndexPage) -> bool | None:
    """Whether the mail left; ``None`` when there was none to send, or another run has it."""
    filters, until = Filters.of(library, alert.query), timezone.now() - STILL_COMING_IN
    since = alert.told_until or until
    if filters.is_void:
        return _end(alert, filters)
    found = news(filters, since, until)
    if not found.new:
        Alert.objects.filter(pk=alert.pk).update(looked_at=timezone.now())
        return None
    if not _take(alert):
        return None
    if not deliver(letter("news", alert, filters, news=found, since=since)):
        return _put_back(alert)
    Alert.objects.filter(pk=alert.pk).update(told_until=until, looked_at=None)
    return True


def _take(alert: Alert) -> bool:
    """Whether this run is the one that sends: the row still says what was read."""
    unchanged = Alert.objects.may_be_sent().filter(pk=alert.pk, sent_at=alert.sent_at)
    if alert.sent_at is None:
        unchanged = Alert.objects.may_be_sent().filter(pk=alert.pk, sent_at__isnull=True)
    return bool(unchanged.update(sent_at=timezone.now()))


def _end(alert: Alert, filters: Filters) -> bool | None:
    """Of what was asked for nothing exists any more: say so, and forget the address."""
    if not _take(alert):
        return None
    if not deliver(letter("ended", alert, filters)):
        return _put_back(alert)
    alert.delete()
    return True


def _put_back(alert: Alert) -> bool:
    """The mail could not leave: as if nothing had been tried, until tomorrow."""
    Alert.objects.filter(pk=alert.pk).update(sent_at=alert.sent_at, looked_at=timezone.now())
    return False
