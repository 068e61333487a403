"""Nothing of another volunteer's unpublished work stands in any answer of the admin: one test a view.

The world is built once; whatever a view does is undone. The last tests show that the walk isn't blind: a moderator
who asks the same questions is told every one of the secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from home.models import User
from tests import factories
from tests.admin.addresses import Objects, View, admin_views, names_a_subject
from tests.admin.secret_world import COMMON, SecretWorld, build_secret_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("leaks")]

VIEWS = {str(view): view for view in admin_views()}
TELLING_VIEWS = 40  # to a moderator, at least; fewer would mean that the walk asks the wrong questions


VOLUNTEER, ELSEWHERE, REFERENT, MODERATOR = (
    "volunteer of the same territory",
    "référent·e of another territory",
    "référent·e of the territory",
    "moderator",
)
# Views that find, sort and filter.
LISTING = re.compile(r"index|list|results|choose|search|explore|report|history|usage|times")


@dataclass
class Spies:
    """Who looks, signed in, with what their addresses may name."""

    world: SecretWorld
    clients: dict[str, Client]
    objects: dict[str, list[Objects]]


@pytest.fixture(scope="module")
def spies(django_db_setup: None, django_db_blocker: Any) -> Iterator[Spies]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield spies_of(build_secret_world())
        transaction.set_rollback(True)


def spies_of(world: SecretWorld) -> Spies:
    people = {
        VOLUNTEER: factories.volunteer(world.territory),
        ELSEWHERE: factories.referent(world.elsewhere),
        REFERENT: factories.referent(world.territory),
        MODERATOR: factories.moderator(),
    }
    clients = {name: Client() for name in people}
    for name, person in people.items():
        clients[name].force_login(person)
    return Spies(world, clients, {name: _objects(world, person) for name, person in people.items()})


def _objects(world: SecretWorld, person: User) -> list[Objects]:
    """What addresses may name: each secret text with its files; and one's own text beside another's review."""
    own = factories.BlogPostPageFactory(owner=person, live=False)
    own.get_workflow().start(own, person)
    secret = [Objects(text.page, person, (text.image, text.document)) for text in world.texts.values()]
    for objects in secret:
        objects.named["parent_page_id"] = objects.page.pk  # nothing stands below it, but it may be asked
    crossed = Objects(world.texts["review"].page, person)
    crossed.page = own
    crossed.named |= dict.fromkeys(("page_id", "page_pk", "page_to_move_id"), own.pk)
    return [*secret, crossed]


def addresses(spies: Spies, who: str, view: View) -> list[str]:
    """Where *view* may be asked for each of the secrets, each address once."""
    if view.name == "wagtail_bulk_action":
        return [reverse(view.name, args=arguments) for arguments in bulk_actions()]
    names_a_text = names_a_subject(view) or "parent_page_id" in view.arguments
    objects = spies.objects[who] if names_a_text else spies.objects[who][:1]
    return list(dict.fromkeys(each.address(view) for each in objects))


def bulk_actions() -> list[tuple[str, str, str]]:
    """Every bulk action that is registered: application, model, action."""
    actions = hooks.get_hooks("register_bulk_action")
    return sorted(
        {
            (model._meta.app_label, model._meta.model_name, action.action_type)
            for action in actions
            for model in (action.models if action.models else [Page])
        }
    )


def questions(world: SecretWorld, view: View) -> list[str]:
    """What may be asked of a view after its address: searches, orders, exports, primary keys."""
    pages, images, documents = keys = _keys(world)
    if view.name == "wagtail_bulk_action":
        return [f"?{pages}", f"?{images}", f"?{documents}", "?id=all"]
    if view.name.startswith("wagtailadmin_api:"):
        return _questions_to_the_api(world, view)
    if view.name == "wagtailadmin_choose_page_chosen_multiple":
        return [f"?{pages}"]
    if "chosen_multiple" in view.name:
        return [f"?{named}" for named in keys[1:]]
    if view.name.startswith("wagtailadmin_tag"):
        return [f"?term={word}" for word in ("zq", "zqtag")]
    exports = ["?export=csv", "?export=xlsx"] if "report" in view.name else []
    if names_a_subject(view) or not LISTING.search(view.name):
        return ["", *exports]
    return ["", f"?q={COMMON}&layout=list", "?layout=list&ordering=-usage_count&multiple=1", *exports]


def _keys(world: SecretWorld) -> tuple[str, str, str]:
    """The secret pages, images and documents, as a query names them."""
    texts = world.texts.values()
    pages, images, documents = (
        "&".join(f"id={getattr(text, kind).pk}" for text in texts) for kind in ("page", "image", "document")
    )
    return pages, images, documents


def _questions_to_the_api(world: SecretWorld, view: View) -> list[str]:
    if names_a_subject(view):
        return ["?fields=*"]
    if view.name.endswith(":find"):
        paths = [f"?html_path={text.page.url_path}" for text in world.texts.values()]
        return [*(f"?{named.split('&')[0]}" for named in _keys(world)), *paths]
    return ["?fields=*&limit=20", f"?fields=*&search={COMMON}", "?fields=*&order=-title"]


def posted(world: SecretWorld, view: View) -> list[dict[str, str]]:
    """What is sent to *view*: nothing, but where only a real value makes it speak."""
    if view.name == "wagtailadmin_choose_page_external_link":
        public = world.texts["pending"].page
        return [{"external-link-chooser-url": public.url, "external-link-chooser-link_text": "ici"}]
    return [{}]


def answers(spies: Spies, who: str, view: View) -> Iterator[tuple[str, HttpResponse]]:
    """Everything that *view* answers; what refuses or redirects is asked once."""
    client = spies.clients[who]
    for address in addresses(spies, who, view):
        for question in questions(spies.world, view):
            response = undone(client, "get", address + question)
            yield f"GET {address}{question}", response
            if response.status_code in (302, 403, 405):
                break
        if view.name != "wagtailredirects:process_import" and who in (VOLUNTEER, REFERENT):
            for form in posted(spies.world, view):
                yield f"POST {address}", undone(client, "post", address, form)


def undone(client: Client, method: str, address: str, form: dict[str, str] | None = None) -> HttpResponse:
    """The answer; what the request did is undone, were it to sign out."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(address, form or {})
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return response


def told(spies: Spies, who: str, view: View) -> dict[str, set[str]]:
    """What each address of *view* tells *who*, where it tells something."""
    found = {
        f"{who}, {address}": spies.world.told_by(response) for address, response in answers(spies, who, view)
    }
    return {address: secrets for address, secrets in found.items() if secrets}


@pytest.mark.parametrize("name", VIEWS)
def test_tells_nothing(spies: Spies, name: str) -> None:
    """To a volunteer and a référent·e from elsewhere nothing; to the territory's what is under review, and no more."""
    found = told(spies, VOLUNTEER, VIEWS[name]) | told(spies, ELSEWHERE, VIEWS[name])
    for address, secrets in told(spies, REFERENT, VIEWS[name]).items():
        if beyond := {secret for secret in secrets if not secret.endswith(" of review")}:
            found[address] = beyond

    assert found == {}


@pytest.fixture(scope="module")
def told_to_a_moderator(spies: Spies) -> dict[str, set[str]]:
    """By view, the secrets that the same questions bring out when they are nobody's secrets."""
    return {name: set().union(*told(spies, MODERATOR, view).values()) for name, view in VIEWS.items()}


def test_the_walk_finds_every_secret_with_the_eyes_of_a_moderator(
    spies: Spies, told_to_a_moderator: dict[str, set[str]]
) -> None:
    assert set(spies.world.secrets().values()) - set().union(*told_to_a_moderator.values()) == set()


def test_the_walk_finds_them_in_many_views(told_to_a_moderator: dict[str, set[str]]) -> None:
    telling = [name for name, secrets in told_to_a_moderator.items() if secrets]

    assert len(telling) >= TELLING_VIEWS
