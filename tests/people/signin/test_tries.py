"""Guessing a password: held back, without keeping anybody else out, and without telling who has an account."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.models import KnownBrowser, User
from home.privacy.retention import forget_what_is_over
from tests import factories
from tests.people.signin.people import CHROME, ELSEWHERE, HOME, WRONG, at, enter, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.volunteer(email="lune@exemple.invalid")


def guess(times: int, email: str, address: str = ELSEWHERE) -> list[int]:
    return [enter(at(address), email, f"{WRONG} {number}").status_code for number in range(times)]


class TestWrongPasswords:
    def test_are_held_back_after_a_few(self, owner: User) -> None:
        assert guess(7, owner.email) == [200] * 5 + [429] * 2

    def test_hold_back_the_right_one_too(self, owner: User) -> None:
        guess(6, owner.email)
        client = at(ELSEWHERE)

        assert enter(client, owner.email).status_code == 429
        assert not is_in(client)

    def test_are_answered_with_when_to_try_again_and_what_was_typed(self, owner: User) -> None:
        guess(6, owner.email)

        answer = enter(at(ELSEWHERE), owner.email, WRONG)

        page = answer.content.decode()
        assert "Trop d’essais. Vous pourrez recommencer à " in page
        assert f'value="{owner.email}"' in page
        assert WRONG not in page
        assert 0 < int(answer["Retry-After"]) <= 15 * 60 + 1

    def test_count_however_the_address_is_written(self, owner: User) -> None:
        statuses = [
            enter(at(ELSEWHERE), name, WRONG).status_code
            for name in ["lune@exemple.invalid", "LUNE@exemple.invalid", " Lune@Exemple.invalid "] * 2
        ]

        assert statuses[-1] == 429

    def test_are_forgotten_after_a_while(self, owner: User) -> None:
        guess(6, owner.email)
        AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))

        assert enter(at(ELSEWHERE), owner.email).status_code == 302

    def test_are_forgiven_by_the_right_one(self, owner: User) -> None:
        guess(4, owner.email)
        enter(at(ELSEWHERE), owner.email)

        assert guess(5, owner.email) == [200] * 5

    def test_do_not_hold_longer_for_going_on(self, owner: User) -> None:
        guess(6, owner.email)
        AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
        guess(3, owner.email)
        AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))

        assert guess(1, owner.email) == [200]

    def test_are_counted_before_any_is_compared(self, owner: User) -> None:
        """Many at the same moment would else all be compared before the first is counted."""
        seen = []
        with mock.patch.object(
            User,
            "check_password",
            lambda *args: seen.append(AccessAttempt.objects.get().failures_since_start),
        ):
            guess(3, owner.email)

        assert seen == [1, 2, 3]


class TestAnAttacker:
    def test_elsewhere_does_not_keep_the_owner_out(self, owner: User) -> None:
        assert guess(100, owner.email)[-1] == 429
        client = at(HOME)

        assert enter(client, owner.email).status_code == 302
        assert is_in(client)

    def test_with_many_addresses_keeps_out_strangers_and_no_known_browser(self, owner: User) -> None:
        known = at(HOME)
        enter(known, owner.email)
        known.post(reverse("wagtailadmin_logout"))
        statuses = [guess(5, owner.email, f"203.0.{number}.9")[-1] for number in range(12)]

        assert statuses[-1] == 429
        assert enter(at("192.0.2.1"), owner.email).status_code == 429
        assert enter(known, owner.email).status_code == 302

    def test_of_an_account_behind_the_same_address_keeps_out_no_known_browser(self, owner: User) -> None:
        known = at(HOME)
        enter(known, owner.email)
        known.post(reverse("wagtailadmin_logout"))
        guess(6, owner.email, HOME)

        assert enter(known, owner.email).status_code == 302

    def test_with_a_browser_of_their_own_gains_nothing(self, owner: User) -> None:
        mine = factories.volunteer()
        browser = at(ELSEWHERE)
        enter(browser, mine.email)
        browser.post(reverse("wagtailadmin_logout"))

        statuses = [enter(browser, owner.email, WRONG).status_code for _number in range(6)]

        assert statuses == [200] * 5 + [429]

    def test_with_one_address_and_many_accounts_is_slowed(self) -> None:
        statuses = [guess(1, f"personne{number}@exemple.invalid")[0] for number in range(35)]

        assert statuses == [200] * 30 + [429] * 5

    def test_does_not_change_address_within_their_network(self, owner: User) -> None:
        statuses = [guess(1, owner.email, f"2001:db8:1:2::{number:x}")[0] for number in range(1, 8)]

        assert statuses[-1] == 429

    def test_does_not_choose_their_address_behind_the_proxy(self, owner: User, settings: object) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]

        statuses = [
            enter(
                Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {ELSEWHERE}"),
                owner.email,
                WRONG,
            ).status_code
            for number in range(6)
        ]

        assert statuses[-1] == 429

    def test_is_left_behind_by_whoever_has_a_new_password_by_mail(self, owner: User) -> None:
        guess(6, owner.email, HOME)
        client = at(HOME)
        client.post(reverse("account_reset_password"), {"email": owner.email})
        link = next(line for line in mail.outbox[0].body.splitlines() if "/lien/" in line)
        form = client.get(link.removeprefix("http://testserver"), follow=True)
        phrase = "une toute nouvelle phrase"
        client.post(form.request["PATH_INFO"], {"password1": phrase, "password2": phrase})

        assert enter(client, owner.email, phrase).status_code == 302

    def test_knowing_the_password_of_a_closed_account_learns_nothing(self, owner: User) -> None:
        owner.is_active = False
        owner.save()

        right, wrong = enter(at(), owner.email), enter(at(), owner.email, WRONG)

        assert right.status_code == wrong.status_code == 200
        assert right.context["form"].errors == wrong.context["form"].errors

    def test_is_sent_to_no_other_site(self, owner: User) -> None:
        answer = enter(at(), owner.email, next="https://malveillant.invalid/")

        assert answer["Location"] == "/admin/"


class TestKnownAndUnknownAddresses:
    """The same words, the same queries, the same work; a watch would tell less."""

    def work(self, email: str) -> tuple[int, int, str]:
        """Queries, passwords hashed, and the answer."""
        client = at()
        client.get("/admin/login/")
        with (
            mock.patch.object(
                MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
            ) as hashed,
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            answer = enter(client, email, WRONG)
        page = answer.content.decode().replace(email, "…")
        token = answer.context["csrf_token"]
        return len(queries), hashed.call_count, page.replace(str(token), "…")

    def test_get_the_same_answer_and_the_same_work(self, owner: User) -> None:
        known, unknown = self.work(owner.email), self.work("nobody@exemple.invalid")

        assert known[:2] == unknown[:2]
        assert known[1] == 1
        assert len(known[2]) == len(unknown[2])

    def test_without_a_password_get_it_too(self, owner: User) -> None:
        User.objects.filter(pk=owner.pk).update(password="!")

        assert self.work(owner.email)[:2] == self.work("nobody@exemple.invalid")[:2]


class TestWhatIsKept:
    def test_names_nobody_and_no_place(self, owner: User) -> None:
        guess(2, owner.email)
        enter(at(HOME, CHROME), owner.email)

        kept = str([*AccessAttempt.objects.values(), *KnownBrowser.objects.values()])

        assert AccessAttempt.objects.exists()
        for word in (owner.email, ELSEWHERE, HOME, "Chrome", "Firefox", WRONG):
            assert word not in kept

    def test_is_forgotten(self, owner: User) -> None:
        guess(1, owner.email)
        enter(at(HOME), owner.email)
        AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(days=2))
        KnownBrowser.objects.update(seen_at=timezone.now() - datetime.timedelta(days=366))

        forget_what_is_over()

        assert not AccessAttempt.objects.exists()
        assert not KnownBrowser.objects.exists()

    def test_is_kept_while_it_serves(self, owner: User) -> None:
        guess(1, owner.email)
        enter(at(HOME), owner.email)

        forget_what_is_over()

        assert AccessAttempt.objects.exists()
        assert KnownBrowser.objects.exists()

    def test_is_no_second_list_of_addresses(self, owner: User) -> None:
        enter(at(HOME), owner.email)
        at().post(reverse("account_reset_password"), {"email": owner.email})

        assert not EmailAddress.objects.exists()

    def test_is_not_written_to_the_log(self, owner: User, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG")
        guess(6, owner.email)

        assert "held back" in caplog.text
        for word in (owner.email, ELSEWHERE, WRONG):
            assert word not in caplog.text
