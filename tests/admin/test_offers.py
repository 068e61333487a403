"""Fields, buttons and menus that a role can't use are not shown to it.

What is offered is written in offers.toml, by role, and compared with what Wagtail's registries offer; an entry that
nobody has written down fails. Then each role follows every link it is shown, and is refused nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from wagtail.models import Page

from tests import factories
from tests.admin.offers import FILE, Offers, common, known, offered_to, registered, written
from tests.permissions.stage import person_of
from tests.permissions.table import COLUMNS

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("every view")]

SITE, FIRST = "http://testserver", "/admin/"
# Links away from the first screen. Who writes sees few; an editor's third step leads to hundreds.
DEPTH = {"volontaire": 3, "référent·e": 3, "modérateur·rice": 2, "administrateur·rice": 2, "compte total": 2}
LIKE_ONE_ANOTHER = 4  # addresses of one view to follow, of the many that a long list shows
# What a link that carries nothing yet can't answer for: scripts add what was chosen, or post it.
INCOMPLETE = re.compile(r"^/admin/(bulk|logout)/")


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, tuple[Any, dict[str, Page]]]]:
    """One person a role, with a draft of their own, beside another's text under review and a public one
    that is being changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _people()
        transaction.set_rollback(True)


def _people() -> dict[str, tuple[Any, dict[str, Page]]]:
    territory, elsewhere = factories.TerritoryPageFactory(), factories.TerritoryPageFactory()
    other = factories.volunteer(elsewhere)
    waiting = factories.PracticePageFactory(owner=other, live=False, territory=elsewhere)
    waiting.get_workflow().start(waiting, other)
    image = factories.ImageFactory(uploaded_by_user=other)
    public = factories.PracticePageFactory(owner=other, territory=elsewhere, cover=image)
    public.save_revision(user=other)
    people = {}
    for role in COLUMNS:
        person = person_of(role, territory)
        factories.ImageFactory(uploaded_by_user=person)
        factories.DocumentFactory(uploaded_by_user=person)
        own = factories.PracticePageFactory(owner=person, live=False, territory=territory, cover=image)
        texts = {"own draft": own, "another’s text under review": waiting, "public text with changes": public}
        people[role] = (person, {whose: Page.objects.get(pk=page.pk) for whose, page in texts.items()})
    return people


class TestOffers:
    @pytest.mark.parametrize("role", COLUMNS)
    def test_are_those_written_for_the_role(self, people: dict[str, Any], role: str) -> None:
        offered, table = offered_to(*people[role]), written()
        due = {
            kind: {entry for entry, roles in entries.items() if role in roles}
            for kind, entries in table.items()
        }

        assert compared(offered, due) == {}

    def test_are_all_written_down(self, people: dict[str, Any]) -> None:
        """Also what is offered to nobody, so that somebody decides before a role is offered it."""
        missing = {
            kind: sorted(entries - set(written().get(kind, {}))) for kind, entries in registered().items()
        }

        assert {kind: entries for kind, entries in missing.items() if entries} == {}, (
            f"Say in {FILE.name}, under [offered], to which roles each is offered."
        )

    def test_exist_all(self, people: dict[str, Any]) -> None:
        gone = {kind: sorted(set(written()[kind]) - entries) for kind, entries in registered().items()}

        assert {kind: entries for kind, entries in gone.items() if entries} == {}

    def test_that_concern_no_one_role_are_known(self) -> None:
        assert compared(common(), known()) == {}, (
            f"Look at what is new; then write it in {FILE.name}, under [known]."
        )


def compared(found: Offers, due: Offers) -> dict[str, list[str]]:
    """By kind, what is there and should not be (+), and what should be there and is not (-)."""
    kinds = sorted(set(found) | set(due))
    differences = {
        kind: [f"+ {entry}" for entry in sorted(found.get(kind, set()) - due.get(kind, set()))]
        + [f"- {entry}" for entry in sorted(due.get(kind, set()) - found.get(kind, set()))]
        for kind in kinds
    }
    return {kind: entries for kind, entries in differences.items() if entries}


@pytest.mark.parametrize("role", COLUMNS)
def test_every_link_that_a_role_is_shown_opens(people: dict[str, Any], role: str) -> None:
    client = Client()
    client.force_login(people[role][0])

    refused = {address: f"{why}, shown on {shown}" for address, why, shown in crawl(client, DEPTH[role])}

    assert refused == {}


def crawl(client: Client, depth: int) -> Iterator[tuple[str, str, str]]:
    """Follow the links up to *depth* away from the first screen; yield those refused, why, and where they are shown."""
    seen, level, followed = {FIRST: FIRST}, [FIRST], Counter[str]()
    for distance in range(depth + 1):
        below: list[str] = []
        for address in level:
            response = looked_at(client, address)
            if why := refusal(address, response):
                yield address, why, seen[address]
            if distance == depth or response.status_code != 200 or "html" not in response["Content-Type"]:
                continue
            for link in sorted(links(address, response) - set(seen)):
                seen[link] = address
                view = view_of(link)
                followed[view] += 1
                if followed[view] <= LIKE_ONE_ANOTHER:
                    below.append(link)
        level = below


def looked_at(client: Client, address: str) -> HttpResponse:
    """The answer to *address*; what looking did is undone."""
    with transaction.atomic():
        response: HttpResponse = client.get(address)
        transaction.set_rollback(True)
    return response


def refusal(address: str, response: HttpResponse) -> str:
    """How *response* refuses; empty when it opens, leads on, or waits for a form to be posted."""
    if response.status_code == 302 and response["Location"] == FIRST and address != FIRST:
        return "sent back"
    return "" if response.status_code in (200, 302, 405) else str(response.status_code)


def links(address: str, response: HttpResponse) -> set[str]:
    """Every address of the admin that the page links to, posts to, or gives to its sidebar."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    found = [str(link["href"]) for link in page.select("a[href]:not([hidden])")]
    found += [str(form["action"]) for form in page.select("form[action]")]
    found += [str(button["formaction"]) for button in page.select("[formaction]")]
    for props in page.select("#wagtail-sidebar-props"):
        found += re.findall(r'"(/admin/[^"]*)"', props.text)
    absolute = [urldefrag(urljoin(SITE + address, link)).url for link in found]
    own = [link.removeprefix(SITE) for link in absolute if link.startswith(SITE + FIRST)]
    return {link for link in own if not INCOMPLETE.match(link)}


def view_of(address: str) -> str:
    """The view that *address* leads to, and whether it asks it something."""
    path, question, _query = address.partition("?")
    try:
        return resolve(path).view_name + question
    except Resolver404:
        return path
