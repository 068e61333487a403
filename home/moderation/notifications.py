"""Mails about a review: to the right people once, in French, with the comment and a direct link.

Wagtail's own notifiers are switched off: they forget the approver's comment, and write to superusers twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from home.moderation.models import EditorialReviewTask
from home.moderation.scope import territory_referents
from home.people.accounts import User

logger = logging.getLogger(__name__)

STOCK_NOTIFIERS = [
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
]


def connect() -> None:
    """Replace Wagtail's notifiers by ours. Called once, when the apps are ready."""
    for signal, sender, uid in STOCK_NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
    task_submitted.connect(tell_reviewers, sender=TaskState, dispatch_uid="home.tell_reviewers")
    workflow_rejected.connect(tell_author_of_rejection, sender=WorkflowState, dispatch_uid="home.tell_rejection")
    workflow_approved.connect(tell_author_of_approval, sender=WorkflowState, dispatch_uid="home.tell_approval")


def tell_reviewers(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    """Tell those who are asked to review, except the person who submits."""
    page = instance.workflow_state.content_object
    reviewers = reviewers_of(instance).exclude(pk=user.pk if user else None)
    _mail(reviewers, "submitted", {"page": page, "task": instance.task, "sender": user})


def tell_author_of_rejection(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the person who submitted that changes are asked for, and which."""
    _tell_author(instance, "rejected", user)


def tell_author_of_approval(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Tell the person who submitted that the text is public, with the reviewer's word."""
    _tell_author(instance, "approved", user)


def reviewers_of(task_state: TaskState) -> Any:
    """The active people whom *task_state* waits for, each once."""
    task = task_state.task.specific
    if isinstance(task, EditorialReviewTask):
        return User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct()
    return territory_referents(task_state.workflow_state.content_object)


def _tell_author(state: WorkflowState, event: str, user: User | None) -> None:
    author = state.requested_by
    if author and author.is_active and author != user:
        comment = state.current_task_state.comment if state.current_task_state else ""
        _mail([author], event, {"page": state.content_object, "comment": comment, "sender": user})


def _mail(recipients: Iterable[User], event: str, context: dict[str, Any]) -> None:
    """Send « moderation/mails/<event> » to each recipient once the transaction is safe."""
    page = context["page"].specific
    edit_path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context |= {
        "page": page.get_latest_revision_as_object(),
        "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit_path}",
        "public_url": page.full_url or "",
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    for recipient in recipients:
        full = {**context, "recipient": recipient}
        subject = " ".join(render_to_string(f"moderation/mails/{event}_subject.txt", full).split())
        body = render_to_string(f"moderation/mails/{event}.txt", full)
        transaction.on_commit(lambda to=recipient.email, subject=subject, body=body: _deliver(to, subject, body))


def _deliver(address: str, subject: str, body: str) -> None:
    """Send one mail. A mail server that is down must not undo a decision: the failure goes to the log."""
    try:
        send_mail(subject, body, None, [address])
    except OSError:
        logger.exception("A moderation mail could not be sent")
