"""A forgotten password: a link that opens once and for an hour, and that tells nobody who has an account."""

from __future__ import annotations

import datetime
import re
import smtplib
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.delivery import outbox
from home.models import User
from tests import factories
from tests.people.signin.people import ELSEWHERE, at, enter, give_application, is_in

pytestmark = pytest.mark.django_db
PHRASE = "une toute nouvelle phrase"


@pytest.fixture
def owner() -> User:
    return factories.volunteer(email="lune@exemple.invalid")


def ask(email: str, client: Client | None = None) -> Any:
    return (client or at()).post(reverse("account_reset_password"), {"email": email})


def link_of(owner: User) -> str:
    mail.outbox.clear()
    ask(owner.email)
    found = re.search(r"http://testserver(\S+/lien/\S+)", mail.outbox[0].body)
    assert found
    return found[1]


def choose(link: str, client: Client | None = None) -> Any:
    client = client or at()
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": PHRASE, "password2": PHRASE}, follow=True)


class TestTheLink:
    def test_opens_once(self, owner: User) -> None:
        link = link_of(owner)
        choose(link)

        again = choose(link)

        assert "ne s’ouvre plus" in again.content.decode()
        owner.refresh_from_db()
        assert owner.check_password(PHRASE)

    def test_ends_the_others(self, owner: User) -> None:
        first, second = link_of(owner), link_of(owner)
        choose(second)

        assert "ne s’ouvre plus" in at().get(first, follow=True).content.decode()

    def test_ends_with_a_sign_in(self, owner: User) -> None:
        link = link_of(owner)
        enter(at(), owner.email)

        assert "ne s’ouvre plus" in at().get(link, follow=True).content.decode()

    @pytest.mark.parametrize(("minutes", "opens"), [(59, True), (61, False)])
    def test_opens_for_an_hour(self, owner: User, minutes: int, opens: bool) -> None:
        link = link_of(owner)
        later = datetime.datetime.now() + datetime.timedelta(minutes=minutes)  # noqa: DTZ005  # Django's own clock
        with mock.patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later):
            page = at().get(link, follow=True).content.decode()

        assert ("Votre nouveau mot de passe" in page) is opens

    def test_does_not_stand_in_the_address_of_the_form(self, owner: User) -> None:
        link = link_of(owner)

        form = at().get(link, follow=True)

        assert form.request["PATH_INFO"].endswith("-set-password/")
        assert "no-store" in form["Cache-Control"]

    def test_leads_to_this_site_whatever_host_is_claimed(self, owner: User) -> None:
        at().post(reverse("account_reset_password"), {"email": owner.email}, headers={"host": "localhost"})

        assert f"{settings.WAGTAILADMIN_BASE_URL}/admin/password_reset/lien/" in mail.outbox[0].body

    def test_signs_out_everywhere(self, owner: User) -> None:
        intruder = at(ELSEWHERE)
        enter(intruder, owner.email)

        choose(link_of(owner))

        assert not is_in(intruder)

    def test_does_not_pass_over_the_second_factor(self, owner: User) -> None:
        give_application(owner)
        choose(link_of(owner))

        client = at()
        assert enter(client, owner.email, PHRASE)["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)

    def test_does_not_pass_over_a_weak_password(self, owner: User) -> None:
        client = at()
        form = client.get(link_of(owner), follow=True)

        answer = client.post(form.request["PATH_INFO"], {"password1": "court", "password2": "court"})

        assert answer.context["form"].errors["password1"]

    def test_is_told_of_once_it_was_used(self, owner: User) -> None:
        choose(link_of(owner))

        assert "par le lien d’un courrier" in mail.outbox[-1].body

    def test_of_wagtail_is_closed(self) -> None:
        assert at().get("/admin/password_reset/confirm/MQ/set-password/").status_code == 404

    def test_goes_to_nobody_who_was_invited_and_has_no_password_yet(self, owner: User) -> None:
        owner.set_unusable_password()
        owner.save()

        ask(owner.email)

        assert not mail.outbox

    def test_goes_to_no_closed_account(self, owner: User) -> None:
        owner.is_active = False
        owner.save()

        ask(owner.email)

        assert not mail.outbox


class TestAsking:
    def test_has_one_answer_for_all(self, owner: User) -> None:
        known, unknown = ask(owner.email), ask("personne@exemple.invalid")

        assert known["Location"] == unknown["Location"]
        assert [message.to for message in mail.outbox] == [[owner.email]]

    def test_does_the_same_before_the_answer_leaves_for_all(self, owner: User) -> None:
        """No account is looked for, no mail is written, before the last byte is out."""

        def work(email: str) -> tuple[int, int]:
            mail.outbox.clear()
            with (
                mock.patch(
                    "django.http.response.HttpResponseBase.close"
                ),  # what a server does after the answer
                CaptureQueriesContext(connection) as queries,
            ):
                ask(email)
            return len(queries), len(mail.outbox)

        assert work(owner.email) == work("personne@exemple.invalid") == (0, 0)

    def test_survives_a_mail_server_that_is_down(self, owner: User) -> None:
        with mock.patch.object(EmailMultiAlternatives, "send", side_effect=smtplib.SMTPServerDisconnected):
            assert ask(owner.email).status_code == 302
        assert not mail.outbox

        outbox.forget_silence()
        outbox.send_waiting()

        assert [message.to for message in mail.outbox] == [[owner.email]]

    def test_survives_what_nobody_thought_of(self, owner: User, caplog: pytest.LogCaptureFixture) -> None:
        with mock.patch("home.people.signin.notices.compose", side_effect=RuntimeError("rien")):
            assert ask(owner.email).status_code == 302

        assert "could not be sent" in caplog.text

    def test_too_often_fills_no_mailbox_and_keeps_what_was_typed(self, owner: User) -> None:
        answers = [ask(owner.email, at(f"192.0.2.{number}")) for number in range(7)]

        assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
        assert len(mail.outbox) == 5
        assert f'value="{owner.email}"' in answers[-1].content.decode()
        assert "Trop de demandes" in answers[-1].content.decode()

    def test_for_many_from_one_address_is_slowed(self) -> None:
        statuses = [ask(f"personne{number}@exemple.invalid").status_code for number in range(22)]

        assert statuses[-1] == 429
