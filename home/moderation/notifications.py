"""Mails about a review: to the right people once, in French, with the comment and a direct link.

Wagtail's own notifiers are switched off: they forget the approver's comment, and write to superusers twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from home.delivery.mails import admin_url, send
from home.moderation.models import is_own_revision
from home.people.accounts import User


def connect() -> None:
    """Take the place of Wagtail's notifiers. Called once, when the apps are ready.

    Under their own identifiers: a receiver that Wagtail connects later under the same one is ignored, and one it
    has connected before is removed here.
    """
    for signal, sender, identifier, receiver in [
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification", tell_reviewers),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", tell_nobody),
        (
            workflow_rejected,
            WorkflowState,
            "workflow_state_rejected_email_notification",
            tell_author_of_rejection,
        ),
        (
            workflow_approved,
            WorkflowState,
            "workflow_state_approved_email_notification",
            tell_author_of_approval,
        ),
    ]:
        signal.disconnect(sender=sender, dispatch_uid=identifier)
        signal.connect(receiver, sender=sender, dispatch_uid=identifier)


def tell_nobody(**kwargs: Any) -> None:
    """A submission is told step by step, to the people of the step."""


def tell_reviewers(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    """Tell those who are asked to review, except the people whose own text it is."""
    page, submitter = instance.workflow_state.content_object, instance.workflow_state.requested_by
    reviewers = [
        person for person in instance.task.specific.reviewers(page) if not is_own_revision(page, person)
    ]
    _mail(
        reviewers,
        "submitted",
        {
            "page": page,
            "task": instance.task,
            "sender": submitter,
            "review_url": admin_url("review", page.pk),
        },
    )


def tell_author_of_rejection(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the person who submitted that changes are asked for, and which."""
    _tell_author(instance, "rejected", user)


def tell_author_of_approval(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the person who submitted that the text is public, with the reviewer's word."""
    _tell_author(instance, "approved", user)


def _tell_author(state: WorkflowState, event: str, user: User | None) -> None:
    author = state.requested_by
    if author and author.is_active and author != user:
        comment = state.current_task_state.comment if state.current_task_state else ""
        _mail([author], event, {"page": state.content_object, "comment": comment, "sender": user})


def _mail(recipients: Iterable[User], event: str, context: dict[str, Any]) -> None:
    """Send « moderation/mails/<event> » about a page, with its addresses."""
    page = context["page"].specific
    context |= {
        "page": page.get_latest_revision_as_object(),
        "edit_url": admin_url("wagtailadmin_pages:edit", page.pk),
        "public_url": page.full_url or "",
    }
    send(f"moderation/mails/{event}", recipients, context)
