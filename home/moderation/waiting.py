"""The texts that wait at a step of their review, and whom each waits for.

Lists of a screen or a mail: their cost doesn't grow with the number of texts, which asking each task for each page
would make it do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from wagtail.models import Page, Task, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from home.moderation.claims import Claim
from home.moderation.models import ReviewTask, TerritoryReviewTask, is_own_revision
from home.moderation.scope import draft_territory_id
from home.people.accounts import User


@dataclass(frozen=True)
class WaitingText:
    """A page at a step of its review. ``territory_id`` is the one that its newest version names."""

    page: Page
    task_state: TaskState
    task: ReviewTask
    territory_id: int | None

    @property
    def claim(self) -> Claim | None:
        return getattr(self.task_state, "claim", None)

    @property
    def submitter(self) -> User | None:
        """Who asked for the review."""
        person: User | None = self.page.current_workflow_state.requested_by
        return person


def current_states() -> Prefetch[Any]:
    """The active review of pages, with all that lists say of it; for ``prefetch_related``."""
    step = "current_task_state"
    states = WorkflowState.objects.active().select_related(
        "requested_by",
        f"{step}__task",
        f"{step}__revision",
        f"{step}__claim__person",
        f"{step}__decision__person",
    )
    # The name under which ``Page.current_workflow_state`` looks for it.
    return Prefetch(
        "_workflow_states",
        queryset=states.defer(f"{step}__revision__content"),
        to_attr="_current_workflow_states",
    )


def texts_under_review() -> list[WaitingText]:
    """Every text that waits at one of our steps, the one that has waited longest first."""
    in_progress = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    ids = {int(pk) for pk in in_progress.values_list("object_id", flat=True)}
    pages = (
        Page.objects.filter(pk__in=ids).select_related("latest_revision").prefetch_related(current_states())
    )
    found = [(page, page.current_workflow_state) for page in pages]
    states = [(page, state.current_task_state) for page, state in found if state and state.current_task_state]
    tasks = {
        task.pk: task
        for task in Task.objects.filter(pk__in={step.task_id for _page, step in states}).specific()
    }
    texts = [
        WaitingText(page, step, tasks[step.task_id], draft_territory_id(page))
        for page, step in states
        if isinstance(tasks[step.task_id], ReviewTask)
    ]
    return sorted(texts, key=lambda text: (text.task_state.started_at, text.task_state.pk))


def asked_of(user: User, texts: list[WaitingText]) -> list[WaitingText]:
    """Those of *texts* whose step *user* may decide on, own texts included (``ReviewTask.is_reviewer``, for a list)."""
    territories = set(user.referent_territories.values_list("pk", flat=True))
    return [text for text in texts if _is_asked(user, text, territories)]


def _is_asked(user: User, text: WaitingText, territories: set[int]) -> bool:
    if not isinstance(text.task, TerritoryReviewTask):
        return text.task.is_reviewer(text.page, user)
    if text.territory_id in territories:
        return True
    return bool(page_permission_policy.user_has_permission_for_instance(user, "publish", text.page))


def is_own(user: User, text: WaitingText) -> bool:
    """Whether *user* had a hand in *text*."""
    return is_own_revision(text.page, user)
