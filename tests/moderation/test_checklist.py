"""What a reviewer verified is asked, kept and shown; what was read is what is published."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.models import Decision, ModerationSettings, ReviewQuestion, User
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import edit, post_form
from tests.reviewing import approve, decision_form, send_back

pytestmark = pytest.mark.django_db


def post_under_review(writer: User | None = None, **fields: object) -> Page:
    writer = writer or factories.volunteer()
    page = factories.BlogPostPageFactory(live=False, owner=writer, **fields)
    page.get_workflow().start(page, writer)
    return Page.objects.get(pk=page.pk).specific


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def shown(sign_in: SignIn, person: User, name: str, page: Page) -> str:
    content = sign_in(person).get(reverse(name, args=[page.pk])).content.decode()
    return content.replace("\N{NO-BREAK SPACE}", " ")


class TestTheChecklist:
    def test_is_asked_before_a_text_is_approved(self, sign_in: SignIn) -> None:
        page, client = post_under_review(), sign_in(factories.moderator())
        asked = decision_form(client, page)["questions"]

        answer = approve(client, page, questions=asked[1:])

        assert len(asked) == 5
        assert "il reste à vérifier" in answer.content.decode()
        assert not is_live(page)

    def test_forgets_nothing_that_was_typed(self, sign_in: SignIn) -> None:
        page, client = post_under_review(), sign_in(factories.moderator())
        asked = decision_form(client, page)["questions"]

        answer = approve(client, page, questions=asked[:1], comment="Très beau texte").content.decode()

        assert "Très beau texte" in answer
        assert answer.count("checked") == 1

    def test_is_of_the_type_of_the_page(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer, client = factories.volunteer(territory), sign_in(factories.moderator())
        sheet = factories.PracticePageFactory(live=False, owner=writer, territory=territory)
        sheet.get_workflow().start(sheet, writer)

        of_sheet = decision_form(client, sheet)["questions"]
        of_post = decision_form(client, post_under_review())["questions"]

        assert set(of_post) < set(of_sheet)

    def test_is_edited_in_the_settings(self, sign_in: SignIn) -> None:
        ReviewQuestion.objects.all().delete()
        ReviewQuestion.objects.create(settings=ModerationSettings.main(), text="Le ton est juste")

        screen = shown(sign_in, factories.moderator(), "review", post_under_review())

        assert "Le ton est juste" in screen
        assert "mineure" not in screen

    def test_can_be_read_in_the_history(self, sign_in: SignIn) -> None:
        page, moderator = post_under_review(), factories.moderator()

        approve(sign_in(moderator), page)

        decision = Decision.objects.get()
        assert decision.person == moderator
        assert decision.revision_id == page.latest_revision_id
        assert "Personne n’est reconnaissable sans un accord écrit que nous gardons" in decision.answers
        history = shown(sign_in, moderator, "wagtailadmin_pages:history", page)
        assert all(answer.replace("\N{NO-BREAK SPACE}", " ") in history for answer in decision.answers)

    def test_is_not_passed_by_wagtails_own_addresses(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        page, client = post_under_review(territory=territory), sign_in(factories.moderator())
        state = page.current_workflow_task_state
        button = {"action-workflow-action": "true", "workflow-action-name": "approve"}

        client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
        edit(client, page, post_form(title="Autre", territory=territory), **button)

        assert not is_live(page)
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS

    def test_is_where_the_editor_leads(self, sign_in: SignIn) -> None:
        page = post_under_review()

        editor = shown(sign_in, factories.moderator(), "wagtailadmin_pages:edit", page)

        assert reverse("review", args=[page.pk]) in editor
        assert "workflow-action-name" not in editor


class TestAskingForChanges:
    def test_takes_a_reason_and_a_comment(self, sign_in: SignIn) -> None:
        page = post_under_review()

        answer = send_back(sign_in(factories.moderator()), page, reason="")

        assert "Choisissez la raison" in answer.content.decode()
        assert page.current_workflow_task

    def test_is_told_to_the_author_above_the_text(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = post_under_review(writer)
        send_back(sign_in(factories.moderator()), page, reason="recognisable", comment="On voit la maison.")

        editor = shown(sign_in, writer, "wagtailadmin_pages:edit", page)

        assert editor.index("On voit la maison.") < editor.index('name="title"')
        assert "Raison : Une personne peut être reconnue" in editor

    def test_is_told_no_more_once_the_text_is_submitted_again(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = post_under_review(writer)
        send_back(sign_in(factories.moderator()), page, comment="On voit la maison.")
        page.current_workflow_state.resume(writer)

        editor = shown(sign_in, factories.moderator(), "wagtailadmin_pages:edit", page)

        assert "On voit la maison." not in editor


class TestATextThatChangedSinceItWasSubmitted:
    def test_shows_its_reviewer_what_changed(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        page = self.changed(territory)

        screen = shown(sign_in, factories.referent(territory), "review", page)
        changes = sign_in(factories.referent(territory)).get(
            reverse("reviewed_changes", args=[page.pk, "soumis"])
        )

        assert reverse("reviewed_changes", args=[page.pk, "soumis"]) in screen
        assert "corrigé" in changes.content.decode()

    def test_is_approved_explicitly(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        page, local = self.changed(territory), sign_in(factories.referent(territory))

        refused = approve(local, page, accepts_changes=[])

        assert "regardez ce qui a changé" in refused.content.decode()
        assert not is_live(page)
        approve(local, page)
        approve(sign_in(factories.moderator()), page)
        assert Page.objects.get(pk=page.pk).title == "Titre corrigé"
        assert Decision.objects.filter(changed_since=True).count() == 2

    def test_is_told_as_such_in_the_second_step_too(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer, local = factories.volunteer(territory), factories.referent(territory)
        sheet = factories.PracticePageFactory(live=False, owner=writer, territory=territory)
        sheet.get_workflow().start(sheet, writer)
        sheet.title = "Titre corrigé"
        sheet.save_revision(user=factories.moderator())
        approve(sign_in(local), sheet)

        screen = shown(sign_in, factories.moderator(), "review", sheet)

        assert "a changé depuis qu’il a été soumis" in screen

    def test_is_not_said_to_have_changed_after_it_was_submitted_again(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = post_under_review(writer)
        send_back(sign_in(factories.moderator()), page)
        page.title = "Titre corrigé"
        page.save_revision(user=writer)
        Page.objects.get(pk=page.pk).specific.current_workflow_state.resume(writer)

        screen = shown(sign_in, factories.moderator(), "review", page)

        assert "a changé depuis" not in screen

    def changed(self, territory: TerritoryPage) -> Page:
        writer = factories.volunteer(territory)
        factories.referent(territory)
        sheet = factories.PracticePageFactory(live=False, owner=writer, territory=territory)
        sheet.get_workflow().start(sheet, writer)
        sheet.title = "Titre corrigé"
        sheet.save_revision(user=factories.moderator())
        return Page.objects.get(pk=sheet.pk).specific


class TestPublishing:
    def test_takes_the_version_that_was_read_and_no_later_one(self, sign_in: SignIn) -> None:
        page, moderator = post_under_review(title="Lu"), factories.moderator()
        client = sign_in(moderator)
        form = decision_form(client, page)
        page.title = "Jamais lu"
        page.save_revision(user=factories.moderator())

        client.post(
            reverse("review", args=[page.pk]), form | {"decision": "approve", "accepts_changes": "on"}
        )

        assert not is_live(page)

    def test_needs_a_version_that_was_read(self, sign_in: SignIn) -> None:
        page = post_under_review()

        approve(sign_in(factories.moderator()), page, revision="")

        assert not is_live(page)


class TestTheReviewScreen:
    def test_quotes_the_passages_that_may_lead_to_a_person(self, sign_in: SignIn) -> None:
        page = post_under_review(introduction="Appelez Samira au 06 12 34 56 78.")

        screen = shown(sign_in, factories.moderator(), "review", page)

        assert "<mark>06 12 34 56 78</mark>" in screen

    def test_says_who_takes_care_of_the_text(self, sign_in: SignIn) -> None:
        page, nour = post_under_review(), factories.moderator(first_name="Nour")
        sign_in(nour).post(reverse("claim", args=[page.pk]))

        screen = shown(sign_in, factories.moderator(), "review", page)

        assert "Nour s’en occupe" in screen
