"""Which fields of a text differ between two versions, in the words of its form."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page, Revision, TaskState

from home.people.accounts import User


def changed_labels(page: Page, before: Revision, reader: User) -> list[str]:
    """Labels of the fields of *page* that changed since *before*, in the order of the form that *reader* would see."""
    request = HttpRequest()
    request.user = reader  # the form shows each person the fields that their role has
    older, newer = before.as_object(), page.get_latest_revision_as_object()
    panel = page.get_edit_handler().get_bound_panel(instance=newer, request=request, form=None)
    differences = [compare(older, newer) for compare in panel.get_comparison()]
    labels = [str(difference.field_label()) for difference in differences if difference.has_changed()]
    return list(dict.fromkeys(labels))


def last_reviewed(page: Page, step: TaskState) -> Revision | None:
    """The version that was decided last at the same step, or published since; ``None`` when *page* is new to it."""
    earlier = TaskState.objects.for_instance(page).filter(task=step.task_id).exclude(pk=step.pk)
    done = earlier.filter(status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED])
    last = done.select_related("revision", "decision__revision").order_by("-finished_at").first()
    decided = (last.decision.revision if hasattr(last, "decision") else last.revision) if last else None
    known = [revision for revision in (decided, page.live_revision) if revision]
    return max(known, key=lambda revision: revision.pk, default=None)
