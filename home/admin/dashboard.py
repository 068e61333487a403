"""The first screen: what waits for you, what became of your own texts, what to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel

from home.admin.own_texts import own_texts
from home.admin.review_queue import review_queue
from home.moderation.delays import since_words
from home.moderation.permissions import is_editor
from home.moderation.queue import waiting_for
from home.moderation.roles import BLOG, LIBRARY
from home.people.accounts import User


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


class RequestPanel(Component):
    """A panel that knows for whom it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def user(self) -> Any:
        return self.request.user

    class Media:
        css: ClassVar = {"all": ["css/admin-dashboard.css"]}


class WritePanel(RequestPanel):
    name = "write"
    template_name = "admin/panels/write.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"links": writing_links(self.user)}


class ToReviewPanel(RequestPanel):
    """Texts that wait for this person, the oldest first; nothing for who is never asked to review."""

    name = "to_review"
    template_name = "admin/panels/to_review.html"
    order = 110

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        rows = review_queue(self.user)
        is_reviewer = bool(rows) or is_editor(self.user) or self.user.referent_territories.exists()
        return {"rows": rows, "shown": is_reviewer, "csrf_token": get_token(self.request)}


class ToHandlePanel(RequestPanel):
    """What readers, partners and departures leave to the editors: reports, replies, remarks, images, drafts."""

    name = "to_handle"
    template_name = "admin/panels/to_handle.html"
    order = 115

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        rows = [
            {"item": item, "since": since_words(item.since), "overdue": bool(item.due and item.due <= now)}
            for item in waiting_for(self.user)
        ]
        return {"rows": rows}


class OwnTextsPanel(RequestPanel):
    name = "own_texts"
    template_name = "admin/panels/own_texts.html"
    order = 120

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"texts": own_texts(self.user)}


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Ours first; of Wagtail's, those that say something else, for people who look after everybody's texts."""
    write = WritePanel(request)
    ours: list[Component] = [write, ToReviewPanel(request), OwnTextsPanel(request)]
    if is_editor(request.user):
        write.order = OwnTextsPanel.order + 5  # what waits for them comes first
        ours += [
            ToHandlePanel(request),
            *(panel for panel in panels if isinstance(panel, (RecentEditsPanel, LockedPagesPanel))),
        ]
    panels[:] = ours
