"""The reminder of the day: one mail a person, about what has waited too long for them; nothing when nothing has.

A text is recalled to somebody again when the delay of the settings has passed anew. What was recalled is kept in the
``Digest`` of the day, whose row is written in one transaction with the mail that waits to be sent: two runs at once
can't both write it, and a run that is killed has left both or neither.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.permissions import page_permission_policy

from home.delivery.mails import admin_url, send
from home.moderation.claiming import is_stale
from home.moderation.claims import Digest
from home.moderation.delays import reminder_delay, since_words
from home.moderation.models import TerritoryReviewTask, small_team_allows
from home.moderation.permissions import EDITORS_ALONE
from home.moderation.queue import QueueItem, waiting_for
from home.moderation.waiting import WaitingText, is_own, texts_under_review
from home.people.accounts import User

MORNING = 7  # o’clock, local time
SOON = datetime.timedelta(days=1)  # a limit is recalled before it is missed, and again afterwards


@dataclass(frozen=True)
class Reminder:
    """One line of the mail. ``key`` is the same as long as it is about the same thing."""

    key: str
    title: str
    facts: str
    url: str
    late: bool = False


def send_digests() -> int:
    """Write the digests of today that are due and were not written; return how many were."""
    if timezone.localtime().hour < MORNING:
        return 0
    today, delay = timezone.localdate(), reminder_delay()
    done = set(Digest.objects.filter(day=today).values_list("person_id", flat=True))
    texts = [text for text in texts_under_review() if _is_late(text, delay)]
    editors = set(page_permission_policy.users_with_permission(EDITORS_ALONE, include_superusers=False))
    asked = {text.task_state.pk: _asked(text, editors) for text in texts}
    people = {person for person in editors.union(*asked.values()) if person.pk not in done}
    sent = 0
    for person in sorted(people, key=lambda one: one.pk):
        mine = [
            text for text in texts if person in asked[text.task_state.pk] and _is_free(text, person, delay)
        ]
        queue = waiting_for(person) if person in editors else []
        reminders = [*map(_of_text, mine), *_of_queue(queue, delay)]
        sent += _send(person, sorted(reminders, key=lambda one: not one.late), today, delay)
    return sent


def _asked(text: WaitingText, editors: set[User]) -> set[User]:
    """Whom the step of *text* is asked of; where nobody is left who could answer, the editors who may."""
    people = set(_reviewers(text))
    others = {person for person in people if not is_own(person, text)}
    if others:
        return others
    others = {
        person for person in editors if text.task.is_reviewer(text.page, person) and not is_own(person, text)
    }
    return others or (people if small_team_allows(text.page) else set())


def _reviewers(text: WaitingText) -> Iterable[User]:
    if isinstance(text.task, TerritoryReviewTask):
        return User.objects.filter(is_active=True, referent_territories=text.territory_id)
    return text.task.reviewers(text.page)


def _is_late(text: WaitingText, delay: datetime.timedelta) -> bool:
    return timezone.now() - text.task_state.started_at >= delay


def _is_free(text: WaitingText, person: User, delay: datetime.timedelta) -> bool:
    """Whether nobody else takes care of *text*; whoever took it long ago is not counted on."""
    claim = text.claim
    return claim is None or claim.person_id == person.pk or is_stale(claim, delay)


def _of_text(text: WaitingText) -> Reminder:
    facts = [text.page.page_type_display_name, text.task.name, since_words(text.task_state.started_at)]
    if text.submitter:
        facts.append(gettext("soumis par %(name)s") % {"name": text.submitter})
    url = admin_url("review", text.page.pk)
    return Reminder(f"step {text.task_state.pk}", text.page.draft_title, ", ".join(map(str, facts)), url)


def _of_queue(items: list[QueueItem], delay: datetime.timedelta) -> list[Reminder]:
    now = timezone.now()
    return [
        _of_item(item, late=bool(item.due and item.due <= now))
        for item in items
        if now - item.since >= delay or (item.due and item.due - now <= SOON)
    ]


def _of_item(item: QueueItem, *, late: bool) -> Reminder:
    facts = [str(item.kind), since_words(item.since)]
    if item.due:
        facts.append(
            gettext("à faire avant le %(date)s") % {"date": f"{timezone.localtime(item.due):%d/%m à %H:%M}"}
        )
    site = admin_url("wagtailadmin_home").removesuffix("/admin/")
    url = item.url if item.url.startswith("http") else f"{site}{item.url}"
    return Reminder(f"{item.kind} {item.url} {'late' * late}", item.title, ", ".join(facts), url, late)


def _send(person: User, reminders: list[Reminder], today: datetime.date, delay: datetime.timedelta) -> bool:
    """Send *person* what they were not reminded of lately; ``False`` when there is nothing new."""
    new = _not_sent_lately(person, reminders, today, delay)
    if not new:
        return False
    keys, home = [reminder.key for reminder in new], admin_url("wagtailadmin_home")
    with transaction.atomic():
        _digest, is_first = Digest.objects.get_or_create(person=person, day=today, defaults={"about": keys})
        if is_first:
            context = {"reminders": new, "count": len(new), "home_url": home}
            send("moderation/mails/digest", [person], context)
    return is_first


def _not_sent_lately(
    person: User, reminders: list[Reminder], today: datetime.date, delay: datetime.timedelta
) -> list[Reminder]:
    lately = Digest.objects.filter(person=person, day__gt=today - delay, day__lt=today)
    known = {key for about in lately.values_list("about", flat=True) for key in about}
    return [reminder for reminder in reminders if reminder.key not in known]
