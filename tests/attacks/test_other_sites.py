"""What another site can make somebody's browser do here: nothing. And where we send people: to ourselves alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from home.models import ContentReport
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://piege.invalid/",
    "//piege.invalid/",
    "///piege.invalid/",
    "/\\piege.invalid/",
    "\\\\piege.invalid/",
    "https:piege.invalid",
    "http:///piege.invalid/",
    "/%09/piege.invalid/",
    "\t//piege.invalid/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://testserver@piege.invalid/",
    "https://testserver.piege.invalid/",
]


def leads_elsewhere(response: Any) -> bool:
    """Whether a browser that follows *response* leaves the site."""
    location = response.headers.get("Location", "/").strip().replace("\\", "/")
    return not (location.startswith("/") and not location.startswith("//")) and not location.startswith(
        "http://testserver/"
    )


class TestARedirection:
    @pytest.mark.parametrize("address", ELSEWHERE)
    def test_after_the_sign_in_stays_here(self, address: str) -> None:
        person = factories.moderator()
        client = Client()
        data = {"username": person.email, "login": person.email, "password": PASSWORD, "next": address}

        response = client.post(f"/admin/login/?next={quote(address)}", data)

        assert not leads_elsewhere(response)

    @pytest.mark.parametrize("address", ELSEWHERE)
    def test_at_the_door_stays_here(self, address: str) -> None:
        client = Client()
        client.force_login(factories.moderator())

        for path in (
            f"/admin/login/?next={quote(address)}",
            f"/admin/logout/?next={quote(address)}",
            f"/admin/?next={quote(address)}",
        ):
            assert not leads_elsewhere(client.get(path))

    @pytest.mark.parametrize(
        "path", ["//piege.invalid", "//piege.invalid/%2e%2e", "/%5cpiege.invalid", "/\\piege.invalid"]
    )
    def test_that_adds_a_slash_stays_here(self, path: str) -> None:
        assert not leads_elsewhere(Client().get(path))

    @pytest.mark.parametrize("name", ["next", "redirect", "url", "return", "page", "retour"])
    def test_of_a_public_address_stays_here(self, name: str) -> None:
        for path in ("/", "/pratiques/", "/signaler/", "/recherche/", "/documents/1/a.pdf"):
            assert not leads_elsewhere(Client().get(path, {name: "https://piege.invalid/"}))


def open_views() -> Iterator[str]:
    """The names of the views that Django's own guard against other sites is taken off."""
    for pattern in _patterns(get_resolver().url_patterns):
        of_the_api = hasattr(pattern.callback, "cls")  # Django REST framework looks at the token itself
        if getattr(pattern.callback, "csrf_exempt", False) and not of_the_api:
            yield pattern.name or str(pattern.pattern)


def _patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


class TestAFormWithoutAToken:
    def test_is_one_of_those_that_need_no_account(self) -> None:
        """Without a session there is nothing to misuse; a view of the admin is never among them (ADR 0017)."""
        assert set(open_views()) == {"report_content", "shared_draft", "open_page_form"}

    @pytest.mark.parametrize(
        "told",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://piege.invalid"},
            {"Origin": "http://testserver.piege.invalid"},
        ],
    )
    def test_sent_from_another_site_is_refused(self, told: dict[str, str]) -> None:
        for path in ("/signaler/", "/pratiques/prevenez-moi/", "/pratiques/proposer/", "/apercu/abc/"):
            assert Client().post(path, {"message": "x"}, headers=told).status_code == 403
        assert not ContentReport.objects.exists()

    @pytest.mark.parametrize(
        "told",
        [
            {},
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "http://testserver"},
            {"Origin": "null"},  # a page behind a secret link, which tells nobody its address
        ],
    )
    def test_sent_from_here_is_taken(self, told: dict[str, str]) -> None:
        assert Client().post("/signaler/", {"message": "x"}, headers=told).status_code == 200


class TestAFormOfTheAdmin:
    def test_of_its_api_is_refused_without_its_token(self) -> None:
        page = factories.BlogPostPageFactory()
        client = Client(enforce_csrf_checks=True)
        client.force_login(factories.administrator())
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "unpublish"])

        assert client.post(address).status_code == 403
        page.refresh_from_db()
        assert page.live

    @pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailadmin_account", "wagtailadmin_logout"])
    def test_without_its_token_is_refused_with_words(self, name: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(factories.moderator())

        response = client.post(reverse(name), {"username": "a", "password": "b"})

        assert response.status_code == 403
        html = response.content.decode()
        assert "revenez en arrière" in html
        assert "DEBUG" not in html and "style>" not in html
