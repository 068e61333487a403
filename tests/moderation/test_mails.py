"""The right people hear of a review once, in French, with what they need to go on."""

from __future__ import annotations

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from blog.models import BlogPostAuthor
from home.delivery.mail_layout import parts
from home.models import User
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import edit, post_form
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


def mail_to(person: User, mails: list[EmailMessage]) -> EmailMessage:
    """The one mail of *mails* that *person* gets."""
    (message,) = [message for message in mails if message.to == [person.email]]
    return message


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


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
        assert addresses(second) == sorted([moderator.email, writer.email])
        to_moderator = mail_to(moderator, second)
        assert str(writer) in to_moderator.body  # who submitted it, not who passed it on
        assert "« Regard du territoire » est passée" in plain(to_moderator.body)
        assert "Il reste « Relecture et contrôle »" in plain(mail_to(writer, second).body)


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


class TestWhatChanged:
    def test_is_said_of_a_first_submission(self, send: Any) -> None:
        moderator, writer = factories.moderator(), factories.volunteer()

        (message,) = send(submit, factories.BlogPostPageFactory(live=False, owner=writer), writer)

        assert message.to == [moderator.email]
        assert "C’est son premier envoi." in message.body

    def test_names_the_fields_that_changed_since_the_text_was_sent_back(self, send: Any) -> None:
        moderator, writer = factories.moderator(), factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)
        decide(page, moderator, "reject")
        text = fresh(page)
        text.introduction, text.title = "Un autre chapô.", "Un autre titre"
        text.save_revision(user=writer)

        (message,) = send(fresh(page).current_workflow_state.resume, writer)

        assert "– Titre\n– Chapô\n" in message.body
        assert "Corps" not in message.body

    def test_is_what_changed_since_publication_for_a_public_text(self, send: Any) -> None:
        factories.moderator()
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(owner=writer)
        text = fresh(page)
        text.introduction = "Un autre chapô."
        text.save_revision(user=writer)

        (message,) = send(submit, text, writer)

        assert "– Chapô\n" in message.body
        assert "premier envoi" not in message.body


class TestTheAuthors:
    """Who began a text, who submitted it, and the accounts that sign it."""

    def test_each_hear_once(self, send: Any) -> None:
        owner, submitter, signer, gone = (factories.volunteer() for _person in range(4))
        signatures = [BlogPostAuthor(author=person.author()) for person in (signer, owner, gone)]
        User.objects.filter(pk=gone.pk).update(is_active=False)
        page = factories.BlogPostPageFactory(live=False, owner=owner, author_links=signatures)
        submit(page, submitter)

        mails = send(decide, page, factories.moderator(), "reject", "Trop précis.")

        assert addresses(mails) == sorted([owner.email, submitter.email, signer.email])

    def test_get_the_editor_s_address_only_where_they_may_edit(self, send: Any) -> None:
        owner, signer = factories.volunteer(), factories.volunteer()
        signatures = [BlogPostAuthor(author=signer.author())]
        page = factories.BlogPostPageFactory(live=False, owner=owner, author_links=signatures)
        submit(page, owner)

        mails = send(decide, page, factories.moderator(), "reject", "Trop précis.")

        assert f"/admin/pages/{page.pk}/edit/" in mail_to(owner, mails).body
        assert f"/admin/pages/{page.pk}/edit/" not in mail_to(signer, mails).body

    def test_hear_of_no_act_of_their_own(self, send: Any) -> None:
        writer = factories.administrator()
        page = factories.BlogPostPageFactory(live=False, owner=writer)

        assert not send(page.get_latest_revision().publish, user=writer)
        assert not send(fresh(page).unpublish, user=writer)
        assert not send(fresh(page).delete, user=writer)


class TestAnOutcome:
    """What the authors hear when a text's way is not that of an approval."""

    def test_with_a_reason_says_it(self, send: Any) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)

        (message,) = send(decide, page, factories.moderator(), "reject", "Trop précis.")

        assert "Raison : Autre raison" in plain(message.body)
        assert "> Trop précis." in message.body

    def test_approved_for_later_says_when(self, send: Any) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        page.go_live_at = datetime.datetime(2099, 3, 12, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
        page.save_revision(user=writer)
        submit(page, writer)

        (message,) = send(decide, page, factories.moderator(), "approve")

        assert plain(message.subject).startswith("Approuvé : «")
        assert "jeudi 12 mars 2099 à 09:30" in message.body

    def test_published_directly_is_told_once_even_when_that_ends_a_review(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.administrator(first_name="Alix", last_name="")
        page = factories.BlogPostPageFactory(slug="au-marche", live=False, owner=writer)
        submit(page, writer)

        (message,) = send(fresh(page).get_latest_revision().publish, user=chief)

        assert message.to == [writer.email]
        assert "Alix a publié" in message.body
        assert "sans attendre de relecture" in message.body
        assert "s’arrête là" in message.body
        assert "/blog/au-marche/" in message.body

    def test_published_directly_says_nothing_of_a_review_where_none_was(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.administrator()
        page = factories.BlogPostPageFactory(live=False, owner=writer)

        (message,) = send(page.get_latest_revision().publish, user=chief)

        assert "s’arrête là" not in message.body

    def test_published_again_after_an_approval_is_told_again(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.administrator()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)
        assert len(send(decide, page, factories.moderator(), "approve")) == 1
        fresh(page).unpublish()

        assert len(send(fresh(page).get_latest_revision().publish, user=chief)) == 1

    def test_planned_directly_says_when(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.administrator()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)
        text = fresh(page)
        text.go_live_at = datetime.datetime(2099, 3, 12, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))

        (message,) = send(text.save_revision(user=chief).publish, user=chief)

        assert "a prévu la parution" in message.body
        assert "12 mars 2099" in message.body

    def test_of_the_clock_is_told_when_it_comes(self, send: Any) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        page.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
        page.save_revision(approved_go_live_at=page.go_live_at)

        (online,) = send(call_command, "publish_scheduled")
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
        (expired,) = send(call_command, "publish_scheduled")

        assert "vient de paraître" in online.body
        assert "n’est plus en ligne" in expired.body

    def test_cancelled_by_somebody_else_is_told(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.moderator(first_name="Nour")
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)

        (message,) = send(fresh(page).current_workflow_state.cancel, user=chief)

        assert "Nour" in message.body
        assert "redevient un brouillon" in message.body

    def test_cancelled_by_the_author_is_told_to_nobody(self, send: Any) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)
        submit(page, writer)

        assert not send(fresh(page).current_workflow_state.cancel, user=writer)

    def test_cancelled_on_a_public_page_is_told_too(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.moderator()
        page = factories.BlogPostPageFactory(owner=writer)
        submit(page, writer)

        assert len(send(fresh(page).current_workflow_state.cancel, user=chief)) == 1

    def test_taken_down_or_deleted_is_told(self, send: Any) -> None:
        writer, chief = factories.volunteer(), factories.administrator(first_name="Alix", last_name="")
        page = factories.BlogPostPageFactory(title="Au marché", owner=writer)

        (down,) = send(fresh(page).unpublish, user=chief)
        (deleted,) = send(fresh(page).delete, user=chief)

        assert "Alix a retiré « Au marché » du site" in plain(down.body)
        assert "Alix a supprimé « Au marché » (billet)" in plain(deleted.body)
        assert f"/admin/pages/{page.pk}/" not in deleted.body

    def test_that_nobody_signed_is_told_to_nobody(self, send: Any) -> None:
        """What the demonstration, an import or a migration does."""
        page = factories.BlogPostPageFactory(live=False, owner=factories.volunteer())

        assert not send(page.get_latest_revision().publish)
        assert not send(fresh(page).unpublish)
        assert not send(fresh(page).delete)


class TestACorrectionDuringTheReview:
    def test_is_told_once_with_what_changed(
        self, send: Any, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer, moderator = factories.volunteer(territory), factories.moderator()
        page = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)
        submit(page, writer)
        client = sign_in(moderator)
        form = post_form(title=page.title, territory=territory)

        def correct(introduction: str) -> None:
            answer = edit(client, fresh(page), form | {"slug": page.slug, "introduction": introduction})
            assert answer.status_code == 302

        first, second = send(correct, "Un chapô corrigé."), send(correct, "Un chapô corrigé encore.")

        (message,) = first
        assert message.to == [writer.email]
        assert "– Chapô" in message.body
        assert not second


class TestEveryMail:
    def test_says_why_one_gets_it_in_text_and_html(self, send: Any) -> None:
        writer, moderator = factories.volunteer(), factories.moderator()
        page = factories.BlogPostPageFactory(live=False, owner=writer, title="Un <b>titre</b>")

        mails = [*send(submit, page, writer), *send(decide, page, moderator, "reject", "Voir\n<i>ici</i>")]

        for message in mails:
            html = message.alternatives[0][0]
            assert "Pourquoi je reçois ce message" in message.body.rpartition("\n-- \n")[2]
            assert "Pourquoi je reçois ce message" in html
            assert "<b>titre" not in html
            assert "<i>ici" not in html
            assert not re.findall(r"<(?:img|script|link)|url\(", html), "nothing to fetch"
            assert message.extra_headers["Auto-Submitted"] == "auto-generated"
            assert "\n\n\n" not in message.body

    def test_has_the_thing_to_do_as_a_button(self, send: Any) -> None:
        factories.moderator()
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(live=False, owner=writer)

        (message,) = send(submit, page, writer)

        button = BeautifulSoup(message.alternatives[0][0], "html.parser").find("a", class_="button")
        assert button is not None
        assert button.text == "Lire le texte et répondre"
        assert button["href"].endswith(f"/admin/relecture/{page.pk}/")

    def test_makes_no_button_of_somebody_else_s_address(self) -> None:
        (part,) = parts("Votre mot de passe expire :\nhttps://ailleurs.invalid/")

        assert part.kind == "text"


class ServerThatIsDown:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError
