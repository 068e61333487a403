"""The review screen's address, and the word of warning above a text that can't be approved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from home.moderation.models import ReviewTask, refusal
from home.moderation.review import ReviewView


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [path("relecture/<int:page_id>/", ReviewView.as_view(), name="review")]


@hooks.register("before_edit_page")
def say_why_it_cannot_be_approved(request: HttpRequest, page: Page) -> None:
    """The button is absent then; a reviewer would wonder why."""
    task = page.current_workflow_task
    if request.method == "GET" and isinstance(task, ReviewTask) and task.is_reviewer(page, request.user):
        if reason := refusal(page, request.user):
            messages.warning(request, reason)
