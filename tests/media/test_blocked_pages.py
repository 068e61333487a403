"""A page with an image that nobody agreed to is not published, by any way."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, PageLogEntry
from wagtail.templatetags.wagtailcore_tags import richtext

from blog.models import BlogIndexPage
from home.media.blocked import PublicationRefused, blocked_images
from home.models import Image
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import create_post, edit, post_form
from tests.media.people import agreed_image, let_expire, withdraw
from tests.reviewing import approve

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def draft_with(image: Image, **fields: Any) -> Page:
    page: Page = factories.BlogPostPageFactory(live=False, cover=image, **fields)
    return page


def bulk_publish(client: Client, *pages: Page, **form: str) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    listing = reverse("wagtailadmin_explore", args=[BlogIndexPage.objects.get().pk])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{chosen}&next={listing}", form, follow=True)


@pytest.fixture
def administrator(sign_in: SignIn) -> Client:
    return sign_in(factories.administrator())


class TestBlockedImages:
    def test_are_found_wherever_they_stand(self) -> None:
        cover, social, shown = (withdraw(agreed_image()) for _ in range(3))
        body = [("image", {"image": shown, "alt": "", "caption": "", "credit": ""})]
        page = draft_with(cover)
        page.social_image, page.body = social, body

        assert {image.pk for image in blocked_images(page)} == {cover.pk, social.pk, shown.pk}

    def test_are_not_shown_by_a_rich_text_at_all(self) -> None:
        embed = f'<p>Voici</p><embed embedtype="image" id="{agreed_image().pk}" alt="x" format="left"/>'

        assert str(richtext(embed)).strip() == "<p>Voici</p>"

    def test_are_those_of_the_version_that_is_asked_about(self) -> None:
        page = draft_with(agreed_image())
        page.cover = withdraw(agreed_image())
        page.save_revision()

        assert not blocked_images(page.__class__.objects.get(pk=page.pk))
        assert blocked_images(page.get_latest_revision_as_object()) == [page.cover]

    def test_are_not_those_that_may_be_shown(self) -> None:
        assert not blocked_images(draft_with(agreed_image()))
        assert not blocked_images(draft_with(factories.ImageFactory()))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: withdraw(agreed_image(title="Marché")), "Marché » : accord retiré"),
        (lambda: let_expire(agreed_image(title="Marché")), "Marché » : accord arrivé à son terme"),
        (lambda: agreed_image(title="Marché", consent_given_on=None), "Marché » : aucun accord enregistré"),
        (lambda: factories.ImageFactory(title="Marché", people=""), "Marché » : on n’a pas encore dit"),
    ],
    ids=["withdrawn", "expired", "missing", "unsaid"],
)
class TestAPageWithSuchAnImage:
    def test_is_not_approved_and_the_reviewer_reads_why(self, sign_in: SignIn, make: Any, words: str) -> None:
        image = factories.ImageFactory()
        writer = factories.volunteer()
        page = draft_with(image, owner=writer)
        page.get_workflow().start(page, writer)
        page.cover = make()
        page.save_revision(user=writer)
        reviewer = sign_in(factories.moderator())

        answer = approve(reviewer, page)

        assert words in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not is_live(page)

    def test_is_not_submitted(self, sign_in: SignIn, territory: TerritoryPage, make: Any, words: str) -> None:
        form = post_form(title="Le marché", territory=territory, cover=str(make().pk))

        answer = create_post(sign_in(factories.volunteer(territory)), form, **{"action-submit": "1"})

        assert words in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not Page.objects.filter(title="Le marché").exists()

    def test_is_kept_as_a_draft(
        self, sign_in: SignIn, territory: TerritoryPage, make: Any, words: str
    ) -> None:
        form = post_form(title="Le marché", territory=territory, cover=str(make().pk))

        create_post(sign_in(factories.volunteer(territory)), form)

        assert Page.objects.filter(title="Le marché", live=False).exists()

    def test_is_not_published_directly(self, administrator: Client, make: Any, words: str) -> None:
        page = draft_with(make())
        form = post_form(title=page.title, territory=page.territory, cover=str(page.cover.pk))

        answer = edit(administrator, page, form, **{"action-publish": "1"})

        assert words in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not is_live(page)

    def test_is_not_published_in_bulk(self, administrator: Client, make: Any, words: str) -> None:
        page, other = draft_with(make()), factories.BlogPostPageFactory(live=False)

        answer = bulk_publish(administrator, page, other)

        assert answer.status_code == 200
        assert words in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not is_live(page)
        assert not is_live(other)

    def test_is_not_published_with_the_pages_above_it(
        self, administrator: Client, make: Any, words: str
    ) -> None:
        page = draft_with(make())

        bulk_publish(administrator, BlogIndexPage.objects.get(), include_descendants="on")

        assert not is_live(page)

    def test_is_not_published_by_code(self, make: Any, words: str) -> None:
        page = draft_with(make())

        with pytest.raises(PublicationRefused) as refused:
            page.get_latest_revision().publish()

        assert words in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
        assert not is_live(page)

    @pytest.mark.parametrize("public", ["publish_copies", "alias"])
    def test_has_no_public_copy(self, administrator: Client, public: str, make: Any, words: str) -> None:
        page = factories.BlogPostPageFactory()
        type(page).objects.filter(pk=page.pk).update(cover=make())
        count = Page.objects.live().count()
        form = {
            "new_title": "Copie",
            "new_slug": "copie",
            "new_parent_page": page.get_parent().pk,
            public: "on",
        }

        answer = administrator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form, follow=True)

        assert words in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert Page.objects.live().count() == count


class TestOtherPages:
    def test_are_published_in_bulk(self, administrator: Client) -> None:
        page = draft_with(agreed_image())

        bulk_publish(administrator, page)

        assert is_live(page)

    def test_are_copied(self, administrator: Client) -> None:
        page = factories.BlogPostPageFactory(cover=agreed_image())
        form = {
            "new_title": "Copie",
            "new_slug": "copie",
            "new_parent_page": page.get_parent().pk,
            "publish_copies": "on",
            "copy_subpages": "on",
        }

        administrator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

        assert Page.objects.get(slug="copie").live

    def test_are_published_though_an_image_was_withdrawn_from_another(self, administrator: Client) -> None:
        withdraw(agreed_image())
        page = draft_with(agreed_image())
        form = post_form(title=page.title, territory=page.territory, cover=str(page.cover.pk))

        edit(administrator, page, form, **{"action-publish": "1"})

        assert is_live(page)


def test_a_review_can_be_cancelled_whatever_the_images(sign_in: SignIn) -> None:
    writer = factories.volunteer()
    page = draft_with(factories.ImageFactory(), owner=writer)
    page.get_workflow().start(page, writer)
    withdrawn = withdraw(agreed_image())
    form = post_form(title=page.title, territory=page.territory, cover=str(withdrawn.pk))

    edit(sign_in(factories.moderator()), page, form, **{"action-cancel-workflow": "1"})

    assert Page.objects.get(pk=page.pk).specific.current_workflow_state is None


class TestAScheduledPage:
    @pytest.fixture
    def scheduled(self) -> Page:
        page = draft_with(agreed_image(title="Marché"), title="Au marché", go_live_at=timezone.now() - HOUR)
        page.save_revision(approved_go_live_at=page.go_live_at)
        return page

    def test_whose_image_was_withdrawn_stays_a_draft_and_the_others_appear(
        self,
        scheduled: Page,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        moderator = factories.moderator()
        withdraw(scheduled.cover)
        other = factories.BlogPostPageFactory(live=False, go_live_at=timezone.now() - HOUR / 2)
        other.save_revision(approved_go_live_at=other.go_live_at)

        for _run in range(2):
            with (
                caplog.at_level(logging.WARNING, "home.media.scheduled"),
                django_capture_on_commit_callbacks(execute=True),
            ):
                call_command("publish_scheduled")

        assert not is_live(scheduled)
        assert is_live(other)
        assert caplog.text.count("Publication programmée retenue") == 1
        (message,) = [message for message in mail.outbox if "retenue" in message.subject]
        assert message.to == [moderator.email]
        assert "Au marché" in message.subject
        assert "accord retiré" in message.body
        entry = PageLogEntry.objects.get(action="home.publication_held_back")
        assert entry.message.startswith("Publication programmée retenue : l’image")

    def test_appears_in_its_time_when_the_agreement_holds(self, scheduled: Page) -> None:
        call_command("publish_scheduled")

        assert is_live(scheduled)

    def test_is_left_alone_by_a_rehearsal(self, scheduled: Page) -> None:
        withdraw(scheduled.cover)

        call_command("publish_scheduled", dryrun=True)

        assert scheduled.get_latest_revision().approved_go_live_at
