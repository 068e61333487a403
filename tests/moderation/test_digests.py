"""The reminder of the day: nothing forgotten, nothing twice, nobody woken up."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, TaskState

from home.delivery.outbox import send_waiting
from home.models import Claim, Digest, ModerationSettings, User, WaitingMail
from home.moderation.digests import send_digests
from home.moderation.queue import HOOK, QueueItem
from practices.models import TerritoryPage
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
REMINDER_DAYS = 3


class Clock:
    """What the site takes for now; days go by when the test says so."""

    def __init__(self) -> None:
        today = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
        self.now = today

    def __call__(self) -> datetime.datetime:
        return self.now

    def at(self, hour: int) -> None:
        self.now = self.now.replace(hour=hour)

    def days_pass(self, days: float) -> None:
        self.now += days * DAY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def waiting(
    days: float, owner: User | None = None, make: Any = factories.BlogPostPageFactory, **fields: Any
) -> Page:
    """A text that has waited for *days*."""
    writer = owner or factories.volunteer()
    page = make(live=False, owner=writer, **fields)
    page.get_workflow().start(page, writer)
    TaskState.objects.filter(workflow_state__object_id=str(page.pk)).update(
        started_at=timezone.now() - days * DAY
    )
    return page


def claimed(page: Page, person: User, days: float = 0) -> None:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    Claim.objects.create(task_state_id=state.pk, person=person, since=timezone.now() - days * DAY)


def sent() -> list[EmailMessage]:
    """The digests that one run sends."""
    before = len(mail.outbox)
    with TestCase.captureOnCommitCallbacks(execute=True):
        send_digests()
    return mail.outbox[before:]


@pytest.fixture
def item() -> Iterator[list[QueueItem]]:
    """Put something else into the editors' queue."""
    items: list[QueueItem] = []
    with hooks.register_temporarily(HOOK, lambda user: items):
        yield items


class TestADigest:
    def test_names_what_has_waited_too_long(self, clock: Clock) -> None:
        reviewer = factories.moderator(first_name="Nour")
        late = waiting(3.5, title="L’heure du thé")
        waiting(1, title="D’hier")

        (message,) = sent()

        assert message.to == [reviewer.email]
        assert message.subject == "Une chose vous attend"
        assert "L’heure du thé" in message.body
        assert f"http://testserver/admin/relecture/{late.pk}/" in message.body
        assert "D’hier" not in message.body
        assert "<li>" in message.alternatives[0][0]

    def test_is_one_a_day(self, clock: Clock) -> None:
        factories.moderator()
        waiting(4)
        assert len(sent()) == 1
        waiting(4)

        clock.at(15)
        assert not sent()
        clock.days_pass(1)
        assert len(sent()) == 1

    def test_reminds_of_the_same_text_after_the_delay_only(self, clock: Clock) -> None:
        factories.moderator()
        waiting(4)
        days = []

        for day in range(8):
            days += [day] if sent() else []
            clock.days_pass(1)

        assert days == [0, REMINDER_DAYS, 2 * REMINDER_DAYS]

    def test_tells_everything_at_once_after_a_week_without_runs(self, clock: Clock) -> None:
        factories.moderator()
        waiting(1, title="Premier")
        waiting(0, title="Second")
        clock.days_pass(7)

        (message,) = sent()

        assert message.body.index("Premier") < message.body.index("Second")

    @pytest.mark.parametrize(("hour", "mails"), [(3, 0), (6, 0), (7, 1), (22, 1)])
    def test_leaves_from_seven_o_clock_on(self, clock: Clock, hour: int, mails: int) -> None:
        factories.moderator()
        waiting(6)

        clock.at(hour)

        assert len(sent()) == mails

    def test_is_not_sent_about_nothing(self, clock: Clock) -> None:
        factories.moderator()
        waiting(1)

        assert not sent()
        assert not Digest.objects.exists()

    def test_is_tried_again_when_it_could_not_leave(self, clock: Clock, settings: Any) -> None:
        factories.moderator()
        waiting(4)
        WaitingMail.objects.all().delete()  # of the submission itself
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "tests.moderation.test_mails.ServerThatIsDown"
        assert not sent()

        settings.EMAIL_BACKEND = working
        assert not sent(), "it is written, and waits"

        assert send_waiting() == 1
        assert not send_waiting()

    def test_is_forgotten_after_a_while(self, clock: Clock) -> None:
        Digest.objects.create(person=factories.moderator(), day=timezone.localdate() - 90 * DAY)

        call_command("run_periodic")

        assert not Digest.objects.exists()

    def test_follows_the_settings(self, clock: Clock) -> None:
        settings = ModerationSettings.main()
        settings.reminder_days = 10
        settings.save()
        factories.moderator()
        waiting(9)

        assert not sent()


class TestWhoIsReminded:
    def test_nobody_of_their_own_text(self, clock: Clock) -> None:
        writer, other = factories.moderator(), factories.moderator()
        waiting(4, writer)

        assert [message.to for message in sent()] == [[other.email]]

    def test_nobody_who_has_left(self, clock: Clock) -> None:
        factories.moderator(is_active=False)
        waiting(4)

        assert not sent()

    def test_only_the_person_who_took_it(self, clock: Clock) -> None:
        nour, _paul = factories.moderator(), factories.moderator()
        claimed(waiting(4), nour, days=1)

        assert [message.to for message in sent()] == [[nour.email]]

    def test_everybody_again_once_a_claim_is_stale(self, clock: Clock) -> None:
        nour, _paul = factories.moderator(), factories.moderator()
        claimed(waiting(9), nour, days=4)

        assert len(sent()) == 2

    def test_the_referents_of_the_territory_at_its_step(self, clock: Clock, territory: TerritoryPage) -> None:
        local = factories.referent(territory)
        factories.referent(factories.TerritoryPageFactory())
        factories.moderator()
        factories.administrator()
        waiting(4, make=factories.PracticePageFactory, territory=territory)

        assert [message.to for message in sent()] == [[local.email]]

    def test_the_administrators_when_no_referent_is_left(
        self, clock: Clock, territory: TerritoryPage
    ) -> None:
        local, chief = factories.referent(territory), factories.administrator()
        factories.moderator()
        waiting(4, make=factories.PracticePageFactory, territory=territory)
        User.objects.filter(pk=local.pk).update(is_active=False)

        assert [message.to for message in sent()] == [[chief.email]]


class TestTheQueue:
    def test_is_recalled_to_editors_when_it_is_old_or_its_limit_near(
        self, clock: Clock, item: list[QueueItem], territory: TerritoryPage
    ) -> None:
        editor = factories.moderator()
        factories.referent(territory)
        now = clock.now
        item += [
            QueueItem("Signalement", "Ancien", "/admin/a/", now - 4 * DAY),
            QueueItem("Signalement", "Récent", "/admin/b/", now - DAY),
            QueueItem("Droit de réponse", "Demain", "/admin/c/", now - DAY, now + DAY / 2),
            QueueItem("Droit de réponse", "Manqué", "/admin/d/", now - DAY, now - DAY / 2),
        ]

        (message,) = sent()

        assert message.to == [editor.email]
        assert "Récent" not in message.body
        assert message.body.index("Manqué (en retard)") < message.body.index("Demain")
        assert "http://testserver/admin/a/" in message.body

    def test_is_recalled_again_once_a_limit_is_missed(self, clock: Clock, item: list[QueueItem]) -> None:
        factories.moderator()
        item.append(
            QueueItem("Droit de réponse", "Réponse", "/admin/c/", clock.now - DAY, clock.now + DAY / 2)
        )

        assert len(sent()) == 1
        clock.days_pass(1)
        assert len(sent()) == 1
        clock.days_pass(1)
        assert not sent()
