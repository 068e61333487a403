"""« Je m’en occupe »: taking a waiting step, giving it back, and taking it over from somebody.

A claim is a word to the others, not a lock: who may decide may decide all the same, and may take over.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Page, TaskState
from wagtail.signals import task_approved, task_cancelled, task_rejected

from home.moderation.claims import Claim
from home.moderation.delays import reminder_delay, since_words
from home.moderation.models import ReviewTask, is_own_revision, small_team_allows
from home.people.accounts import User


class ClaimRefusedError(Exception):
    """The step can't be taken; the message is for the person, in French."""


@dataclass(frozen=True)
class ShownClaim:
    """A claim as *one person* sees it. A stale one is no longer counted on: its text is back in the queue."""

    who: str
    since: str
    mine: bool
    stale: bool


def first_name(person: User | None) -> str:
    """How colleagues are named to writers: a first name, nothing that finds a person elsewhere."""
    return (person.first_name if person else "") or gettext("Quelqu’un")


def is_stale(claim: Claim, delay: datetime.timedelta) -> bool:
    """Whether *claim* is older than *delay*: whoever took the text may have forgotten it."""
    return timezone.now() - claim.since >= delay


def shown(claim: Claim | None, user: User, delay: datetime.timedelta) -> ShownClaim | None:
    """*claim* in the words of a list or a screen for *user*."""
    if claim is None:
        return None
    mine = claim.person_id == user.pk
    return ShownClaim(first_name(claim.person), since_words(claim.since), mine, is_stale(claim, delay))


def may_claim(page: Page, task: Any, user: User) -> bool:
    """Whether *user* could decide on *page* at the step *task*: it is asked of them, and the text is not theirs."""
    if not isinstance(task, ReviewTask) or not task.is_reviewer(page, user):
        return False
    return not is_own_revision(page, user) or small_team_allows(page)


def claim_state(task_state: TaskState, user: User) -> dict[str, Any]:
    """What ``moderation/claim.html`` needs beside ``page``: ``claim`` (a ``ShownClaim`` or none) and ``can_claim``."""
    found = Claim.objects.filter(task_state_id=task_state.pk).select_related("person").first()
    page = task_state.workflow_state.content_object
    return {
        "claim": shown(found, user, reminder_delay()),
        "can_claim": may_claim(page, task_state.task.specific, user),
    }


@transaction.atomic
def take(task_state: TaskState, user: User, *, take_over: bool = False) -> Claim:
    """Note that *user* takes care of *task_state*; the first of two wins.

    ``take_over`` takes it from somebody else, which the history says. Raise ``ClaimRefusedError`` when somebody else
    has it, or when the step is over.
    """
    state = _locked(task_state)
    claim = Claim.objects.select_related("person").filter(task_state=state).first()
    if claim is None:
        return Claim.objects.create(task_state=state, person=user)
    if claim.person_id != user.pk:
        if not take_over and not is_stale(claim, reminder_delay()):
            raise ClaimRefusedError(
                gettext("%(name)s s’en occupe %(since)s. Si c’est resté en plan, vous pouvez le reprendre.")
                % {"name": first_name(claim.person), "since": since_words(claim.since)}
            )
        _note_who_takes_over(state, claim, user)
    claim.person, claim.since = user, timezone.now()
    claim.save(update_fields=["person", "since"])
    return claim


@transaction.atomic
def give_back(task_state: TaskState, user: User) -> bool:
    """Give back what *user* has taken; ``False`` when they had not."""
    deleted, _kinds = Claim.objects.filter(task_state_id=task_state.pk, person=user).delete()
    return bool(deleted)


def _locked(task_state: TaskState) -> TaskState:
    """The row of the step, held until the end of the transaction: two people who press at once wait for each other."""
    state: TaskState = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise ClaimRefusedError(
            gettext("Quelqu’un d’autre vient de décider : ce texte n’attend plus cette étape.")
        )
    return state


def _note_who_takes_over(state: TaskState, claim: Claim, user: User) -> None:
    page = Page.objects.get(pk=state.workflow_state.object_id).specific
    log(instance=page, action="home.claim_taken_over", user=user, data={"from": first_name(claim.person)})


def end_claim(instance: TaskState, **kwargs: Any) -> None:
    """A claim ends with its step."""
    Claim.objects.filter(task_state_id=instance.pk).delete()


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal in (task_approved, task_rejected, task_cancelled):
        signal.connect(end_claim, dispatch_uid="home.end_claim")
