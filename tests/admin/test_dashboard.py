"""Everybody finds on the first screen what they can do, and nothing they can't."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, TaskState

from blog.models import BlogIndexPage
from home.admin.own_texts import own_texts
from home.admin.review_queue import review_queue
from home.models import HomePage, User
from home.moderation.queue import HOOK as QUEUE_HOOK
from home.moderation.queue import QueueItem
from practices.models import PracticeIndexPage, TerritoryIndexPage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.permissions.stage import person_of
from tests.permissions.table import COLUMNS
from tests.reviewing import decided, send_back

pytestmark = pytest.mark.django_db
HOME = "wagtailadmin_home"
DAY = datetime.timedelta(days=1)


def sidebar(client: Client) -> set[str]:
    """The names of the entries in the sidebar, those of its sub-menus included."""
    page = client.get(reverse(HOME)).content.decode()
    props = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert props is not None
    return set(re.findall(r'"name": "([\w-]+)"', props[1]))


@pytest.mark.parametrize("role", ["volontaire", "référent·e"])
def test_writers_see_no_menu_of_editors(sign_in: SignIn, territory: TerritoryPage, role: str) -> None:
    entries = sidebar(sign_in(person_of(role, territory)))

    assert {"author-profile", "images", "documents"} <= entries
    assert not entries & {
        "reports",
        "settings",
        "users",
        "theme",
        "themes",
        "listes",
        "personnes",
        "redirects",
        "workflows",
    }


def test_moderators_see_lists_people_and_reports_but_no_accounts(sign_in: SignIn) -> None:
    entries = sidebar(sign_in(factories.moderator()))

    assert {"listes", "personnes", "reports", "site-history"} <= entries
    assert not entries & {"users", "groups", "redirects"}


def test_administrators_see_accounts_and_settings(sign_in: SignIn) -> None:
    entries = sidebar(sign_in(factories.administrator()))

    assert {
        "users",
        "settings",
        "redirects",
        "mentions-legales",
        "moderation",
        "listes",
        "personnes",
    } <= entries


@pytest.mark.parametrize("role", ["volontaire", "référent·e", "modérateur·rice", "administrateur·rice"])
def test_no_menu_leads_to_another_site(sign_in: SignIn, territory: TerritoryPage, role: str) -> None:
    page = sign_in(person_of(role, territory)).get(reverse(HOME)).content.decode()

    assert not re.findall(
        r'href="https?://(?!testserver)[^"]*"', page.replace("https://www.enable-javascript.com/", "")
    )
    assert "wagtail.org" not in page


def test_writing_is_one_tap_away(sign_in: SignIn, territory: TerritoryPage) -> None:
    client = sign_in(factories.volunteer(territory))

    page = client.get(reverse(HOME)).content.decode()

    for label, app, model, index in [
        ("Écrire un billet", "blog", "blogpostpage", BlogIndexPage),
        ("Décrire une pratique", "practices", "practicepage", PracticeIndexPage),
    ]:
        address = reverse("wagtailadmin_pages:add", args=[app, model, index.objects.get().pk])
        assert label in page
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_a_volunteer_may_create_nothing_else(sign_in: SignIn, territory: TerritoryPage) -> None:
    client = sign_in(factories.volunteer(territory))

    for index in (HomePage, TerritoryIndexPage):
        answer = client.get(reverse("wagtailadmin_pages:add_subpage", args=[index.objects.get().pk]))
        assert answer.url == reverse(HOME)


def test_a_new_text_is_for_the_territory_of_the_mission(sign_in: SignIn, territory: TerritoryPage) -> None:
    factories.TerritoryPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpostpage", BlogIndexPage.objects.get().pk])

    form = sign_in(factories.volunteer(territory)).get(address).context["form"]

    assert [page.pk for page in form.fields["territory"].queryset] == [territory.pk]
    assert form["territory"].initial == territory.pk


class TestOwnTexts:
    def test_say_what_each_one_waits_for(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        factories.BlogPostPageFactory(title="À peine commencé", owner=writer, live=False)
        factories.BlogPostPageFactory(title="Déjà public", owner=writer)
        waiting = factories.BlogPostPageFactory(title="En attente", owner=writer, live=False)
        waiting.get_workflow().start(waiting, writer)
        factories.BlogPostPageFactory(title="D’une autre", owner=factories.volunteer(), live=False)

        page = sign_in(writer).get(reverse(HOME)).content.decode()

        assert "Brouillon" in page
        assert "Publié" in page
        assert "Relecture et contrôle" in page
        assert "D’une autre" not in page

    def test_begin_with_those_that_wait_for_the_writer(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        sent_back = under_review(writer, title="Renvoyé")
        decided(sent_back, factories.moderator(first_name="Nour"), "reject", "Un nom est de trop.")
        under_review(writer, days=3, title="Soumis")
        factories.BlogPostPageFactory(title="En ligne", owner=writer)

        page = sign_in(writer).get(reverse(HOME)).content.decode()

        assert page.index("Renvoyé") < page.index("Soumis") < page.index("En ligne")
        assert "Nour l’a relu" in page
        assert "Autre raison" in page
        assert "depuis 3 jours" in page
        for label in ("Reprendre", "Relire mon texte", "Voir en ligne"):
            assert label in page

    def test_lead_on_to_what_can_be_opened(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        for make in (
            lambda: under_review(writer),
            lambda: factories.BlogPostPageFactory(owner=writer, live=False),
        ):
            make()
        client = sign_in(writer)

        for text in own_texts(writer):
            for action in text.actions:
                assert client.get(action.url).status_code == 200

    def test_say_when_an_approved_text_will_appear(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(owner=writer, live=False)
        page.go_live_at = datetime.datetime(2099, 3, 12, 9, 30, tzinfo=datetime.UTC)
        page.save_revision(user=writer).publish()

        assert "Paraîtra le 12 mars 2099" in sign_in(writer).get(reverse(HOME)).content.decode()

    def test_that_were_sent_back_show_the_reason(self, sign_in: SignIn) -> None:
        writer = factories.volunteer()
        page = factories.BlogPostPageFactory(owner=writer, live=False)
        page.get_workflow().start(page, writer)
        send_back(sign_in(factories.moderator()), page, comment="Un nom est de trop.")

        dashboard = sign_in(writer).get(reverse(HOME)).content.decode()

        assert "Changements demandés" in dashboard
        assert "Un nom est de trop." in dashboard


def test_what_waits_is_listed_oldest_first(sign_in: SignIn) -> None:
    writer = factories.volunteer()
    for title in ("Premier", "Second"):
        page = factories.BlogPostPageFactory(title=title, owner=writer, live=False)
        page.get_workflow().start(page, writer)

    dashboard = sign_in(factories.moderator()).get(reverse(HOME)).content.decode()

    assert "À relire" in dashboard
    assert 0 < dashboard.index("Premier") < dashboard.index("Second")


def test_a_text_that_waits_too_long_stands_out(sign_in: SignIn) -> None:
    under_review(factories.volunteer(), days=5)

    dashboard = sign_in(factories.moderator()).get(reverse(HOME)).content.decode()

    assert "Attend depuis 5 jours" in dashboard
    assert "C’est long" in dashboard


def test_one_s_own_text_waits_for_somebody_else(sign_in: SignIn) -> None:
    writer = factories.moderator()
    page = under_review(writer)

    dashboard = sign_in(writer).get(reverse(HOME)).content.decode()

    assert "une autre personne doit l’approuver" in dashboard
    assert reverse("claim", args=[page.pk]) not in dashboard


def test_an_empty_queue_says_so_to_who_reviews(sign_in: SignIn, territory: TerritoryPage) -> None:
    for person, is_shown in [
        (factories.volunteer(territory), False),
        (factories.referent(territory), True),
        (factories.moderator(), True),
    ]:
        dashboard = sign_in(person).get(reverse(HOME)).content.decode()
        assert ("Rien à relire" in dashboard) is is_shown


def test_the_queue_is_what_the_tasks_say(sign_in: SignIn, territory: TerritoryPage) -> None:
    """The list is made for many texts at once; asking Wagtail for each must give the same."""
    people = [
        *(person_of(role, territory) for role in COLUMNS),
        factories.referent(territory),
        factories.referent(factories.TerritoryPageFactory()),
    ]
    writer = factories.volunteer(territory)
    under_review(writer, territory=territory)
    for place in (territory, factories.TerritoryPageFactory()):
        under_review(writer, make=factories.PracticePageFactory, territory=place)

    for person in people:
        expected = {state.pk for state in TaskState.objects.reviewable_by(person)}
        assert {row.text.task_state.pk for row in review_queue(person)} == expected


def test_editors_see_what_readers_and_partners_leave_them(sign_in: SignIn, territory: TerritoryPage) -> None:
    now = timezone.now()
    item = QueueItem("Droit de réponse", "Une lectrice", "/admin/la/", now - DAY, now - DAY / 2)

    with hooks.register_temporarily(QUEUE_HOOK, lambda user: [item]):
        for person, is_shown in [(factories.moderator(), True), (factories.referent(territory), False)]:
            dashboard = sign_in(person).get(reverse(HOME)).content.decode()
            assert ("Une lectrice" in dashboard) is is_shown
            assert ("En retard" in dashboard) is is_shown


@pytest.mark.parametrize("role", ["volontaire", "référent·e", "modérateur·rice", "administrateur·rice"])
def test_costs_the_same_whatever_waits(sign_in: SignIn, territory: TerritoryPage, role: str) -> None:
    person, writer = person_of(role, territory), factories.volunteer(territory)
    client, counts = sign_in(person), []
    for number in (5, 25):
        for each in range(number):
            owner = person if each % 2 else writer
            make = factories.PracticePageFactory if each % 3 else factories.BlogPostPageFactory
            page = under_review(owner, make=make, territory=territory)
            if each % 5 == 0:
                decided(page, factories.administrator(), "reject")
        client.get(reverse(HOME))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(HOME))
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 4  # Wagtail's own panels are longer, and then full
    assert counts[1] <= 90


def under_review(
    owner: User, days: float = 0, make: Any = factories.BlogPostPageFactory, **fields: Any
) -> Page:
    """A text that *owner* submitted *days* ago."""
    page = make(owner=owner, live=False, **fields)
    page.get_workflow().start(page, owner)
    steps = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    steps.update(started_at=timezone.now() - days * DAY)
    return page
