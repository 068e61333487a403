"""« Je m’en occupe »: two people don’t read the same text, and nothing is stuck because somebody took it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from home.models import Claim, User
from home.moderation.claiming import ClaimRefusedError, claim_state, take
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.reviewing import decided

pytestmark = pytest.mark.django_db
HOME = "wagtailadmin_home"


def waiting(owner: User | None = None, **fields: Any) -> Page:
    """A post that waits for its review."""
    writer = owner or factories.volunteer()
    page = factories.BlogPostPageFactory(live=False, owner=writer, **fields)
    page.get_workflow().start(page, writer)
    return page


def step(page: Page) -> TaskState:
    state: TaskState = Page.objects.get(pk=page.pk).current_workflow_task_state
    return state


def press(client: Client, name: str, page: Page, **fields: str) -> str:
    """What the screen says after pressing one of the buttons."""
    return client.post(reverse(name, args=[page.pk]), fields, follow=True).content.decode()


def made_old(claim: Claim, days: int = 10) -> None:
    Claim.objects.filter(pk=claim.pk).update(since=timezone.now() - datetime.timedelta(days=days))


class TestTaking:
    def test_tells_the_others_and_opens_the_text(self, sign_in: SignIn) -> None:
        nour, paul, page = factories.moderator(first_name="Nour"), factories.moderator(), waiting()

        answer = sign_in(nour).post(reverse("claim", args=[page.pk]))

        assert answer.url == reverse("review", args=[page.pk])
        assert "Nour s’en occupe depuis aujourd’hui" in sign_in(paul).get(reverse(HOME)).content.decode()

    def test_what_somebody_has_is_refused_with_their_name(self, sign_in: SignIn) -> None:
        nour, paul, page = factories.moderator(first_name="Nour"), factories.moderator(), waiting()
        press(sign_in(nour), "claim", page)

        said = press(sign_in(paul), "claim", page)

        assert "Nour s’en occupe depuis aujourd’hui." in said
        assert Claim.objects.get().person == nour

    def test_it_over_is_possible_and_noted(self, sign_in: SignIn) -> None:
        nour, paul, page = factories.moderator(first_name="Nour"), factories.moderator(), waiting()
        press(sign_in(nour), "claim", page)

        press(sign_in(paul), "claim", page, take_over="1")

        assert Claim.objects.get().person == paul
        entry = PageLogEntry.objects.get(action="home.claim_taken_over")
        assert (entry.user, entry.data) == (paul, {"from": "Nour"})
        assert "A repris la relecture de Nour" in entry.message

    def test_a_stale_one_asks_nothing_more(self, sign_in: SignIn) -> None:
        nour, paul, page = factories.moderator(first_name="Nour"), factories.moderator(), waiting()
        made_old(take(step(page), nour))
        client = sign_in(paul)

        listed = client.get(reverse(HOME)).content.decode()
        press(client, "claim", page)

        assert "pris par Nour depuis 10 jours, sans réponse" in listed
        assert Claim.objects.get().person == paul

    def test_twice_keeps_it(self, sign_in: SignIn) -> None:
        nour, page = factories.moderator(), waiting()
        for _time in range(2):
            press(sign_in(nour), "claim", page)

        assert Claim.objects.get().person == nour

    def test_is_no_lock(self) -> None:
        nour, paul, page = factories.moderator(), factories.moderator(), waiting()
        take(step(page), nour)

        decided(page, paul, "approve")

        page.refresh_from_db()
        assert page.live


class TestTakingIsRefused:
    def test_to_the_author(self, sign_in: SignIn) -> None:
        writer = factories.moderator()
        page = waiting(writer)

        said = press(sign_in(writer), "claim", page)

        assert "une autre personne doit l’approuver" in said
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("name", ["claim", "release"])
    def test_to_whom_the_step_is_not_asked_of(
        self, sign_in: SignIn, territory: TerritoryPage, name: str
    ) -> None:
        page = waiting(territory=territory)

        for person in (factories.volunteer(territory), factories.referent(territory)):
            sign_in(person).post(reverse(name, args=[page.pk]))

        assert not Claim.objects.exists()

    def test_once_the_step_is_over(self) -> None:
        nour, page = factories.moderator(), waiting()
        state = step(page)
        decided(page, factories.moderator(), "approve")

        with pytest.raises(ClaimRefusedError, match="vient de décider"):
            take(state, nour)

    def test_to_a_link(self, sign_in: SignIn) -> None:
        page = waiting()

        assert sign_in(factories.moderator()).get(reverse("claim", args=[page.pk])).status_code == 405


class TestAClaim:
    def test_is_given_back_by_who_has_it(self, sign_in: SignIn) -> None:
        nour, paul, page = factories.moderator(), factories.moderator(), waiting()
        take(step(page), nour)

        press(sign_in(paul), "release", page)
        assert Claim.objects.exists()
        press(sign_in(nour), "release", page)
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("kind", ["approve", "reject"])
    def test_ends_with_the_decision(self, kind: str) -> None:
        nour, page = factories.moderator(), waiting()
        take(step(page), nour)

        decided(page, nour, kind)

        assert not Claim.objects.exists()

    def test_ends_when_the_review_is_cancelled(self) -> None:
        nour, page = factories.moderator(), waiting()
        take(step(page), nour)

        Page.objects.get(pk=page.pk).current_workflow_state.cancel(user=nour)

        assert not Claim.objects.exists()

    def test_is_shown_to_the_writer_by_first_name(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = waiting(writer)
        take(step(page), factories.moderator(first_name="Nour", last_name="Benali"))

        mine = sign_in(writer).get(reverse(HOME)).content.decode()

        assert "Nour s’en occupe depuis aujourd’hui." in mine
        assert "Benali" not in mine

    def test_says_what_the_review_screen_needs(self) -> None:
        nour, paul, page = factories.moderator(first_name="Nour"), factories.moderator(), waiting()
        assert claim_state(step(page), nour) == {"claim": None, "can_claim": True}

        take(step(page), nour)

        seen = claim_state(step(page), paul)["claim"]
        assert (seen.who, seen.mine, seen.stale) == ("Nour", False, False)
        assert claim_state(step(page), nour)["claim"].mine
