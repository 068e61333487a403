"""What every kind of answer says to the browser, with the settings of a public site."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from home.delivery import readiness
from home.media.models import Image
from home.pages.videos import Video
from practices.pdf import documents
from tests import factories
from tests.delivery.conftest import HOST

pytestmark = pytest.mark.django_db

YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"
Ask = Callable[[Client], HttpResponse]


def directives(response: HttpResponse) -> dict[str, list[str]]:
    """The values of each directive of the Content-Security-Policy of *response*."""
    policy = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def at(path: str, status: int = 200, **headers: Any) -> Ask:
    def ask(client: Client) -> HttpResponse:
        response: Any = client.get(path, **headers)
        assert response.status_code == status, (path, response.status_code)
        return response

    return ask


def sheet_file(name: str) -> Ask:
    def ask(client: Client) -> HttpResponse:
        return at(f"{factories.PracticePageFactory().get_url()}{name}")(client)

    return ask


def rendition(client: Client) -> HttpResponse:
    cache.clear()  # Wagtail's, of another test
    image: Image = factories.ImageFactory()
    factories.StandardPageFactory(body=[("image", {"image": image, "alt": "", "caption": "", "credit": ""})])
    return at(image.get_rendition("width-100").url)(client)


def document(client: Client) -> HttpResponse:
    offered = factories.DocumentFactory()
    factories.StandardPageFactory(body=[("documents", {"documents": [offered]})])
    return at(offered.url)(client)


def sent(path: str, status: int, data: dict[str, str] | None = None, **headers: Any) -> Ask:
    def ask(client: Client) -> HttpResponse:
        response: Any = client.post(path, data or {}, **headers)
        assert response.status_code == status, (path, response.status_code)
        return response

    return ask


# Every kind of answer that somebody without an account can get.
ANSWERS: dict[str, Ask] = {
    "page": at("/"),
    "list": at("/pratiques/"),
    "filtered list": at("/pratiques/?q=accueil&pays=BE"),
    "sheet": sheet_file(""),
    "search": at("/recherche/?q=logement"),
    "suggestions": at("/recherche/suggestions/?q=log"),
    "feed": at("/blog/flux/"),
    "csv": at("/pratiques/export.csv"),
    "json": at("/pratiques/export.json"),
    "geojson": at("/pratiques/export.geojson"),
    "pdf": sheet_file("fiche.pdf"),
    "picture to share": at("/pratiques/partage.png"),
    "image": rendition,
    "document": document,
    "static file": at("/static/site.css"),
    "robots": at("/robots.txt"),
    "sitemap": at("/sitemap.xml"),
    "probe": at("/healthz"),
    "form": at("/signaler/"),
    "form sent empty": sent("/signaler/", 200),
    "form from elsewhere": sent("/signaler/", 403, HTTP_SEC_FETCH_SITE="cross-site"),
    "sign-in": at("/admin/login/"),
    "to the sign-in": at("/admin/", 302),
    "address without a slash": at("/pratiques", 301),
    "http": at("/", 301, HTTP_X_FORWARDED_PROTO="http"),
    "not found": at("/n-existe-pas/", 404),
    "no file": at("/media/images/rien.jpg", 404),
    "no document": at("/documents/9999/rien.pdf", 404),
    "unreadable": at("/?q=%00", 400),
    "another host": at("/", 400, HTTP_HOST="ailleurs.invalid"),
    "another host over http": at("/", 400, HTTP_HOST="ailleurs.invalid", HTTP_X_FORWARDED_PROTO="http"),
    "method": sent("/healthz", 405),
    "failure": at("/readyz", 500),
}


@pytest.fixture
def files(production: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A static file, a PDF that costs nothing, and a probe that fails."""
    production.STATIC_ROOT = tmp_path / "static"
    production.STATIC_ROOT.mkdir()
    (production.STATIC_ROOT / "site.css").write_text("body {}")
    monkeypatch.setattr(documents, "set_type", lambda html, base: b"%PDF-1.7")

    def fail() -> list[str]:
        raise RuntimeError

    monkeypatch.setattr(readiness, "failing", fail)


@pytest.mark.usefixtures("files")
class TestAnAnswer:
    @pytest.mark.parametrize("kind", ANSWERS)
    def test_lets_in_nothing_inline_and_nobody_else(self, kind: str, reader: Client) -> None:
        policy = directives(ANSWERS[kind](reader))
        values = [value for values in policy.values() for value in values]

        if kind not in ("sign-in", "to the sign-in"):
            assert policy["default-src"] == policy["base-uri"] == ["'none'"]
            assert not [value for value in values if "unsafe" in value]
        assert policy["frame-ancestors"] == policy["object-src"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
        assert "upgrade-insecure-requests" in policy
        assert not [value for value in values if "." in value or "*" in value or "//" in value]

    @pytest.mark.parametrize("kind", ANSWERS)
    def test_has_the_other_headers_and_says_nothing_of_the_machine(self, kind: str, reader: Client) -> None:
        headers = ANSWERS[kind](reader).headers

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Permitted-Cross-Domain-Policies"] == "none"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers.get("X-Frame-Options", "DENY") == "DENY"
        if "http" not in kind:  # a browser ignores it there
            assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(headers)

    @pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "sign-in"])
    def test_sets_no_cookie(self, kind: str, reader: Client) -> None:
        response: Any = ANSWERS[kind](reader)

        assert not response.cookies
        # Who may see a document, or the admin, does depend on who asks.
        asks_who = ("to the sign-in", "document", "no document")
        assert "Cookie" not in response.headers.get("Vary", "") or kind in asks_who


class TestACookie:
    def test_of_an_account_is_kept_from_scripts_other_sites_and_other_names(self, reader: Client) -> None:
        account = factories.moderator()
        reader.get("/admin/login/")

        reader.force_login(account)
        cookies: SimpleCookie = reader.post("/admin/logout/").wsgi_request and reader.cookies
        named = {name: cookies[name] for name in ("__Host-sessionid", "__Host-csrftoken")}

        assert named["__Host-csrftoken"]["httponly"]
        assert {morsel["samesite"] for morsel in named.values()} == {"Lax"}
        assert {(morsel["path"], morsel["domain"]) for morsel in named.values()} == {("/", "")}

    def test_is_set_so_at_the_sign_in(self, reader: Client, production: Any) -> None:
        response = reader.get("/admin/login/")

        (name,) = response.cookies
        assert name == production.CSRF_COOKIE_NAME == "__Host-csrftoken"
        assert response.cookies[name]["secure"] and response.cookies[name]["httponly"]
        assert production.SESSION_COOKIE_SECURE and production.SESSION_COOKIE_HTTPONLY


class TestTheAdmin:
    def test_has_a_policy_of_its_own(self, reader: Client) -> None:
        reader.force_login(factories.administrator())
        policy = directives(reader.get("/admin/"))

        assert policy["script-src"] == policy["style-src"] == ["'self'", "'unsafe-inline'"]
        assert policy["frame-src"] == policy["default-src"] == ["'self'"]

    @pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/"])
    def test_lets_in_no_inline_script_where_a_password_is_asked_for(
        self, address: str, reader: Client
    ) -> None:
        assert directives(reader.get(address))["script-src"] == ["'self'"]

    def test_shows_a_text_in_a_frame_of_its_own(self, reader: Client) -> None:
        reader.force_login(factories.administrator())
        page = factories.BlogPostPageFactory(live=False)

        framed = reader.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        editor = reader.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

        assert (framed.status_code, editor.status_code) == (200, 200)
        assert directives(framed)["frame-ancestors"] == ["'self'"]
        assert framed["X-Frame-Options"] == "SAMEORIGIN"
        assert directives(editor)["frame-ancestors"] == ["'none'"]
        assert editor["X-Frame-Options"] == "DENY"
        assert "<base target" in framed.content.decode()

    def test_shows_what_wagtail_previews_in_a_frame(self) -> None:
        from home.delivery.headers import shape_policy  # noqa: PLC0415

        class Request:
            path, resolver_match = "/admin/pages/1/edit/preview/", None

        response: Any = shape_policy(xframe_options_sameorigin(lambda request: HttpResponse()))(Request())  # type: ignore[arg-type]

        assert response._csp_replace["frame-ancestors"] == ["'self'"]


class TestAVideo:
    def watched(self, client: Client, url: str = YOUTUBE) -> HttpResponse:
        response: Any = client.get(Video(url, "Une journée", "/blog/").get_absolute_url())
        return response

    def test_has_a_page_that_lets_in_its_host_alone(self, reader: Client) -> None:
        response = self.watched(reader)
        policy = directives(response)
        elsewhere = {name for name, values in policy.items() if any("." in value for value in values)}

        assert elsewhere == {"frame-src"}
        assert policy["frame-src"] == ["https://www.youtube-nocookie.com"]
        assert policy["frame-ancestors"] == ["'none'"]
        assert directives(self.watched(reader, "https://vimeo.com/123456"))["frame-src"] == [
            "https://player.vimeo.com"
        ]

    def test_plays_without_script_and_leads_back(self, reader: Client) -> None:
        html = self.watched(reader).content.decode()

        assert '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html
        assert f'href="{YOUTUBE}"' in html
        assert 'href="/blog/"' in html
        assert 'content="noindex"' in html

    def test_is_one_that_a_text_of_ours_shows(self, reader: Client) -> None:
        address = Video(YOUTUBE, "Une journée").get_absolute_url()

        for token in (address.replace("/video/", "/video/x"), "/video/abc/", f"{address[:-9]}/"):
            assert reader.get(token).status_code == 404

    def test_is_found_where_it_stands(self, reader: Client) -> None:
        page = factories.StandardPageFactory(
            body=[("video", {"title": "T", "url": YOUTUBE, "transcript": ""})]
        )
        html = reader.get(page.get_url()).content.decode()

        address = html.partition('href="/video/')[2].partition('"')[0]
        assert f'href="{page.get_url()}"' in reader.get(f"/video/{address}").content.decode()


def test_nobody_listens_at_another_name(reader: Client) -> None:
    """The address in a page, a feed or a mail is never one that a visitor made up."""
    for header in ("HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED"):
        for path in ("/", "/blog/flux/", "/robots.txt", "/sitemap.xml", "/pratiques/export.json"):
            response: Any = reader.get(path, **{header: "piege.invalid"})
            body = response.getvalue().decode()
            assert "piege.invalid" not in body and response.status_code == 200

    assert reader.get("/", HTTP_HOST=f"{HOST}.piege.invalid").status_code == 400
