"""Mails about a review: to the right people once, in French, with the comment and a direct link.

Wagtail's own notifiers are switched off: they forget the approver's comment, and write to superusers twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from home.moderation.models import is_own_revision
from home.people.accounts import User

logger = logging.getLogger(__name__)


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
    review_url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('review', args=[page.pk])}"
    _mail(
        reviewers,
        "submitted",
        {"page": page, "task": instance.task, "sender": submitter, "review_url": review_url},
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
        # One line: a line break in a title would make a header of its own.
        subject = " ".join(
            render_to_string(f"moderation/mails/{event}_subject.txt", full).strip().splitlines()
        )
        body = render_to_string(f"moderation/mails/{event}.txt", full)
        transaction.on_commit(partial(_deliver, recipient.email, subject, body))


def _deliver(address: str, subject: str, body: str) -> None:
    """Send one mail. A mail server that is down must not undo a decision: the failure goes to the log."""
    try:
        send_mail(subject, body, None, [address])
    except OSError:
        logger.exception("A moderation mail could not be sent")
