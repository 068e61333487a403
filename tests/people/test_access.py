"""Write access begins and ends with the mission, by itself, whatever is sent."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import Page, Site, UploadedFile

from blog.models import BlogPostPage
from home.models import Author, Document, Image, Mission, ModerationSettings, User
from home.moderation.roles import REFERENTS, VOLUNTEERS
from home.people.handover import hand_over_drafts, left_drafts
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.documents import small_pdf
from tests.editor import create_post, edit, post_form, territory_form
from tests.people.missions import GRACE, day, departed_volunteer, end_mission, volunteer_on
from tests.reviewing import approve, send_back

pytestmark = pytest.mark.django_db
MOMENTS = {
    "the day before": (1, 100, False),
    "the first day": (0, 100, True),
    "the last day": (-100, 0, True),
    "the first day of the grace time": (-100, -1, True),
    "the last day of the grace time": (-100, -GRACE, True),
    "the day after the grace time": (-100, -GRACE - 1, False),
}
JSON = {"HTTP_ACCEPT": "application/json"}


def png() -> SimpleUploadedFile:
    data = BytesIO()
    Picture.new("RGB", (40, 30)).save(data, "PNG")
    return SimpleUploadedFile("salle.png", data.getvalue(), "image/png")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("rapport.pdf", small_pdf(), "application/pdf")


def upload_everywhere(client: Client) -> None:
    """An image and a document by every address that takes one."""
    for kind, file in [("images", png), ("docs", pdf)]:
        for name in (f"wagtail{kind}:add", f"wagtail{kind}_chooser:create"):
            client.post(
                reverse(name), {"title": "Fichier", "file": file(), "collection": 1, "people": "nobody"}
            )
        client.post(
            reverse(f"wagtail{kind}:add_multiple"),
            {"title": "Fichier", "files[]": file(), "collection": 1},
            headers={"x-requested-with": "XMLHttpRequest"},
        )


def created_post(client: Client, owner: User, territory: TerritoryPage) -> bool:
    create_post(client, post_form(title="Nouveau", territory=territory))
    return BlogPostPage.objects.filter(owner=owner, title="Nouveau").exists()


class TestWriting:
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_depends_on_the_day(self, sign_in: SignIn, territory: TerritoryPage, moment: str) -> None:
        start, end, allowed = MOMENTS[moment]
        person = volunteer_on(territory, start, end)

        assert created_post(sign_in(person), person, territory) is allowed
        assert person.writes_now() is allowed
        assert person.territory_ids() == ({territory.pk} if allowed else set())

    def test_takes_its_dates_from_the_session_when_the_mission_has_none(
        self, territory: TerritoryPage
    ) -> None:
        session = factories.SessionFactory(start=day(-100), end=day(-GRACE - 1))
        person = factories.UserFactory(group=VOLUNTEERS)
        mission = factories.MissionFactory(
            author=factories.AuthorFactory(user=person), territory=territory.page_ptr, session=session
        )
        assert not person.writes_now()

        mission.end = day(0)
        mission.save()

        assert person.writes_now()

    def test_goes_on_for_the_grace_time_of_the_settings(self, territory: TerritoryPage) -> None:
        person = volunteer_on(territory, -100, -1)
        ModerationSettings.objects.update_or_create(site=Site.objects.get(), defaults={"grace_days": 0})

        assert not person.writes_now()

    def test_is_for_nobody_without_a_mission(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        person = factories.UserFactory(group=VOLUNTEERS)

        assert not created_post(sign_in(person), person, territory)

    def test_is_open_to_a_referent_at_any_time(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        person = factories.referent(territory)

        assert created_post(sign_in(person), person, territory)

    def test_is_open_to_a_volunteer_who_became_a_referent(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        person = departed_volunteer(territory)
        person.groups.add(factories.Group.objects.get(name=REFERENTS))
        person.referent_territories.add(territory.page_ptr)

        assert created_post(sign_in(person), person, territory)

    def test_is_only_for_the_territory_of_the_mission_that_runs(self, territory: TerritoryPage) -> None:
        person = departed_volunteer(factories.TerritoryPageFactory())
        factories.MissionFactory(author=person.author(), territory=territory.page_ptr)

        assert person.territory_ids() == {territory.pk}

    def test_begins_again_with_a_new_mission(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        person = departed_volunteer(territory)
        factories.MissionFactory(author=person.author(), territory=territory.page_ptr)

        assert created_post(sign_in(person), person, territory)


@pytest.fixture
def gone(territory: TerritoryPage) -> User:
    return departed_volunteer(territory)


@pytest.fixture
def draft(gone: User, territory: TerritoryPage) -> Page:
    return factories.BlogPostPageFactory(title="Mon brouillon", owner=gone, territory=territory, live=False)


class TestAfterTheEnd:
    """Forged requests, by every way that a text or a file could change."""

    @pytest.mark.parametrize("extra", [{}, {"action-submit": "1"}, {"action-publish": "1"}])
    def test_a_text_cannot_be_changed_or_submitted(
        self, sign_in: SignIn, gone: User, draft: Page, territory: TerritoryPage, extra: dict[str, str]
    ) -> None:
        before = draft.latest_revision_id

        for headers in ({}, JSON):
            form = post_form(title="Changé", territory=territory) | extra
            sign_in(gone).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form, **headers)

        draft.refresh_from_db()
        assert draft.latest_revision_id == before
        assert not draft.workflow_in_progress

    @pytest.mark.parametrize("action", ["delete", "copy", "move", "lock", "unpublish", "convert_alias"])
    def test_a_text_cannot_be_handled(self, sign_in: SignIn, gone: User, draft: Page, action: str) -> None:
        form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": draft.get_parent().pk}

        sign_in(gone).post(reverse(f"wagtailadmin_pages:{action}", args=[draft.pk]), form)

        draft.refresh_from_db()
        assert not draft.locked
        assert BlogPostPage.objects.count() == 1

    def test_its_territory_cannot_be_proposed_for_change(
        self, sign_in: SignIn, gone: User, territory: TerritoryPage
    ) -> None:
        edit(sign_in(gone), territory, territory_form(title="Autre"), **{"action-submit": "1"})

        territory.refresh_from_db()
        assert not territory.workflow_in_progress

    def test_nothing_is_uploaded(self, sign_in: SignIn, gone: User) -> None:
        upload_everywhere(sign_in(gone))

        assert (Image.objects.count(), Document.objects.count(), UploadedFile.objects.count()) == (0, 0, 0)

    def test_one_s_own_image_can_no_longer_be_changed(self, sign_in: SignIn, gone: User) -> None:
        image = factories.ImageFactory(uploaded_by_user=gone, title="Salle")

        for name in ("wagtailimages:edit", "wagtailimages:delete"):
            answer = sign_in(gone).post(reverse(name, args=[image.pk]), {"title": "Changé"})
            assert answer.status_code == 302

        image.refresh_from_db()
        assert image.title == "Salle"

    def test_the_same_uploads_are_taken_during_a_mission(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        upload_everywhere(sign_in(factories.volunteer(territory)))

        assert Image.objects.exists()
        assert Document.objects.exists()

    def test_the_dashboard_says_why_and_since_when(self, sign_in: SignIn, gone: User, draft: Page) -> None:
        page = sign_in(gone).get(reverse("wagtailadmin_home")).content.decode()

        assert "Votre mission a pris fin le" in page
        assert str(day(-GRACE - 7).year) in page
        assert "Écrire un billet" not in page
        assert "Mon brouillon" in page

    def test_one_reads_one_s_own_text_in_place_of_the_editor(
        self, sign_in: SignIn, gone: User, draft: Page
    ) -> None:
        client = sign_in(gone)

        answer = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]), follow=True)

        assert "Mon brouillon" in answer.content.decode()
        assert "Votre mission a pris fin" in answer.content.decode()
        preview = client.get(reverse("own_text_preview", args=[draft.pk]))
        assert "Sept bonjours" in preview.content.decode()

    def test_one_reads_nobody_else_s(self, sign_in: SignIn, draft: Page, territory: TerritoryPage) -> None:
        other = sign_in(departed_volunteer(territory))

        for name in ("own_text", "own_text_preview"):
            answer = other.get(reverse(name, args=[draft.pk]), follow=True)
            assert "Mon brouillon" not in answer.content.decode()

    def test_one_s_signature_can_still_be_changed(self, sign_in: SignIn, gone: User) -> None:
        sign_in(gone).post(reverse("author_profile"), {"byline_kind": "pseudonym", "pseudonym": "Ortie"})

        assert Author.objects.get(user=gone).byline == "Ortie"

    def test_every_screen_still_answers(self, sign_in: SignIn, gone: User) -> None:
        client = sign_in(gone)

        for name in (
            "wagtailadmin_home",
            "wagtailadmin_account",
            "author_profile",
            "wagtailadmin_explore_root",
        ):
            assert client.get(reverse(name), follow=True).status_code == 200


def test_before_the_start_one_is_told_the_day(sign_in: SignIn, territory: TerritoryPage) -> None:
    page = sign_in(volunteer_on(territory, 10, 100)).get(reverse("wagtailadmin_home")).content.decode()

    assert "Votre mission commence le" in page


def test_without_a_mission_one_is_told_whom_to_ask(sign_in: SignIn) -> None:
    page = sign_in(factories.UserFactory(group=VOLUNTEERS)).get(reverse("wagtailadmin_home")).content.decode()

    assert "Aucune mission ne vous est confiée" in page


@pytest.mark.parametrize("maker", [factories.volunteer, factories.moderator, factories.referent])
def test_whoever_may_write_is_told_nothing(sign_in: SignIn, maker: Any) -> None:
    assert 'id="acces"' not in sign_in(maker()).get(reverse("wagtailadmin_home")).content.decode()


class TestATextUnderReview:
    def test_goes_on_to_publication_after_the_end(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        page = factories.BlogPostPageFactory(owner=writer, territory=territory, live=False)
        page.get_workflow().start(page, writer)
        end_mission(writer)

        approve(sign_in(factories.moderator()), page)

        page.refresh_from_db()
        assert page.live

    def test_is_for_the_moderators_when_changes_are_asked_after_the_end(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, client = factories.volunteer(territory), sign_in(factories.moderator())
        page = factories.BlogPostPageFactory(owner=writer, territory=territory, live=False)
        page.get_workflow().start(page, writer)
        end_mission(writer)
        hand_over_drafts()
        assert left_drafts() == []

        send_back(client, page)

        assert [left.pk for left, _mission in left_drafts()] == [page.pk]


def test_the_end_of_a_mission_comes_after_its_beginning(sign_in: SignIn) -> None:
    mission = factories.MissionFactory()
    address = reverse("wagtailsnippets_home_mission:edit", args=[mission.pk])
    form = {
        "author": mission.author_id,
        "session": mission.session_id,
        "territory": mission.territory_id,
        "organisation": "",
        "start": "2026-05-01",
        "end": "2026-04-01",
        "summary": "",
    }

    answer = sign_in(factories.moderator()).post(address, form)

    assert "La fin vient après le début" in answer.content.decode()
    assert Mission.objects.get(pk=mission.pk).end is None
