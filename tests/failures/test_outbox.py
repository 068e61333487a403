"""A mail is kept from the decision to the mail server: none lost, none twice."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from home.delivery import outbox
from home.delivery.mails import send
from home.models import WaitingMail
from tests import factories

pytestmark = pytest.mark.django_db


def written() -> None:
    context = {"reminders": [], "count": 0, "home_url": "http://testserver/admin/"}
    send("moderation/mails/digest", [factories.moderator()], context)


def fail(message: EmailMultiAlternatives) -> bool:
    return False


def die(message: EmailMultiAlternatives) -> bool:
    raise KeyboardInterrupt


class TestAMail:
    def test_leaves_once_the_transaction_is_safe(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            written()
            assert not mail.outbox

        (message,) = mail.outbox
        assert isinstance(message, EmailMultiAlternatives)
        assert message.extra_headers == {"Auto-Submitted": "auto-generated"}
        assert "<html" in str(message.alternatives[0][0])
        assert not WaitingMail.objects.exists()

    def test_goes_with_the_decision_that_is_undone(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            written()
            transaction.set_rollback(True)

        assert not mail.outbox
        assert not WaitingMail.objects.exists()

    def test_of_a_process_that_died_after_its_decision_leaves_with_the_next_run(self) -> None:
        written()  # committed, and nobody there any more for what comes after

        assert outbox.send_waiting() == 1
        assert outbox.send_waiting() == 0
        assert len(mail.outbox) == 1

    def test_of_a_process_that_died_while_sending_is_not_sent_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written()
        monkeypatch.setattr(outbox, "deliver", die)
        with pytest.raises(KeyboardInterrupt):
            outbox.send_waiting()
        monkeypatch.undo()

        assert outbox.send_waiting() == 0
        assert not mail.outbox
        WaitingMail.objects.update(taken_at=timezone.now() - 2 * outbox.SENDING)
        assert outbox.send_waiting() == 0
        assert not WaitingMail.objects.exists()

    def test_is_sent_by_one_of_two_that_try(self) -> None:
        written()
        key = WaitingMail.objects.get().pk
        WaitingMail.objects.update(taken_at=timezone.now())

        assert outbox.send_one(key) == 0
        assert not mail.outbox

    def test_is_given_up_after_three_days(self, monkeypatch: pytest.MonkeyPatch) -> None:
        written()
        monkeypatch.setattr(outbox, "deliver", fail)
        assert outbox.send_waiting() == 0
        WaitingMail.objects.update(created_at=timezone.now() - outbox.KEPT - datetime.timedelta(minutes=1))

        assert outbox.send_waiting() == 0

        assert not WaitingMail.objects.exists()


class TestAServerThatIsSilent:
    def test_is_not_asked_again_by_each_mail_of_a_batch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[EmailMultiAlternatives] = []
        monkeypatch.setattr(outbox, "deliver", lambda message: bool(asked.append(message)))

        with TestCase.captureOnCommitCallbacks(execute=True):
            for _number in range(5):
                written()

        assert len(asked) == 1
        assert WaitingMail.objects.count() == 5

    def test_is_left_alone_by_a_run_after_three_refusals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[EmailMultiAlternatives] = []
        for _number in range(5):
            written()
        monkeypatch.setattr(outbox, "deliver", lambda message: bool(asked.append(message)))

        outbox.send_waiting()

        assert len(asked) == outbox.FAILURES
