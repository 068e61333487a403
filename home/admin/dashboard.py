"""The first screen: what to write, what waits to be read, what became of one's own texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel
from wagtail.models import Page, TaskState, WorkflowState

from home.moderation.permissions import is_editor
from home.moderation.roles import BLOG, LIBRARY
from home.people.accounts import User

SHOWN = 20


@dataclass(frozen=True)
class WritingLink:
    label: str
    description: str
    url: str


def writing_links(user: User) -> list[WritingLink]:
    """What *user* may begin to write: one link for each type of page allowed in the blog and in the library."""
    links = []
    for index in [page for label in (BLOG, LIBRARY) for page in apps.get_model(label).objects.all()]:
        if not index.permissions_for_user(user).can_add_subpage():
            continue
        for model in index.creatable_subpage_models():
            url = reverse(
                "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, index.pk]
            )
            links.append(WritingLink(str(model.writing_label), str(model.get_page_description()), url))
    return links


@dataclass(frozen=True)
class OwnText:
    page: Page
    state: str
    tone: str
    comment: str = ""


def own_texts(user: User) -> list[OwnText]:
    """The newest texts that *user* began or submitted, each with what it waits for."""
    submitted = WorkflowState.objects.active().filter(requested_by=user).values_list("object_id", flat=True)
    pages = Page.objects.filter(Q(owner=user) | Q(pk__in=[int(pk) for pk in submitted]))
    newest = pages.order_by("-latest_revision_created_at", "-pk").prefetch_workflow_states()
    return [_described(page) for page in newest[:SHOWN]]


def _described(page: Page) -> OwnText:
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return OwnText(page, gettext("Changements demandés"), "critical", state.current_task_state.comment)
    if state:
        step = state.current_task_state.task.name
        return OwnText(page, gettext("En attente : %(step)s") % {"step": step}, "info")
    if page.live and page.has_unpublished_changes:
        return OwnText(page, gettext("Publié ; des modifications ne sont pas encore soumises"), "warning")
    if page.live:
        return OwnText(page, gettext("Publié"), "positive")
    return OwnText(page, gettext("Brouillon"), "warning")


class RequestPanel(Component):
    """A panel that knows for whom it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def user(self) -> Any:
        return self.request.user


class WritePanel(RequestPanel):
    name = "write"
    template_name = "admin/panels/write.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"links": writing_links(self.user)}


class ToReviewPanel(RequestPanel):
    """Texts that wait for this person, the oldest first."""

    name = "to_review"
    template_name = "admin/panels/to_review.html"
    order = 110

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        waiting = TaskState.objects.reviewable_by(self.user).select_related(
            "workflow_state__requested_by", "task"
        )
        waiting = waiting.order_by("started_at").prefetch_related("workflow_state__content_object")
        return {"waiting": [state for state in waiting if state.workflow_state.content_object]}


class OwnTextsPanel(RequestPanel):
    name = "own_texts"
    template_name = "admin/panels/own_texts.html"
    order = 120

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"texts": own_texts(self.user)}


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Ours first; of Wagtail's, those that say something else, for people who look after everybody's texts."""
    kept = [panel for panel in panels if isinstance(panel, (RecentEditsPanel, LockedPagesPanel))]
    ours = [WritePanel(request), ToReviewPanel(request), OwnTextsPanel(request)]
    panels[:] = [*ours, *(kept if is_editor(request.user) else [])]
