"""The moderators hear once of every agreement that ends, however late or often the job runs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry

from home.media.endings import expire_consents
from home.models import Image, Rendition, User
from home.moderation.queue import waiting_for
from site_ocu.periodic import JOBS
from tests import factories
from tests.media.people import agreed_image, days_from_now, let_expire, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return factories.moderator(first_name="Mariam")


@pytest.fixture
def sent(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Do something, and give the mails that left because of it."""

    def mails_of(action: Any, *arguments: Any) -> list[EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(*arguments)
        return mail.outbox[before:]

    return mails_of


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


class TestAWithdrawal:
    def test_is_told_at_once_with_the_pages_that_show_the_image(self, moderator: User, sent: Any) -> None:
        factories.volunteer()
        image = agreed_image(title="Marché")
        page = factories.BlogPostPageFactory(title="Samedi, grand-place", cover=image)

        (message,) = sent(withdraw, image)

        assert message.to == [moderator.email]
        assert plain(message.subject) == "Image retirée du site : « Marché »"
        assert message.body.startswith("Bonjour Mariam,\n")
        assert "accord retiré" in message.body
        assert "Samedi, grand-place" in message.body
        assert f"http://testserver/admin/images/{image.pk}/" in message.body
        assert f"http://testserver/admin/pages/{page.pk}/edit/" in message.body
        assert "Amina" not in message.body

    def test_of_an_image_that_no_page_shows_says_so(self, moderator: User, sent: Any) -> None:
        (message,) = sent(withdraw, agreed_image())

        assert "Aucune page ne la montre." in message.body

    def test_is_told_once_however_often_the_image_is_saved(self, moderator: User, sent: Any) -> None:
        image = agreed_image()

        assert len(sent(withdraw, image)) == 1
        assert not sent(image.save)
        assert not sent(Image.objects.get().save)
        assert not sent(expire_consents)

    def test_reaches_the_administrators_where_there_is_no_moderator(self, sent: Any) -> None:
        administrator = factories.administrator()
        factories.moderator(is_active=False)

        (message,) = sent(withdraw, agreed_image())

        assert message.to == [administrator.email]

    def test_that_is_dated_ahead_takes_effect_on_its_day(self, moderator: User, sent: Any) -> None:
        image = agreed_image(consent_withdrawn_on=days_from_now(1))
        assert not sent(expire_consents)

        Image.objects.filter(pk=image.pk).update(consent_withdrawn_on=days_from_now(0))

        assert len(sent(expire_consents)) == 1

    def test_after_a_new_agreement_is_told_again(self, moderator: User, sent: Any) -> None:
        image = agreed_image()
        sent(withdraw, image)
        image.consent_withdrawn_on = None
        image.save()

        assert ModelLogEntry.objects.filter(action="home.image_shown_again").exists()
        assert len(sent(withdraw, image)) == 1

    def test_is_in_the_history(self, moderator: User) -> None:
        withdraw(agreed_image())

        entry = ModelLogEntry.objects.get(action="home.image_withheld")
        assert entry.message == "Image retirée du site : accord retiré"

    def test_of_images_loaded_from_a_file_says_nothing(self, moderator: User, sent: Any) -> None:
        """As ``loaddata`` does it: the rows come as they are."""
        image = agreed_image(consent_withdrawn_on=days_from_now(0), consent_ended_told_on=None)
        Image.objects.update(consent_ended_told_on=None)

        assert not sent(lambda: image.save_base(raw=True))


class TestAnAgreementThatRanOut:
    def test_is_told_by_the_next_run_and_the_files_go(self, moderator: User, sent: Any) -> None:
        image = agreed_image(title="Marché")
        image.get_rendition("width-100")
        let_expire(image)

        (message,) = sent(expire_consents)

        assert "accord arrivé à son terme" in message.body
        assert not Rendition.objects.exists()

    def test_is_told_once_when_the_job_runs_twice(self, moderator: User, sent: Any) -> None:
        let_expire(agreed_image())

        assert len(sent(expire_consents)) == 1
        assert not sent(expire_consents)

    def test_is_told_by_a_job_that_was_missed_for_a_week(self, moderator: User, sent: Any) -> None:
        let_expire(agreed_image(), days_ago=8)

        assert len(sent(expire_consents)) == 1

    def test_is_one_of_several_in_one_mail(self, moderator: User, sent: Any) -> None:
        for title in ("Marché", "Gare", "Salle"):
            let_expire(agreed_image(title=title))

        (message,) = sent(expire_consents)

        assert message.subject == "3 images retirées du site"
        assert all(title in message.body for title in ("Marché", "Gare", "Salle"))

    def test_is_told_again_after_it_was_renewed(self, moderator: User, sent: Any) -> None:
        image = let_expire(agreed_image())
        sent(expire_consents)
        Image.objects.filter(pk=image.pk).update(consent_until=days_from_now(60))
        assert not sent(expire_consents)

        let_expire(image)

        assert len(sent(expire_consents)) == 1

    def test_loses_the_files_that_a_slow_request_has_made_meanwhile(self, moderator: User, sent: Any) -> None:
        image = agreed_image()
        seen_before = Image.objects.get()
        withdraw(image)
        seen_before.get_rendition("width-100")
        assert Rendition.objects.exists()

        assert not sent(expire_consents)

        assert not Rendition.objects.exists()

    def test_is_part_of_what_a_scheduler_does(self, moderator: User, sent: Any) -> None:
        let_expire(agreed_image())

        assert "accords des images" in [job.name for job in JOBS]
        assert len(sent(call_command, "run_periodic")) == 1


class TestAnAgreementThatEndsSoon:
    def test_is_announced_once_a_month_ahead(self, moderator: User, sent: Any) -> None:
        agreed_image(title="Marché", consent_until=days_from_now(30))

        (message,) = sent(expire_consents)

        assert plain(message.subject) == "Un accord prend bientôt fin : « Marché »"
        assert "accord valable jusqu’au" in message.body
        assert not sent(expire_consents)

    def test_is_not_announced_earlier(self, moderator: User, sent: Any) -> None:
        agreed_image(consent_until=days_from_now(31))

        assert not sent(expire_consents)

    def test_is_announced_late_by_a_job_that_was_missed(self, moderator: User, sent: Any) -> None:
        agreed_image(consent_until=days_from_now(3))

        assert len(sent(expire_consents)) == 1

    def test_is_announced_again_for_another_date(self, moderator: User, sent: Any) -> None:
        image = agreed_image(consent_until=days_from_now(10))
        sent(expire_consents)
        Image.objects.filter(pk=image.pk).update(consent_until=days_from_now(20))

        assert len(sent(expire_consents)) == 1

    def test_is_no_matter_where_nobody_is_shown(self, moderator: User, sent: Any) -> None:
        factories.ImageFactory(consent_until=days_from_now(10))

        assert not sent(expire_consents)


class TestTheQueue:
    def test_holds_a_withheld_image_until_no_page_shows_it(self, moderator: User) -> None:
        image = agreed_image(title="Marché")
        page = factories.BlogPostPageFactory(cover=image)
        assert not waiting_for(moderator)

        withdraw(image)
        (item,) = waiting_for(moderator)

        assert (item.kind, item.title) == ("Image sans accord", "Marché")
        assert item.url == f"/admin/images/usage/{image.pk}/"
        page.cover = None
        page.save_revision().publish()
        assert not waiting_for(moderator)

    def test_is_not_for_volunteers(self) -> None:
        image = agreed_image()
        factories.BlogPostPageFactory(cover=image)
        withdraw(image)

        assert not waiting_for(factories.volunteer())
