"""The right people hear of a review once, in French, with what they need to go on."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from home.models import User
from practices.models import TerritoryPage
from tests import factories
from tests.reviewing import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Do something, and give the mails that left because of it."""

    def sent(action: Any, *arguments: Any, **named: Any) -> list[EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(*arguments, **named)
        return mail.outbox[before:]

    return sent


def submit(page: Page, user: User) -> None:
    page.get_workflow().start(page, user)


def decide(page: Page, user: User, decision: str, comment: str = "") -> None:
    decided(page, user, decision, comment)


def addresses(mails: list[EmailMessage]) -> list[str]:
    return sorted(address for message in mails for address in message.to)


class TestASubmission:
    def test_of_a_post_reaches_moderators_and_administrators_once(self, send: Any) -> None:
        reviewers = [factories.moderator(), factories.moderator(), factories.administrator()]
        reviewers[0].groups.add(reviewers[2].groups.get())  # in both groups: still one mail
        User.objects.create_superuser("total@exemple.invalid")
        factories.moderator(is_active=False)
        factories.volunteer()
        writer = factories.volunteer()

        mails = send(submit, factories.BlogPostPageFactory(live=False, owner=writer), writer)

        assert addresses(mails) == sorted(person.email for person in reviewers)

    def test_says_who_what_and_where_to_answer(self, send: Any) -> None:
        factories.moderator(first_name="Mariam")
        writer = factories.volunteer(first_name="Tom", last_name="Ebert")
        page = factories.BlogPostPageFactory(title="L’heure du thé & du café", live=False, owner=writer)

        (message,) = send(submit, page, writer)

        assert message.subject.replace("\N{NO-BREAK SPACE}", " ") == "À relire : « L’heure du thé & du café »"
        assert message.body.startswith("Bonjour Mariam,\n")
        assert "Tom Ebert a soumis" in message.body
        assert "L’heure du thé & du café" in message.body
        assert f"http://testserver/admin/relecture/{page.pk}/" in message.body

    def test_is_not_told_to_the_reviewer_who_wrote_it(self, send: Any) -> None:
        writer, other = factories.moderator(), factories.moderator()

        mails = send(submit, factories.BlogPostPageFactory(live=False, owner=writer), writer)

        assert addresses(mails) == [other.email]

    def test_of_a_sheet_reaches_the_territory_first_then_the_moderators(
        self, send: Any, territory: TerritoryPage
    ) -> None:
        local, moderator, writer = (
            factories.referent(territory),
            factories.moderator(),
            factories.volunteer(territory),
        )
        factories.referent(factories.TerritoryPageFactory())
        sheet = factories.PracticePageFactory(live=False, owner=writer, territory=territory)

        first = send(submit, sheet, writer)
        second = send(decide, sheet, local, "approve")

        assert addresses(first) == [local.email]
        assert addresses(second) == [moderator.email]
        assert str(writer) in second[0].body  # who submitted it, not who passed it on


class TestADecision:
    def test_to_publish_is_told_with_the_comment_and_the_public_address(self, send: Any) -> None:
        moderator, writer = factories.moderator(first_name="Mariam"), factories.volunteer(first_name="Tom")
        page = factories.BlogPostPageFactory(slug="au-marche", live=False, owner=writer)
        submit(page, writer)

        (message,) = send(decide, page, moderator, "approve", "Merci, c’est beau.")

        assert message.to == [writer.email]
        assert message.body.startswith("Bonjour Tom,\n")
        assert "Merci, c’est beau." in message.body
        assert "/blog/au-marche/" in message.body

    def test_to_ask_for_changes_is_told_with_the_reason_and_the_editor_s_address(self, send: Any) -> None:
        moderator, writer = factories.moderator(), factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)

        (message,) = send(decide, page, moderator, "reject", "Le prénom de l’hôtesse est de trop.")

        assert message.to == [writer.email]
        assert "Le prénom de l’hôtesse est de trop." in message.body
        assert f"http://testserver/admin/pages/{page.pk}/edit/" in message.body

    def test_never_sounds_like_wagtail(self, send: Any) -> None:
        moderator, writer = factories.moderator(), factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)

        mails = [*send(submit, page, writer), *send(decide, page, moderator, "approve")]

        assert len(mails) == 2
        assert not [message for message in mails if "workflow" in message.body or "Salut" in message.body]

    def test_stands_when_the_mail_server_is_down(self, send: Any, settings: Any) -> None:
        settings.EMAIL_BACKEND = "tests.moderation.test_mails.ServerThatIsDown"
        moderator, writer = factories.moderator(), factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)

        send(decide, page, moderator, "approve")

        page.refresh_from_db()
        assert page.live


class ServerThatIsDown:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError
