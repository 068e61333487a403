"""Reviewing as a person does: open the screen, tick what it asks, answer."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.models import Decision, User
from home.moderation.verdicts import Verdict, decide, questions_for


def decision_form(client: Client, page: Page) -> dict[str, Any]:
    """What the review screen of *page* would send with every box ticked; empty when it does not open."""
    form = BeautifulSoup(client.get(reverse("review", args=[page.pk])).content, "html.parser").find(
        id="decision"
    )
    if form is None:
        return {}
    boxes = list(form.find_all("input", type="checkbox"))
    return {
        "revision": form.find("input", {"name": "revision"})["value"],
        "questions": [box["value"] for box in boxes if box["name"] == "questions"],
        **{box["name"]: "on" for box in boxes if box["name"] != "questions"},
        "comment": "",
        "reason": "",
    }


def approve(client: Client, page: Page, **changes: Any) -> HttpResponse:
    """Approve *page* on the review screen; *changes* replace what a careful reviewer would send."""
    form = decision_form(client, page) | {"decision": "approve"} | changes
    return client.post(reverse("review", args=[page.pk]), form)


def send_back(client: Client, page: Page, **changes: Any) -> HttpResponse:
    """Ask for changes of *page*, with a reason."""
    form = {"decision": "reject", "reason": "precise", "comment": "Un nom est de trop."} | changes
    return client.post(reverse("review", args=[page.pk]), form)


def decided(page: Page, person: User, kind: str, comment: str = "") -> Decision:
    """Let *person* decide on the current step of *page*, with every question ticked."""
    fresh: Any = Page.objects.get(pk=page.pk).specific
    state: TaskState = fresh.current_workflow_task_state
    questions = questions_for(fresh, state.task.specific)
    verdict = Verdict(
        kind=Decision.Kind(kind),
        revision_id=fresh.latest_revision_id,
        comment=comment,
        reason=Decision.Reason.OTHER if kind == Decision.Kind.REJECT else "",
        answers=frozenset(question.pk for question in questions),
        accepts_changes=True,
    )
    return decide(state, person, verdict)
