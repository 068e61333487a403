"""Several people act on one text at the same moment: one clear outcome, no error, no text lost."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests.browser.clients import Answer, Person, at_once
from tests.browser.conftest import LiveSite

ROUNDS = 4

STAGE = """
import json
from blog.models import BlogPostPage
from home.models import User
from practices.models import TerritoryPage
from tests import factories
from tests.editor import post_form
writer = User.objects.get(email="volontaire@demo.invalid")
territory = TerritoryPage.objects.get(slug="liege")
staged = []
for number in range({rounds}):
    title = "{title} " + str(number)
    page = factories.BlogPostPageFactory(
        title=title, slug="{slug}-" + str(number), owner=writer, live={live}, territory=territory,
        introduction="Soumis.",
    )
    if {live}:
        page.introduction = "Soumis une seconde fois."
        page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    form = post_form(title=title, slug=page.slug, territory=territory, introduction="Changé au même moment.")
    staged.append({{"pk": page.pk, "form": form}})
print(json.dumps(staged))
"""

OUTCOME = """
import json
from wagtail.models import Page
from home.models import Decision
told = []
for pk in {pks}:
    page = Page.objects.get(pk=pk).specific
    published = page.live_revision and page.live_revision.as_object().introduction
    told.append({{
        "live": page.live,
        "shown": page.introduction,
        "published": published,
        "draft": page.get_latest_revision_as_object().introduction,
        "decisions": [d.kind for d in Decision.objects.filter(task_state__workflow_state__object_id=str(pk))],
        "workflow": page.workflow_states.order_by("-pk").first().status,
        "approved": [d.revision.as_object().introduction for d in Decision.objects.filter(
            task_state__workflow_state__object_id=str(pk), kind="approve")],
    }})
print(json.dumps(told))
"""


def staged(site: LiveSite, title: str, slug: str, *, live: bool) -> list[dict[str, Any]]:
    return json.loads(site.python(STAGE.format(rounds=ROUNDS, title=title, slug=slug, live=live)))


def outcomes(site: LiveSite, pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return json.loads(site.python(OUTCOME.format(pks=[page["pk"] for page in pages])))


def no_error(answers: list[Answer]) -> bool:
    return all(answer.status < 500 for answer in answers)


@pytest.mark.parametrize("decisions", [("approve", "approve"), ("approve", "reject")], ids="-".join)
def test_two_moderators_decide(live_site: LiveSite, decisions: tuple[str, str]) -> None:
    people = [Person(live_site, "moderatrice"), Person(live_site, "moderateur")]
    pages = staged(live_site, f"Deux décisions {decisions[1]}", f"deux-{decisions[1]}", live=False)

    for page in pages:
        address = f"/admin/relecture/{page['pk']}/"
        forms = [
            person.decision_form(page["pk"], kind) for person, kind in zip(people, decisions, strict=True)
        ]
        answers = at_once(
            *(partial(person.post, address, form) for person, form in zip(people, forms, strict=True))
        )
        assert no_error(answers), [answer.text[-2000:] for answer in answers]
        told = [
            answer
            for answer in answers
            if "Quelqu’un d’autre vient de décider" in answer.text or "attend pas de relecture" in answer.text
        ]
        assert len(told) == 1

    for outcome in outcomes(live_site, pages):
        assert len(outcome["decisions"]) == 1
        assert outcome["live"] is (outcome["decisions"] == ["approve"])


def test_the_author_edits_while_a_moderator_approves(live_site: LiveSite) -> None:
    author, moderator = Person(live_site, "volontaire"), Person(live_site, "moderatrice")
    pages = staged(live_site, "Édition et approbation", "edition-approbation", live=False)
    kept = []

    for page in pages:
        form = moderator.decision_form(page["pk"], "approve")
        answers = at_once(
            partial(moderator.post, f"/admin/relecture/{page['pk']}/", form),
            partial(author.post, f"/admin/pages/{page['pk']}/edit/", page["form"]),
        )
        assert no_error(answers)
        kept.append("Changé au même moment." in answers[1].text)

    for outcome, on_screen in zip(outcomes(live_site, pages), kept, strict=True):
        assert on_screen or outcome["draft"] == "Changé au même moment."
        assert outcome["live"]
        assert outcome["shown"] == outcome["published"] == "Soumis."


def test_an_administrator_edits_while_a_moderator_approves(live_site: LiveSite) -> None:
    administrator, moderator = Person(live_site, "admin"), Person(live_site, "moderatrice")
    pages = staged(live_site, "Correction et approbation", "correction-approbation", live=False)

    for page in pages:
        form = moderator.decision_form(page["pk"], "approve")
        answers = at_once(
            partial(moderator.post, f"/admin/relecture/{page['pk']}/", form),
            partial(administrator.post, f"/admin/pages/{page['pk']}/edit/", page["form"]),
        )
        assert no_error(answers)

    for outcome in outcomes(live_site, pages):
        assert outcome["draft"] == "Changé au même moment."
        assert outcome["live"] is bool(outcome["decisions"])
        if outcome["live"]:
            assert [outcome["published"]] == [outcome["shown"]] == outcome["approved"] == ["Soumis."]


@pytest.mark.parametrize(
    "unpublish",
    ["/admin/pages/{pk}/unpublish/", "/admin/bulk/wagtailcore/page/unpublish/?id={pk}"],
    ids=["alone", "among-several"],
)
def test_a_page_is_unpublished_while_it_is_approved(
    live_site: LiveSite, unpublish: str, request: pytest.FixtureRequest
) -> None:
    administrator, moderator = Person(live_site, "admin"), Person(live_site, "moderatrice")
    case = request.node.callspec.id
    pages = staged(live_site, f"Retrait {case}", f"retrait-{case}", live=True)

    for page in pages:
        form = moderator.decision_form(page["pk"], "approve")
        answers = at_once(
            partial(moderator.post, f"/admin/relecture/{page['pk']}/", form),
            partial(administrator.post, unpublish.format(pk=page["pk"]), {}),
        )
        assert no_error(answers)

    for outcome in outcomes(live_site, pages):
        assert outcome["draft"] == "Soumis une seconde fois."
        assert outcome["workflow"] in ("approved", "cancelled", "in_progress")
        if outcome["live"]:
            assert outcome["shown"] == outcome["published"] == "Soumis une seconde fois."
