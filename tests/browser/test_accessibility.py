"""Every kind of public page in Chromium: accessibility rules in both schemes, nothing from elsewhere, no error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import LiveSite

pytestmark = pytest.mark.once

ADDRESSES = [
    "/",
    "/blog/",
    "/blog/?territoire=liege&theme=langues-numerique",
    "/blog/barcelone-habiter-sans-adresse/",
    "/blog/palerme-vingt-et-une-chaises/",
    "/pratiques/",
    "/pratiques/?theme=participation&theme=sante&territoire=berlin",
    "/pratiques/?theme=inconnu&territoire=montreuil&public=femmes",
    "/pratiques/barcelone-padron-sans-domicile/",
    "/pratiques/berlin-clearingstelle/",
    "/territoires/",
    "/territoires/liege/",
    "/restitutions/",
    "/restitutions/qui-decide-quand-on-accueille/",
    "/volontaires/ines-marchal/",
    "/recherche/?q=accueil",
    "/recherche/?q=xylophone",
    "/le-projet/",
    "/contribuer/",
    "/charte-editoriale/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/signaler/",
    "/signaler/?page=/pratiques/berlin-clearingstelle/",
    "/signaler/?envoye=oui",
    "/pratiques/proposer/",
    "/pratiques/berlin-clearingstelle/corriger/",
    "/cette-page-n-existe-pas/",
    "/pratiques/?q=%FF",
]
Scheme = Literal["light", "dark"]


@pytest.fixture(params=["light", "dark"])
def visitor(chromium: Browser, live_site: LiveSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a phone, in one of the two colour schemes."""
    scheme: Scheme = request.param
    context = chromium.new_context(
        base_url=live_site.url, color_scheme=scheme, locale="fr-FR", viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def test_no_page_breaks_a_rule_or_loads_from_elsewhere(visitor: Page, live_site: LiveSite) -> None:
    elsewhere: list[str] = []
    errors: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((live_site.url, "data:")):
            elsewhere.append(request.url)

    visitor.on("request", note)
    visitor.on("pageerror", lambda error: errors.append(f"{visitor.url}: {error}"))
    visitor.on(
        "console", lambda message: errors.append(message.text) if "Content Security" in message.text else None
    )

    broken = {address: rules for address in ADDRESSES if (rules := violations(visitor, address))}

    assert broken == {}
    assert elsewhere == []
    assert errors == []


def violations(page: Page, address: str) -> list[tuple[str, Any]]:
    """The rules that *address* breaks, each with the first element that breaks it."""
    page.goto(address)
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def test_no_page_is_wider_than_a_small_phone(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 360, "height": 740})
    too_wide = []
    for address in ADDRESSES:
        visitor.goto(address)
        if visitor.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(address)

    assert too_wide == []
