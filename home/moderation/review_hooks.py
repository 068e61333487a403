"""The review screen's address, and the word of warning above a text that can't be approved."""

from __future__ import annotations

from django.contrib import messages
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from home.moderation.models import ReviewTask, refusal
from home.moderation.review import ReviewedTextView, ReviewView
from home.people.accounts import SignedInRequest


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [
        path("relecture/<int:page_id>/", ReviewView.as_view(), name="review"),
        path("relecture/<int:page_id>/texte/", ReviewedTextView.as_view(), name="reviewed_text"),
    ]


@hooks.register("before_edit_page")
def say_why_it_cannot_be_approved(request: SignedInRequest, page: Page) -> None:
    """The button is absent then; a reviewer would wonder why."""
    task = page.current_workflow_task
    is_reviewing = isinstance(task, ReviewTask) and task.is_reviewer(page, request.user)
    if request.method == "GET" and is_reviewing and (reason := refusal(page, request.user)):
        messages.warning(request, reason)
