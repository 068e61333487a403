"""Mails about a review: to the right people once, in French, with the comment and a direct link.

Wagtail's own notifiers are switched off: they forget the approver's comment, and write to superusers twice. What
happens outside a review is told by ``home.moderation.outcomes``.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from home.delivery.mails import admin_url
from home.moderation.changed_fields import changed_labels, last_reviewed
from home.moderation.correspondents import authors, tell
from home.moderation.models import is_own_revision
from home.people.accounts import User

Told = dict[str, Any]


def connect() -> None:
    """Take the place of Wagtail's notifiers. Called once, when the apps are ready.

    Under their own identifiers: a receiver that Wagtail connects later under the same one is ignored, and one it
    has connected before is removed here.
    """
    prefix = "workflow_state_{}_email_notification"
    for signal, sender, identifier, receiver in [
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification", tell_of_step),
        (workflow_submitted, WorkflowState, prefix.format("submitted"), tell_nobody),
        (workflow_rejected, WorkflowState, prefix.format("rejected"), tell_of_rejection),
        (workflow_approved, WorkflowState, prefix.format("approved"), tell_of_approval),
        (workflow_cancelled, WorkflowState, "home.workflow_cancelled", tell_of_cancellation),
    ]:
        signal.disconnect(sender=sender, dispatch_uid=identifier)
        signal.connect(receiver, sender=sender, dispatch_uid=identifier)


def tell_nobody(**kwargs: Any) -> None:
    """A submission is told step by step, to the people of the step."""


def tell_of_step(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    """Tell those who are asked to review; and the authors, when the text has passed one step and is at the next."""
    page, passed = instance.workflow_state.content_object.specific, _step_just_passed(instance)
    _tell_reviewers(page, instance, user, passed)
    if passed:
        told = authors(page, actor=user)
        tell(
            told,
            "step_passed",
            page,
            sender=user,
            passed=passed.task,
            task=instance.task,
            **_decision(passed),
        )


def _tell_reviewers(page: Page, step: TaskState, user: User | None, passed: TaskState | None) -> None:
    people = [
        person
        for person in step.task.specific.reviewers(page)
        if person != user and not is_own_revision(page, person)
    ]
    if not people:
        return
    before = last_reviewed(page, step)
    context: Told = {
        "task": step.task,
        "sender": step.workflow_state.requested_by,
        "is_new": before is None,
        "changed": changed_labels(page, before, people[0]) if before else [],
        "passed": passed.task if passed else None,
        "review_url": admin_url("review", page.pk),
        "why": gettext("vous relisez à l’étape « %(step)s ».") % {"step": step.task.name},
        **(_decision(passed) if passed else {}),
    }
    tell(people, "submitted", page, **context)


def _step_just_passed(step: TaskState) -> TaskState | None:
    """The step that was approved just before *step*; ``None`` at the first one, and when the text comes back to it."""
    earlier = step.workflow_state.task_states.exclude(pk=step.pk).select_related("task", "decision")
    last = earlier.order_by("-started_at", "-pk").first()
    return last if last and last.status == TaskState.STATUS_APPROVED else None


def tell_of_rejection(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the authors that changes are asked for, and which."""
    _tell_authors(instance, "rejected", user)


def tell_of_approval(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the authors that the text is public, or when it will be, with the reviewer's word."""
    page = instance.content_object
    planned = page.scheduled_revision
    _tell_authors(instance, "approved", user, planned_for=planned.approved_go_live_at if planned else None)


def tell_of_cancellation(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the authors that a review ends without an answer; a publication that ends one is told as such."""
    page, step = Page.objects.get(pk=instance.object_id), instance.current_task_state
    sent_back = bool(step and step.status == TaskState.STATUS_REJECTED)  # nothing was waited for any more
    if not sent_back and not _ended_by_publication(page, instance):
        tell(authors(page, actor=user), "cancelled", page, sender=user)


def _ended_by_publication(page: Page, state: WorkflowState) -> bool:
    """Whether *page* was published, or its publication planned, since this review began: that cancels a review."""
    if page.scheduled_revision and not page.live:
        return True
    return bool(page.live and page.last_published_at and page.last_published_at >= state.created_at)


def _tell_authors(state: WorkflowState, event: str, user: User | None, **context: Any) -> None:
    page, step = state.content_object.specific, state.current_task_state
    outcome = _decision(step) if step else {}
    tell(authors(page, actor=user), event, page, sender=user, task=step and step.task, **outcome, **context)


def _decision(step: TaskState) -> Told:
    """What was said with the decision on *step*: steps decided before decisions were kept have a comment only."""
    decision = getattr(step, "decision", None)
    if decision is None:
        return {"comment": step.comment, "reason": ""}
    return {"comment": decision.comment, "reason": decision.get_reason_display() if decision.reason else ""}
