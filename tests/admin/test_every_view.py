"""Every view of the admin opens for each role, or refuses; none breaks, none speaks English, none tells a secret."""

from __future__ import annotations

import copy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from home.models import User
from tests import factories
from tests.admin.addresses import Objects, View, admin_views
from tests.permissions.stage import person_of
from tests.permissions.table import COLUMNS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "Le brouillon de quelqu’un d’autre"
ANSWERS = {200, 302, 400, 403, 404, 405}
# Where an empty form is an error of Wagtail's: the fields that a browser always sends, empty.
SENT = {
    "wagtailadmin_choose_page_external_link": {
        "external-link-chooser-url": "",
        "external-link-chooser-link_text": "",
    },
}
# The second step of importing redirects: answers what the first one has signed, and nothing else.
SECOND_STEP = {"wagtailredirects:process_import"}


def under_review(owner: User, title: str) -> Page:
    """A post that waits for its review."""
    page = factories.BlogPostPageFactory(title=title, owner=owner, live=False)
    page.get_workflow().start(page, owner)
    return Page.objects.get(pk=page.pk)


def opened(client: Client, objects: Objects, view: View, method: str) -> HttpResponse:
    """What *view* answers; whatever it does is undone."""
    with transaction.atomic():
        fields = SENT.get(view.name, {}) if method == "post" else {}
        response: HttpResponse = getattr(client, method)(objects.address(view), fields)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", COLUMNS)
def test_opens_or_refuses(role: str, method: str, subtests: pytest.Subtests) -> None:
    person = person_of(role, factories.TerritoryPageFactory())
    objects = Objects(under_review(person, "Son propre texte"), person)

    signed_in = Client()
    signed_in.force_login(person)

    for view in admin_views():
        if method == "post" and view.name in SECOND_STEP:
            continue
        client = Client()
        client.cookies = copy.deepcopy(
            signed_in.cookies
        )  # what a view does to the session is undone with the rest
        with subtests.test(f"{method} {view}"):
            assert opened(client, objects, view, method).status_code in ANSWERS

    assert signed_in.get("/admin/").status_code == 200  # still the person that every view was asked by


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in(method: str, subtests: pytest.Subtests) -> None:
    person = factories.volunteer()
    objects = Objects(under_review(person, SECRET), person)

    for view in admin_views():
        with subtests.test(f"{method} {view}"):
            response = opened(Client(), objects, view, method)
            assert response.status_code in ANSWERS
            assert SECRET not in response.content.decode(errors="replace")


@pytest.mark.parametrize("role", ["volontaire", "référent·e"])
def test_tells_no_secret(role: str, subtests: pytest.Subtests) -> None:
    """Addresses that name another's draft, and all the lists it could stand in."""
    person = person_of(role, factories.TerritoryPageFactory())
    objects = Objects(under_review(factories.volunteer(), SECRET), person)
    client = Client()
    client.force_login(person)

    for view in admin_views():
        with subtests.test(str(view)):
            response = opened(client, objects, view, "get")
            assert SECRET not in response.content.decode(errors="replace")


def test_the_walk_finds_our_own_views() -> None:
    names = {view.name for view in admin_views()}

    assert {"review", "author_profile", "wagtailsnippets_practices_theme:add", "wagtailadmin_home"} <= names


def test_a_refusal_is_said_in_french(client: Client) -> None:
    client.force_login(factories.volunteer())

    response = client.get("/admin/users/", follow=True)

    assert "Vous n’avez pas accès à cette partie" in response.content.decode()
