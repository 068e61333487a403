"""How a step of a review is decided: the only way, whoever asks and from wherever.

Wagtail's own buttons and addresses end in ``ReviewTask.on_action`` without a ``Decision``, and are refused there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from home.moderation.decisions import Decision
from home.moderation.models import ReviewTask, refusal
from home.moderation.preferences import ModerationSettings, ReviewQuestion
from home.people.accounts import User


class DecisionRefusedError(Exception):
    """A decision that can't be taken as it stands; the message is for the person, in French."""


@dataclass(frozen=True)
class Verdict:
    """What a reviewer says of the version they have read. ``answers`` are primary keys of the ticked questions."""

    kind: Decision.Kind
    revision_id: int | None
    comment: str = ""
    reason: str = ""
    answers: frozenset[int] = frozenset()
    accepts_changes: bool = False


def questions_for(page: Page, task: ReviewTask) -> list[ReviewQuestion]:
    """What *task* asks before *page* is approved, in the order of the settings."""
    if not task.asks_questions:
        return []
    asked = ReviewQuestion.objects.filter(settings=ModerationSettings.of(page))
    return list(asked.filter(asked_of__in=["", page.specific_class._meta.label_lower]))


def submitted_revision(task_state: TaskState) -> Revision:
    """The version with which this round of review began: the first step's, or the first after a rejection."""
    revision: Revision = task_state.revision
    earlier = task_state.workflow_state.task_states.exclude(pk=task_state.pk)
    for state in earlier.select_related("revision").order_by("-started_at", "-pk"):
        if state.status == TaskState.STATUS_REJECTED:
            break
        revision = state.revision
    return revision


def has_changed(page: Page, task_state: TaskState) -> bool:
    """Whether *page* was saved again since its review began."""
    return bool(page.latest_revision_id != submitted_revision(task_state).pk)


@transaction.atomic
def decide(task_state: TaskState, person: User, verdict: Verdict) -> Decision:
    """Decide on *task_state*; approving the last step publishes the version that was read, and no other.

    Raise ``DecisionRefusedError`` when somebody was faster, the text changed meanwhile, or something is missing;
    ``PermissionDenied`` when the step isn't asked of *person*.
    """
    # The page's row is what a save, a publication or another decision changes too: they wait for each other here.
    page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id).specific
    state = TaskState.objects.select_related("workflow_state", "task").get(pk=task_state.pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise DecisionRefusedError(
            gettext("Quelqu’un d’autre vient de décider : ce texte n’attend plus cette étape.")
        )
    task, changed = state.task.specific, has_changed(page, state)
    if verdict.kind == Decision.Kind.APPROVE and (reason := _reason_to_wait(page, state, person, verdict)):
        raise DecisionRefusedError(reason)
    decision = Decision.objects.create(
        task_state=state,
        kind=verdict.kind,
        person=person,
        revision=page.get_latest_revision(),
        changed_since=changed,
        reason=verdict.reason,
        comment=verdict.comment,
        answers=[question.text for question in questions_for(page, task) if question.pk in verdict.answers],
    )
    if decision.answers or decision.reason or changed:
        data = {"answers": decision.answers, "reason": decision.reason, "changed": changed}
        log(instance=page, action="home.decision", user=person, revision=decision.revision, data=data)
    task.on_action(state, person, verdict.kind, comment=verdict.comment, decision=decision)
    return decision


def _reason_to_wait(page: Page, state: TaskState, person: User, verdict: Verdict) -> str:
    """Why this approval can't be taken; empty when it can."""
    if verdict.revision_id != page.latest_revision_id:
        return gettext(
            "Le texte a changé depuis que vous l’avez ouvert. Le voici tel qu’il est maintenant : relisez-le."
        )
    if has_changed(page, state) and not verdict.accepts_changes:
        return gettext(
            "Le texte a changé depuis qu’il a été soumis : regardez ce qui a changé, et dites que vous l’approuvez."
        )
    unanswered = [
        question.text
        for question in questions_for(page, state.task.specific)
        if question.pk not in verdict.answers
    ]
    if unanswered:
        return gettext("Avant d’approuver, il reste à vérifier : %(questions)s") % {
            "questions": " · ".join(unanswered)
        }
    return refusal(page, person)
