"""A review ends well or not, never by the hand that wrote, and never with an error."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Site

from blog.models import BlogPostPage
from home.models import ModerationSettings, User
from practices.models import PracticePage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import edit, existing_sheet_form, post_form
from tests.reviewing import approve, send_back

pytestmark = pytest.mark.django_db


def submitted(page: Page, user: User) -> Page:
    page.get_workflow().start(page, user)
    return Page.objects.get(pk=page.pk).specific


def step(page: Page) -> str | None:
    task = Page.objects.get(pk=page.pk).current_workflow_task
    return task and task.name


class TestTheReviewScreen:
    def test_shows_the_text_and_takes_the_answer(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer), writer)
        client = sign_in(factories.moderator())

        screen = client.get(reverse("review", args=[page.pk])).content.decode()
        approve(client, page)

        assert page.title in screen
        assert reverse("reviewed_text", args=[page.pk]) in screen
        page.refresh_from_db()
        assert page.live

    def test_asks_for_a_reason_before_it_sends_a_text_back(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer), writer)

        answer = send_back(sign_in(factories.moderator()), page, comment=" ")

        assert "Dites ce qu’il faut changer" in answer.content.decode()
        assert step(page)

    def test_lets_a_referent_answer_without_the_right_to_rewrite(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, local = factories.volunteer(territory), factories.referent(territory)
        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )
        client = sign_in(local)

        assert client.get(reverse("review", args=[sheet.pk])).status_code == 200
        assert client.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk])).status_code == 302
        approve(client, sheet)

        assert step(sheet) == "Relecture et contrôle"

    def test_shows_the_newest_version(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer, local = factories.volunteer(territory), factories.referent(territory)
        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )
        sheet.title = "Un titre corrigé"
        sheet.save_revision(user=factories.moderator())

        text = sign_in(local).get(reverse("reviewed_text", args=[sheet.pk])).content.decode()

        assert "Un titre corrigé" in text

    def test_holds_the_reviewer_to_what_they_have_read(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer), writer)
        read = page.latest_revision_id
        page.save_revision(user=factories.moderator())

        answer = approve(sign_in(factories.moderator()), page, revision=read)

        assert "a changé depuis que vous l’avez ouvert" in answer.content.decode()
        assert step(page)

    def test_says_so_when_somebody_else_was_faster(self, sign_in: SignIn) -> None:
        page = factories.BlogPostPageFactory()

        answer = sign_in(factories.moderator()).get(reverse("review", args=[page.pk]), follow=True)

        assert "n’attend pas de relecture" in answer.content.decode()


class TestOwnText:
    def test_shows_no_button_to_approve_it(self, sign_in: SignIn) -> None:
        writer = factories.moderator()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer), writer)
        client = sign_in(writer)

        screen = client.get(reverse("review", args=[page.pk])).content.decode()
        editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

        assert 'value="approve"' not in screen
        assert 'data-workflow-action-name="approve"' not in editor
        assert "une autre personne doit l’approuver" in editor

    def test_becomes_that_of_a_reviewer_who_changes_it(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, reviewer = factories.volunteer(territory), factories.moderator()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer, territory=territory), writer)
        client = sign_in(reviewer)
        edit(client, page, post_form(title="Un autre titre", territory=territory))

        answer = approve(client, page)

        assert "une autre personne doit l’approuver" in answer.content.decode()
        assert step(page)

    def test_is_approved_in_a_small_team_and_that_is_written_down(self, sign_in: SignIn) -> None:
        ModerationSettings.objects.update_or_create(site=Site.objects.get(), defaults={"small_team": True})
        writer = factories.moderator()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer), writer)
        client = sign_in(writer)

        approve(client, page)

        page.refresh_from_db()
        assert page.live
        assert (
            PageLogEntry.objects.filter(page=page.pk, action="home.approve_own_revision", user=writer).count()
            == 1
        )
        history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert "petite équipe" in history.replace("\N{NO-BREAK SPACE}", " ")


class TestTheLastStep:
    def test_decides_on_a_text_that_a_moderator_has_corrected(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, local = factories.volunteer(territory), factories.referent(territory)
        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )
        approve(sign_in(local), sheet)
        form = existing_sheet_form(sheet) | {"title": "Un titre corrigé"}
        edit(sign_in(factories.moderator()), sheet, form)

        approve(sign_in(factories.moderator()), sheet)

        sheet.refresh_from_db()
        assert sheet.live
        assert sheet.title == "Un titre corrigé"


class TestTheTerritory:
    def test_is_passed_over_where_nobody_stands_for_it_and_that_is_written_down(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer = factories.volunteer(territory)

        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )

        assert step(sheet) == "Relecture et contrôle"
        history = sign_in(writer).get(reverse("wagtailadmin_pages:history", args=[sheet.pk])).content.decode()
        assert "Regard du territoire passé" in history

    def test_is_passed_over_when_its_only_referent_is_the_writer(self, territory: TerritoryPage) -> None:
        writer = factories.referent(territory)

        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )

        assert step(sheet) == "Relecture et contrôle"

    def test_reviews_changes_of_its_own_page(self, territory: TerritoryPage) -> None:
        writer, _local = factories.volunteer(territory), factories.referent(territory)

        assert step(submitted(territory, writer)) == "Regard du territoire"


class TestAnIncompleteText:
    """A draft saved during the review may empty a field; publishing would be an error."""

    def incomplete(self, territory: TerritoryPage) -> PracticePage:
        writer = factories.volunteer(territory)
        sheet = submitted(
            factories.PracticePageFactory(live=False, owner=writer, territory=territory), writer
        )
        sheet.limits = "<p> </p>"
        sheet.sources.all().delete()
        sheet.sources = []
        sheet.state = ""
        sheet.save_revision(user=factories.moderator(), clean=False)
        return sheet

    def test_is_not_approved_and_says_what_is_missing(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        sheet = self.incomplete(territory)

        answer = approve(sign_in(factories.moderator()), sheet)

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "limites" in page
        assert "sources" in page
        assert "où en est la pratique" in page
        assert step(sheet)

    def test_is_refused_by_wagtail_s_own_address_too(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        sheet = self.incomplete(territory)
        state = Page.objects.get(pk=sheet.pk).current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[sheet.pk, "approve", state.pk])

        answer = sign_in(factories.moderator()).post(address)

        assert answer.status_code == 302
        assert step(sheet)

    def test_can_be_completed_and_then_approved_by_another(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        sheet = self.incomplete(territory)
        whole = factories.PracticePageFactory(territory=territory)
        form = existing_sheet_form(whole) | {
            "title": sheet.title,
            "slug": sheet.slug,
            "checked_by": whole.checked_by_id,
        }
        form = {name: "" if name.endswith("-id") else value for name, value in form.items()}
        form |= {
            f"{name}-INITIAL_FORMS": 0
            for name in ("theme_links", "public_links", "actors", "sources", "author_links")
        }
        edit(sign_in(factories.moderator()), sheet, form)

        approve(sign_in(factories.moderator()), sheet)

        sheet.refresh_from_db()
        assert sheet.live


class TestPublishing:
    def test_without_review_is_for_an_administrator_and_is_written_down(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        person = factories.administrator()
        page = factories.BlogPostPageFactory(live=False, owner=person, territory=territory)

        edit(
            sign_in(person),
            page,
            post_form(title="Tout de suite", territory=territory),
            **{"action-publish": "1"},
        )

        assert BlogPostPage.objects.get(pk=page.pk).live
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", user=person).exists()

    def test_is_undone_by_a_moderator(self, sign_in: SignIn) -> None:
        page, client = factories.BlogPostPageFactory(), sign_in(factories.moderator())

        editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

        assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in editor
        assert "action-publish" not in editor
        page.refresh_from_db()
        assert not page.live

    def test_of_a_text_that_was_sent_back_goes_through_review_again(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, moderator = factories.volunteer(territory), factories.moderator()
        page = submitted(factories.BlogPostPageFactory(live=False, owner=writer, territory=territory), writer)
        send_back(sign_in(moderator), page)

        answer = edit(
            sign_in(writer),
            page,
            post_form(title="Sans le nom", territory=territory),
            **{"action-submit": "1"},
        )
        approve(sign_in(moderator), page)

        assert answer.status_code == 302
        page.refresh_from_db()
        assert page.live
        assert page.title == "Sans le nom"
