"""What could not be saved stays in the browser, and comes back with one click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import LiveSite, SignIn

FOUND = "Un enregistrement n’a pas abouti."
COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('ocu-copie:')).length"


@pytest.fixture
def address(live_site: LiveSite) -> str:
    """The editor of a text that is nobody's business."""
    key = live_site.python(
        "from tests import factories; from home.models import User;"
        "owner = User.objects.get(email='admin@demo.invalid');"
        "print(factories.BlogPostPageFactory(title='Avant', owner=owner).pk)"
    )
    return f"/admin/pages/{key.strip()}/edit/"


@pytest.fixture
def writer(signed_in: SignIn, address: str) -> Iterator[Page]:
    page = signed_in("admin")
    page.goto(address)
    yield page


def fails(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=503, content_type="text/html", body="<h1>Panne</h1>")
    else:
        route.fallback()


def write_and_save(page: Page, title: str) -> None:
    page.locator("input[name=title]").fill(title)
    page.locator("#page-edit-form").evaluate("form => form.requestSubmit()")


def write_and_lose(page: Page, title: str) -> None:
    page.route("**/edit/", fails)
    write_and_save(page, title)
    expect(page.get_by_text("Panne")).to_be_visible()
    page.unroute("**/edit/")


class TestATextThatCouldNotBeSaved:
    def test_comes_back_whole(self, writer: Page, address: str) -> None:
        write_and_lose(writer, "Ce que j’ai écrit")

        writer.goto(address)
        expect(writer.get_by_text(FOUND)).to_be_visible()
        expect(writer.locator("input[name=title]")).to_have_value("Avant")
        writer.get_by_role("button", name="Retrouver ce que vous aviez écrit").click()

        expect(writer.locator("input[name=title]")).to_have_value("Ce que j’ai écrit")
        expect(writer.get_by_text(FOUND)).to_have_count(0)
        writer.goto("/admin/")
        assert writer.evaluate(COPIES) == 0

    def test_is_offered_when_the_editor_could_not_save_by_itself(self, writer: Page, address: str) -> None:
        writer.route("**/edit/", fails)
        writer.wait_for_timeout(3000)  # what is typed before Wagtail has read the form is no change to it
        writer.locator("input[name=title]").fill("Écrit sans réseau")
        for _while in range(100):
            writer.wait_for_timeout(200)
            if writer.evaluate(COPIES):
                break
        writer.unroute("**/edit/")

        writer.goto("about:blank")
        writer.goto(address)

        expect(writer.get_by_text(FOUND)).to_be_visible()

    def test_goes_when_nobody_wants_it(self, writer: Page, address: str) -> None:
        write_and_lose(writer, "À jeter")
        writer.goto(address)

        writer.get_by_role("button", name="Effacer cette copie").click()

        expect(writer.get_by_text(FOUND)).to_have_count(0)
        assert writer.evaluate(COPIES) == 0


class TestACopy:
    @pytest.fixture
    def kept(self, writer: Page, address: str) -> Page:
        write_and_lose(writer, "Gardé")
        writer.goto("/admin/")
        assert writer.evaluate(COPIES) == 1
        return writer

    def test_is_not_there_of_what_was_saved(self, writer: Page) -> None:
        write_and_save(writer, "Enregistré")
        expect(writer.locator("input[name=title]")).to_have_value("Enregistré")
        writer.goto("/admin/")

        assert writer.evaluate(COPIES) == 0

    def test_goes_with_whoever_signs_out(self, kept: Page) -> None:
        kept.locator(".sidebar-footer__account").click()
        kept.get_by_role("button", name="Se déconnecter").click()
        kept.wait_for_url("**/login/**")

        assert kept.evaluate(COPIES) == 0

    def test_is_no_older_than_a_week(self, kept: Page) -> None:
        kept.evaluate(
            "() => { const key = Object.keys(localStorage).find((key) => key.startsWith('ocu-copie:'));"
            "const copy = JSON.parse(localStorage[key]); copy.at -= 8 * 24 * 3600 * 1000;"
            "localStorage[key] = JSON.stringify(copy); }"
        )
        kept.goto("/admin/")

        assert kept.evaluate(COPIES) == 0

    def test_is_nobody_else_s(self, kept: Page) -> None:
        kept.evaluate(
            "() => { const key = Object.keys(localStorage).find((key) => key.startsWith('ocu-copie:'));"
            "const copy = JSON.parse(localStorage[key]); copy.user = '0';"
            "localStorage[key] = JSON.stringify(copy); }"
        )
        kept.goto("/admin/")

        assert kept.evaluate(COPIES) == 0
