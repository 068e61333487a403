"""What happens to a text outside its review, told to its authors: published directly, taken down, deleted, corrected.

Read from the history: it is where Wagtail says who did it, whatever the button, bulk action or command. What nobody
signed (demonstration, import, migration) is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from home.moderation.changed_fields import changed_labels
from home.moderation.correspondents import authors, tell
from home.moderation.permissions import is_editor
from home.people.accounts import SignedInRequest

PUBLISHED, PLANNED = "wagtail.publish", "wagtail.publish.schedule"
TOLD_OF_EDIT = "home.told_of_edit"


def connect() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(tell_of_entry, sender=PageLogEntry, dispatch_uid="home.tell_of_entry")


def tell_of_entry(instance: PageLogEntry, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Tell the authors what the history just noted, when it is an outcome."""
    teller = TELLERS.get(instance.action)
    if not created or raw or teller is None:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        teller(page, instance)


def _published(page: Page, entry: PageLogEntry) -> None:
    if entry.user and not _ends_a_review(page, entry):
        planned = entry.revision.approved_go_live_at if entry.action == PLANNED and entry.revision else None
        _tell(page, entry, "published", planned_for=planned, review_ended=_review_ended(page))


def _ends_a_review(page: Page, entry: PageLogEntry) -> bool:
    """Whether *entry* is the publication that an approval brought: ``notifications`` tells that one."""
    state = _last_review(page)
    if state is None or state.status != WorkflowState.STATUS_APPROVED or state.current_task_state is None:
        return False
    since = PageLogEntry.objects.filter(
        page=page.pk, action__in=[PUBLISHED, PLANNED], timestamp__gte=state.current_task_state.finished_at
    )
    return not since.exclude(pk=entry.pk).exists()


def _review_ended(page: Page) -> bool:
    """Whether the publication that was just noted put an end to a review under way."""
    state = _last_review(page)
    step = state.current_task_state if state and state.status == WorkflowState.STATUS_CANCELLED else None
    if step is None or step.status != TaskState.STATUS_CANCELLED:
        return False
    return bool(page.scheduled_revision or page.last_published_at <= step.finished_at)


def _last_review(page: Page) -> WorkflowState | None:
    states = WorkflowState.objects.for_instance(page).select_related("current_task_state")
    found: WorkflowState | None = states.order_by("-created_at", "-pk").first()
    return found


def _when_signed(event: str) -> Callable[[Page, PageLogEntry], None]:
    """Tells *event* when a person did it."""

    def teller(page: Page, entry: PageLogEntry) -> None:
        if entry.user:
            _tell(page, entry, event)

    return teller


def _by_the_clock(event: str) -> Callable[[Page, PageLogEntry], None]:
    """Tells *event*, which a date that somebody had set brought."""
    return lambda page, entry: _tell(page, entry, event)


def _tell(page: Page, entry: PageLogEntry, event: str, **context: Any) -> None:
    tell(authors(page, actor=entry.user), event, page, sender=entry.user, **context)


TELLERS: dict[str, Callable[[Page, PageLogEntry], None]] = {
    PUBLISHED: _published,
    PLANNED: _published,
    "wagtail.publish.scheduled": _by_the_clock("online"),
    "wagtail.schedule.cancel": _when_signed("unscheduled"),
    "wagtail.unpublish": _when_signed("unpublished"),
    "wagtail.unpublish.scheduled": _by_the_clock("expired"),
    "wagtail.delete": _when_signed("deleted"),
}


@hooks.register("after_edit_page")
def tell_of_correction(request: SignedInRequest, page: Page) -> None:
    """Tell the authors, once a review, that somebody who looks after all texts has changed theirs meanwhile."""
    state = page.current_workflow_state
    if state is None or not is_editor(request.user) or _told(page, state):
        return
    people = authors(page, actor=request.user)
    before = page.revisions.exclude(user=request.user).order_by("-created_at", "-pk").first()
    if request.user in authors(page) or not people or before is None:
        return
    if changed := changed_labels(page.specific, before, request.user):
        log(instance=page, action=TOLD_OF_EDIT, user=request.user)
        tell(people, "edited", page, sender=request.user, changed=changed)


def _told(page: Page, state: WorkflowState) -> bool:
    entries = PageLogEntry.objects.filter(page=page.pk, action=TOLD_OF_EDIT, timestamp__gte=state.created_at)
    return bool(entries.exists())


@hooks.register("register_log_actions")
def register_outcome_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        TOLD_OF_EDIT,
        _("Retoucher pendant la relecture"),
        _("A retouché le texte pendant la relecture ; ses auteur·rices sont prévenu·es"),
    )
