"""Pages in every state of the workflow, so that every screen of moderation has something to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from blog.models import BlogIndexPage
from home.models import Decision, User
from home.moderation.verdicts import Verdict, decide, questions_for
from practices.models import PracticeIndexPage, PracticePage
from site_ocu.demo.accounts import account
from site_ocu.demo.pages import build_post, build_sheet
from site_ocu.demo.texts import Entry, read


def seed_reviews() -> None:
    """Create the pages of ``content/reviews.toml`` that are missing, and bring each into its state."""
    content = read("reviews")
    for entry in content["posts"]:
        _seed(BlogIndexPage.objects.get(), entry, build_post)
    for entry in content["sheets"]:
        _seed(PracticeIndexPage.objects.get(), entry, _sheet)


def _seed(parent: Page, entry: Entry, build: Callable[[Entry], Page]) -> None:
    if parent.get_children().filter(slug=entry["slug"]).exists():
        return
    page, owner = build(entry), account(entry["owner"])
    page.live, page.owner = False, owner
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision(user=owner, clean=False)  # a sheet just begun lacks what is asked for on submission
    for step in STATES[entry["state_of_review"]]:
        step(page, owner, entry)


def _sheet(entry: Entry) -> PracticePage:
    """A whole sheet, or one that was just begun: a title and nothing else that is asked for."""
    if entry.get("begun"):
        return PracticePage(title=entry["title"], slug=entry["slug"], introduction=entry["introduction"])
    return build_sheet(entry)


def _submit(page: Page, owner: User, entry: Entry) -> None:
    page.get_workflow().start(page, owner)


def _approve(page: Page, owner: User, entry: Entry) -> None:
    _decide(page, "approve", entry, "moderatrice")


def _reject(page: Page, owner: User, entry: Entry) -> None:
    _decide(page, "reject", entry, "moderatrice")


def _change(page: Page, owner: User, entry: Entry) -> None:
    """The author comes back to a public text."""
    fresh: Any = Page.objects.get(pk=page.pk).specific
    fresh.introduction = entry["changed_introduction"]
    fresh.save_revision(user=owner)


def _unpublish(page: Page, owner: User, entry: Entry) -> None:
    Page.objects.get(pk=page.pk).specific.unpublish(user=account("admin"))


def _decide(page: Page, action: str, entry: Entry, reviewer: str) -> None:
    fresh: Any = Page.objects.get(pk=page.pk).specific
    state = fresh.current_workflow_task_state
    verdict = Verdict(
        kind=Decision.Kind(action),
        revision_id=fresh.latest_revision_id,
        comment=entry.get("comment", ""),
        reason=Decision.Reason.PRECISE if action == Decision.Kind.REJECT else "",
        answers=frozenset(question.pk for question in questions_for(fresh, state.task.specific)),
    )
    decide(state, account(reviewer), verdict)


STATES: dict[str, list[Callable[[Page, User, Entry], None]]] = {
    "draft": [],
    "in_review": [_submit],
    "rejected": [_submit, _reject],
    "published": [_submit, _approve],
    "changed": [_submit, _approve, _change],
    "changed_in_review": [_submit, _approve, _change, _submit],
    "unpublished": [_submit, _approve, _unpublish],
}
