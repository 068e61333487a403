"""The review screen's addresses, the way to it from the editor, and the word of warning there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.models import Page

from home.moderation.models import ReviewTask, refusal
from home.moderation.review import ReviewedTextView, ReviewView
from home.moderation.review_changes import ReviewedChangesView
from home.people.accounts import SignedInRequest, User


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [
        path("relecture/<int:page_id>/", ReviewView.as_view(), name="review"),
        path("relecture/<int:page_id>/texte/", ReviewedTextView.as_view(), name="reviewed_text"),
        re_path(
            r"^relecture/(?P<page_id>\d+)/changements/(?P<since>soumis|publie)/$",
            ReviewedChangesView.as_view(),
            name="reviewed_changes",
        ),
    ]


def is_reviewing(page: Page | None, user: User) -> bool:
    """Whether *page* waits at a step that is asked of *user*."""
    task = page.current_workflow_task if page else None
    return isinstance(task, ReviewTask) and task.is_reviewer(page, user)


class ReviewMenuItem(ActionMenuItem):
    """A link, because deciding is for the review screen: there stand the text, what changed and the questions."""

    name = "review"
    label = _("Relire et décider")
    icon_name = "glasses"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and is_reviewing(context.get("page"), context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("review", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def review_in_action_menu() -> ReviewMenuItem:
    return ReviewMenuItem(order=5)


@hooks.register("construct_page_action_menu")
def decide_nowhere_else(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's buttons know of no checklist; their addresses are refused by ``ReviewTask.on_action``."""
    items[:] = [item for item in items if not isinstance(item, WorkflowMenuItem)]


@hooks.register("before_edit_page")
def say_why_it_cannot_be_approved(request: SignedInRequest, page: Page) -> None:
    """A reviewer who may not approve would wonder why."""
    if request.method != "GET" or not is_reviewing(page, request.user):
        return
    if reason := refusal(page, request.user):
        messages.warning(request, reason)
