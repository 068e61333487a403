"""Everybody finds on the first screen what they can do, and nothing they can't."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import BlogIndexPage
from home.models import HomePage
from practices.models import PracticeIndexPage, TerritoryIndexPage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.reviewing import send_back
from tests.permissions.stage import person_of

pytestmark = pytest.mark.django_db
HOME = "wagtailadmin_home"


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


@pytest.mark.parametrize("role", ["volontaire", "modérateur·rice"])
def test_costs_the_same_whatever_waits(
    sign_in: SignIn, territory: TerritoryPage, role: str, django_assert_max_num_queries: object
) -> None:
    person = person_of(role, territory)
    for _number in range(6):
        page = factories.BlogPostPageFactory(owner=person, live=False)
        page.get_workflow().start(page, factories.volunteer())

    with django_assert_max_num_queries(90):  # type: ignore[operator]
        sign_in(person).get(reverse(HOME))
