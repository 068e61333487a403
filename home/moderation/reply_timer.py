"""The three days of a right of reply: whoever directs the publication hears of the last one, and of a delay.

Each is told once. The row says so before the mail leaves and takes it back when no mail left, so that neither two
runs at once nor a mail server that is down can double or lose one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from home.delivery.mails import admin_url, compose
from home.delivery.sending import deliver
from home.moderation import addressees
from home.moderation.complaints import ContentReport, RightOfReply

Asked = ContentReport | RightOfReply
LAST_DAY = datetime.timedelta(days=1)


def remind_of_replies() -> None:
    """Tell of what becomes due within a day, and of what is overdue. Harmless when run again."""
    for asked in waiting():
        if asked.due_at and timezone.now() >= asked.due_at - LAST_DAY:
            _tell(asked)


def waiting() -> Iterator[Asked]:
    """The replies that nobody has decided, and the demands that nobody has recorded as one."""
    yield from RightOfReply.objects.waiting().filter(overdue_told_at=None)
    yield from ContentReport.objects.waiting().filter(kind=ContentReport.Kind.REPLY, overdue_told_at=None)


def _tell(asked: Asked) -> None:
    marks = _take(asked)
    if marks and not _send(asked):
        type(asked)._default_manager.filter(pk=asked.pk).update(**dict.fromkeys(marks))


@transaction.atomic
def _take(asked: Asked) -> list[str]:
    """Note what is about to be told, and give the fields noted; none when another run has done so."""
    row: Asked | None = type(asked)._default_manager.select_for_update().filter(pk=asked.pk).first()
    if row is None:
        return []
    told = ["overdue_told_at"] if row.is_overdue else ["reminded_at"]
    marks = [name for name in told if getattr(row, name) is None]
    for name in marks:
        setattr(row, name, timezone.now())
    row.save(update_fields=marks)
    return marks


def _send(asked: Asked) -> bool:
    """Whether somebody was told."""
    name = "right_of_reply" if isinstance(asked, RightOfReply) else "content_report"
    context = {"asked": asked, "page": asked.page, "url": admin_url(name, asked.pk)}
    sent = [
        deliver(compose("moderation/mails/reply_due", person, context)) for person in addressees.direction()
    ]
    return any(sent)
