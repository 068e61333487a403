"""What happens when a review ends well (``WAGTAIL_FINISH_WORKFLOW_ACTION``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Wagtail imports this module while it defines its own models
    from wagtail.models import WorkflowState

    from home.people.accounts import User


def publish_reviewed_revision(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the version on which the last step was decided, never one that was saved since.

    Reviewers have no *publish* right: with it they could pass over the review. Approving is enough here,
    hence ``skip_permission_checks``.
    """
    last = workflow_state.current_task_state
    revision = last.decision.revision if hasattr(last, "decision") else last.revision
    revision.publish(user=user, skip_permission_checks=True)
