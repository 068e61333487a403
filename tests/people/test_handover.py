"""Drafts left behind reach the moderators once, and leave their queue when somebody has dealt with them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.models import Mission, User
from home.moderation.queue import QueueItem, waiting_for
from home.people.handover import hand_over_drafts, left_drafts, take_over
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.people.missions import GRACE, day, departed_volunteer, volunteer_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return factories.moderator()


@pytest.fixture
def gone(territory: TerritoryPage) -> User:
    """Somebody who has signed in at least once."""
    return departed_volunteer(territory, last_login=timezone.now(), first_name="Inès")


@pytest.fixture
def draft(gone: User, territory: TerritoryPage) -> Page:
    page: Page = factories.BlogPostPageFactory(
        title="Jamais fini", owner=gone, territory=territory, live=False
    )
    return page


def run(send_mails: Any) -> list[Any]:
    """The mails of one run of the job."""
    before = len(mail.outbox)
    with send_mails(execute=True):
        hand_over_drafts()
    return list(mail.outbox[before:])


def queue(moderator: User) -> list[QueueItem]:
    return [item for item in waiting_for(moderator) if item.kind == "Brouillon laissé"]


class TestTheJob:
    def test_tells_the_moderators_and_thanks_the_person(
        self, gone: User, draft: Page, moderator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        factories.UserFactory(group="Modérateur·rices", is_active=False)

        messages = run(django_capture_on_commit_callbacks)

        to_moderator, to_volunteer = messages
        assert to_moderator.to == [moderator.email]
        assert "Jamais fini" in to_moderator.body
        assert reverse("left_draft", args=[draft.pk]) in to_moderator.body
        assert to_volunteer.to == [gone.email]
        assert "Merci" in to_volunteer.body
        assert "Jamais fini" in to_volunteer.body
        assert Mission.objects.get(author__user=gone).handed_over_at

    def test_sends_nothing_a_second_time(
        self, draft: Page, moderator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        assert len(run(django_capture_on_commit_callbacks)) == 2
        assert run(django_capture_on_commit_callbacks) == []

    def test_writes_to_each_moderator_once_for_all_missions(
        self,
        draft: Page,
        moderator: User,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        other = departed_volunteer(territory)
        factories.BlogPostPageFactory(title="Un autre", owner=other, territory=territory, live=False)

        messages = run(django_capture_on_commit_callbacks)

        (digest,) = [message for message in messages if message.to == [moderator.email]]
        assert "Jamais fini" in digest.body
        assert "Un autre" in digest.body

    @pytest.mark.parametrize(("end", "due"), [(-GRACE, False), (-GRACE - 1, True), (-GRACE - 8, True)])
    def test_waits_for_the_end_of_the_grace_time_and_may_be_late(
        self, territory: TerritoryPage, end: int, due: bool
    ) -> None:
        volunteer_on(territory, -200, end)

        assert hand_over_drafts() == int(due)

    def test_leaves_the_drafts_of_whoever_is_on_another_mission(
        self, gone: User, draft: Page, moderator: User
    ) -> None:
        factories.MissionFactory(author=gone.author())

        assert hand_over_drafts() == 0
        assert queue(moderator) == []

    def test_leaves_the_drafts_of_whoever_has_another_role(self, moderator: User) -> None:
        person = factories.moderator()
        factories.MissionFactory(author=factories.AuthorFactory(user=person), start=day(-300), end=day(-100))

        assert hand_over_drafts() == 0

    def test_writes_to_nobody_about_a_mission_of_long_ago_without_account(
        self, moderator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        mission = factories.MissionFactory(start=day(-900), end=day(-700))

        assert run(django_capture_on_commit_callbacks) == []
        mission.refresh_from_db()
        assert mission.handed_over_at

    def test_does_not_write_to_a_closed_account(
        self, gone: User, draft: Page, moderator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        User.objects.filter(pk=gone.pk).update(is_active=False)

        (message,) = run(django_capture_on_commit_callbacks)

        assert message.to == [moderator.email]

    def test_tells_the_administrators_where_there_is_no_moderator(
        self, gone: User, draft: Page, django_capture_on_commit_callbacks: Any
    ) -> None:
        administrator = factories.administrator()

        messages = run(django_capture_on_commit_callbacks)

        assert administrator.email in {address for message in messages for address in message.to}

    def test_will_run_again_for_a_mission_that_was_prolonged(self, gone: User) -> None:
        hand_over_drafts()
        mission = Mission.objects.get(author__user=gone)

        mission.end = day(10)
        mission.save()

        mission.refresh_from_db()
        assert mission.handed_over_at is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
def test_a_second_run_waits_for_the_rows_of_the_first_then_asks_again(gone: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        hand_over_drafts()

    locking = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    assert len(locking) == 1
    assert '"handed_over_at" IS NULL' in locking[0]


class TestTheQueue:
    def test_holds_what_was_left(self, draft: Page, moderator: User) -> None:
        assert queue(moderator) == []

        hand_over_drafts()

        (item,) = queue(moderator)
        assert item.title == "Jamais fini"
        assert item.url == reverse("left_draft", args=[draft.pk])

    def test_holds_unpublished_changes_too(
        self, gone: User, moderator: User, territory: TerritoryPage
    ) -> None:
        page = factories.BlogPostPageFactory(owner=gone, territory=territory)
        page.title = "Une suite"
        page.save_revision(user=gone)
        territory.introduction = "Un autre chapô"
        territory.save_revision(user=gone)
        hand_over_drafts()

        assert [item.title for item in queue(moderator)] == ["Liège", "Une suite"]

    @pytest.mark.parametrize("how", ["published", "deleted", "submitted", "new mission"])
    def test_lets_go_of_what_was_dealt_with(self, gone: User, draft: Page, moderator: User, how: str) -> None:
        hand_over_drafts()
        ways = {
            "published": lambda: draft.get_latest_revision().publish(),
            "deleted": draft.delete,
            "submitted": lambda: draft.get_workflow().start(draft, moderator),
            "new mission": lambda: factories.MissionFactory(author=gone.author()),
        }

        ways[how]()

        assert queue(moderator) == []

    def test_costs_the_same_however_many_have_left(
        self, territory: TerritoryPage, moderator: User, django_assert_max_num_queries: Any
    ) -> None:
        for _number in range(4):
            person = departed_volunteer(territory)
            factories.BlogPostPageFactory(owner=person, territory=territory, live=False)
        hand_over_drafts()

        with django_assert_max_num_queries(6):
            assert len(left_drafts()) == 4


class TestTakingOver:
    @pytest.fixture
    def client(self, sign_in: SignIn, draft: Page, moderator: User) -> Client:
        hand_over_drafts()
        return sign_in(moderator)

    def test_makes_the_moderator_the_one_who_looks_after_it(
        self, client: Client, draft: Page, moderator: User
    ) -> None:
        screen = client.get(reverse("left_draft", args=[draft.pk])).content.decode()
        answer = client.post(reverse("left_draft", args=[draft.pk]))

        assert "Jamais fini" in screen
        assert "Je le reprends" in screen
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
        draft.refresh_from_db()
        assert draft.owner == moderator
        assert queue(moderator) == []

    def test_leaves_the_signature(self, client: Client, draft: Page) -> None:
        before = [link.author_id for link in draft.specific.author_links.all()]

        client.post(reverse("left_draft", args=[draft.pk]))

        newest = Page.objects.get(pk=draft.pk).get_latest_revision_as_object()
        assert [link.author_id for link in newest.author_links.all()] == before

    def test_happens_once(self, client: Client, draft: Page, moderator: User, sign_in: SignIn) -> None:
        other = factories.moderator()
        assert take_over(draft, other)

        answer = client.post(reverse("left_draft", args=[draft.pk]), follow=True)

        assert "attend plus" in answer.content.decode()
        assert not take_over(draft, moderator)
        draft.refresh_from_db()
        assert draft.owner == other

    @pytest.mark.parametrize("maker", [factories.volunteer, factories.referent])
    def test_is_for_editors_alone(self, sign_in: SignIn, client: Client, draft: Page, maker: Any) -> None:
        answer = sign_in(maker()).post(reverse("left_draft", args=[draft.pk]), follow=True)

        assert "Jamais fini" not in answer.content.decode()
        owner = draft.owner
        draft.refresh_from_db()
        assert draft.owner == owner
