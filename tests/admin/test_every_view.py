"""Every view of the admin is classified, and gives each role what its class says; none breaks, whatever is posted.

What the views must not tell is held by test_leaks.py, what they offer by test_offers.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests import factories
from tests.admin.addresses import View, admin_views, nameless_routes
from tests.admin.classified import FILE, ROLES, Walker, advice, build_walkers, expected

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("every view")]

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
# Addresses without a name: ours in the place of Wagtail's, and two that show nothing but an error.
NAMELESS = [
    "admin/^.*/$",
    "admin/account/",
    "admin/choose-external-link/",
    "admin/failwhale/",
    "admin/tag-autocomplete/",
    "admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/",
    "admin/test404/",
]


@pytest.fixture(scope="module")
def walkers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Walker]]:
    """One walker a role; what they walk through is made once, and rolled back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_walkers()
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
def test_gives_each_role_what_its_class_says(walkers: dict[str, Walker], role: str) -> None:
    column, written = ROLES.index(role), expected()
    differences = {}
    for view in admin_views():
        due = {subject: words[column] for subject, words in written.get(str(view), {}).items()}
        if due and (given := walkers[role].answers(view)) != due:
            differences[str(view)] = f"gives {given}, its class says {due}"

    assert differences == {}


def test_every_view_is_classified(walkers: dict[str, Walker]) -> None:
    unclassified = [view for view in admin_views() if str(view) not in expected()]

    assert not unclassified, advice(unclassified, walkers)


def test_every_classified_view_exists() -> None:
    gone = set(expected()) - {str(view) for view in admin_views()}

    assert not gone, (
        f"Take these out of {FILE.name}: no view has that name, or takes those arguments (any more)."
    )


def test_every_address_has_a_name_but_those_that_are_known() -> None:
    assert nameless_routes() == NAMELESS


@pytest.mark.parametrize("role", ROLES)
def test_answers_an_empty_form_without_breaking(walkers: dict[str, Walker], role: str) -> None:
    statuses = {
        str(view): posted(walkers[role], view) for view in admin_views() if view.name not in SECOND_STEP
    }

    assert {name: status for name, status in statuses.items() if status not in ANSWERS} == {}


def posted(walker: Walker, view: View) -> int | str:
    """The status of the answer to an empty form about one's own text, or the error; what it does is undone."""
    client = Client()
    client.cookies = SimpleCookie(walker.client.cookies)
    with transaction.atomic():
        try:
            response = client.post(walker.objects["own"].address(view), SENT.get(view.name, {}))
        except Exception as error:  # noqa: BLE001  # whatever it is, the list of failures names it
            return repr(error)
        finally:
            transaction.set_rollback(True)
    return int(response.status_code)


def test_the_walk_finds_our_own_views() -> None:
    names = {view.name for view in admin_views()}

    assert {"review", "author_profile", "wagtailsnippets_practices_theme:add", "wagtailadmin_home"} <= names


def test_a_refusal_is_said_in_french(client: Client) -> None:
    client.force_login(factories.volunteer())

    response = client.get("/admin/users/", follow=True)

    assert "Vous n’avez pas accès à cette partie" in response.content.decode()
