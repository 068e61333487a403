"""Everybody finds the guide of their role, and every link in it opens for them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from home.admin.guide import PAGES, GuidePage, page_for
from home.models import User
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.permissions.stage import person_of

pytestmark = pytest.mark.django_db
ROLES = {
    "volontaire": "volontaire",
    "référent·e": "referent",
    "modérateur·rice": "moderation",
    "administrateur·rice": "administration",
    "compte total": "administration",
}
SLUGS = [page.slug for page in PAGES]


def content(client: Client, slug: str) -> str:
    """The guide itself, without the admin around it."""
    page = client.get(reverse("guide_page", args=[slug])).content.decode()
    return page[page.index('<div class="guide">') :]


def was_sent_home(answer: Any) -> bool:
    """Whether the person may not open the screen: Wagtail leads them back to the first one."""
    return any(address == reverse("wagtailadmin_home") for address, _status in answer.redirect_chain)


@pytest.mark.parametrize("role", ROLES)
class TestTheGuide:
    def test_opens_at_the_page_of_one_s_role(
        self, sign_in: SignIn, territory: TerritoryPage, role: str
    ) -> None:
        answer = sign_in(person_of(role, territory)).get(reverse("guide"))

        assert answer.url == reverse("guide_page", args=[ROLES[role]])

    def test_is_one_tap_from_the_first_screen(
        self, sign_in: SignIn, territory: TerritoryPage, role: str
    ) -> None:
        client = sign_in(person_of(role, territory))

        dashboard = client.get(reverse("wagtailadmin_home")).content.decode()

        assert f'href="{reverse("guide_page", args=[ROLES[role]])}"' in dashboard
        assert '"name": "guide"' in dashboard

    def test_links_only_to_screens_that_open(
        self, sign_in: SignIn, territory: TerritoryPage, role: str
    ) -> None:
        client = sign_in(person_of(role, territory))
        links = {link for slug in SLUGS for link in re.findall(r'href="([^"]+)"', content(client, slug))}

        answers = {link: client.get(link, follow=True) for link in links if not link.startswith("#")}

        assert {answer.status_code for answer in answers.values()} == {200}
        assert [link for link, answer in answers.items() if was_sent_home(answer)] == []


@pytest.mark.parametrize("guide", PAGES, ids=SLUGS)
class TestAPage:
    def test_lists_its_sections(self, sign_in: SignIn, guide: GuidePage) -> None:
        page = content(sign_in(factories.volunteer()), guide.slug)

        anchors = [section.anchor for section in guide.sections]
        assert re.findall(r'<section[^>]* id="([\w-]+)"', page) == anchors
        assert re.findall(r'<a href="#([\w-]+)"', page.split("</nav>")[0]) == anchors

    def test_points_to_the_other_pages(self, sign_in: SignIn, guide: GuidePage) -> None:
        page = content(sign_in(factories.volunteer()), guide.slug)

        for slug in SLUGS:
            assert (f'href="{reverse("guide_page", args=[slug])}"' in page) is (slug != guide.slug)

    def test_has_one_heading_of_the_first_level_and_skips_none(
        self, sign_in: SignIn, guide: GuidePage
    ) -> None:
        page = sign_in(factories.volunteer()).get(reverse("guide_page", args=[guide.slug])).content.decode()
        levels = [int(level) for level in re.findall(r"<h(\d)", page[page.index("<main") :])]

        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_screen_that_one_may_not_open_is_named_without_a_link(sign_in: SignIn) -> None:
    accounts = reverse("wagtailusers_users:index")

    assert accounts not in content(sign_in(factories.volunteer()), "administration")
    assert accounts in content(sign_in(factories.administrator()), "administration")


def test_an_account_without_a_role_reads_the_first_page(sign_in: SignIn) -> None:
    """Only somebody with access to the admin gets here; a group of the association's own making may give it."""
    person: User = factories.UserFactory()

    assert page_for(person) is PAGES[0]


def test_a_role_that_nobody_has_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(factories.volunteer()).get("/admin/guide/presidence/").status_code == 404


def test_each_section_has_a_template_and_each_template_a_section() -> None:
    folder = Path(get_template("guide/page.html").origin.name).parent
    sections = {section.anchor for page in PAGES for section in page.sections}

    assert {path.stem for path in folder.glob("*.html")} - {"page", "step"} == sections


def test_speaks_french_with_its_typography() -> None:
    folder = Path(get_template("guide/page.html").origin.name).parent
    faults = {
        path.name: found
        for path in folder.glob("*.html")
        if (found := re.findall(r"\w'\w| [;?!»]|« ", re.sub(r"\{[%#].*?[%#]\}", "", path.read_text())))
    }

    assert faults == {}
