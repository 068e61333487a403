"""The library in Chromium: filtered with and without JavaScript, by keyboard, on a phone; compared; taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.browser.conftest import LiveSite

pytestmark = pytest.mark.once

PHONE: ViewportSize = {"width": 360, "height": 740}
COMPARISON = "/pratiques/comparer/?fiche=berlin-clearingstelle&fiche=berlin-bubs-bureau-plaintes"


@pytest.fixture
def phone(chromium: Browser, live_site: LiveSite) -> Iterator[Page]:
    context = chromium.new_context(base_url=live_site.url, locale="fr-FR", viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(chromium: Browser, live_site: LiveSite) -> Iterator[Page]:
    context = chromium.new_context(base_url=live_site.url, locale="fr-FR", java_script_enabled=False)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def test_a_filter_changes_the_list_where_it_stands(reader: Page) -> None:
    reader.goto("/pratiques/")
    loads: list[str] = []
    reader.on("load", lambda page: loads.append(page.url))

    reader.locator("#theme-sante").check()

    expect(reader.locator("#resultats")).to_have_text("2 fiches")
    expect(reader).to_have_url("/pratiques/?theme=sante")
    expect(reader.locator("#annonce")).to_have_text("2 fiches")
    expect(reader.locator("#theme-sante")).to_be_focused()
    expect(reader.locator("[data-facet=territoire][data-value=palerme]")).to_have_attribute("data-count", "0")
    assert reader.locator("[data-slug]").count() == 2
    assert loads == []

    reader.go_back()
    expect(reader.locator("#resultats")).to_have_text("16 fiches")
    expect(reader.locator("#theme-sante")).not_to_be_checked()
    reader.go_forward()
    expect(reader.locator("#resultats")).to_have_text("2 fiches")


def test_the_keyboard_alone_filters_and_takes_filters_off(reader: Page) -> None:
    reader.goto("/pratiques/")
    reader.locator("#facette-etat-nom").focus()
    reader.keyboard.press("Enter")
    while not reader.evaluate("document.activeElement.id === 'etat-terminee'"):
        reader.keyboard.press("Tab")
    reader.keyboard.press("Space")

    expect(reader.locator("#resultats")).to_have_text("1 fiche")
    expect(reader.locator("#etat-terminee")).to_be_focused()
    expect(reader.locator("#facette-etat")).to_have_attribute("open", "")

    reader.locator(".chip[data-chip=etat]").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("#resultats")).to_have_text("16 fiches")
    expect(reader.locator("#resultats")).to_be_focused()


def test_words_are_looked_for_while_they_are_typed(reader: Page) -> None:
    reader.goto("/pratiques/")

    reader.locator("#filtre-q").press_sequentially("plaintes", delay=20)

    expect(reader).to_have_url("/pratiques/?q=plaintes")
    expect(reader.locator("#filtre-q")).to_be_focused()
    expect(reader.locator("#filtre-q")).to_have_value("plaintes")
    expect(reader.locator("[data-slug]").first).to_have_attribute("data-slug", "berlin-bubs-bureau-plaintes")


def test_letters_typed_while_the_list_changes_are_kept(reader: Page) -> None:
    reader.goto("/pratiques/")
    field = reader.locator("#filtre-q")
    held: list[Route] = []
    reader.route(re.compile(r"\?q=plai&"), lambda route: held.append(route))  # noqa: PLW0108  (Playwright marks it)

    with reader.expect_request(re.compile(r"\?q=plai&")):
        field.press_sequentially("plai")
    field.press_sequentially("ntes ")
    held[0].continue_()

    expect(reader).to_have_url("/pratiques/?q=plaintes")
    expect(field).to_have_value("plaintes ")

    reader.locator(".chip[data-chip=q]").click()
    expect(reader.locator("#resultats")).to_have_text("16 fiches")
    expect(field).to_have_value("")
    reader.go_back()
    expect(field).to_have_value("plaintes")


def test_the_field_of_words_proposes_where_to_go_while_the_list_follows(reader: Page) -> None:
    reader.goto("/pratiques/")
    field = reader.get_by_role("combobox", name="Mots")
    options = reader.locator("#filtre-q-suggestions").get_by_role("option")

    field.press_sequentially("barcel")
    expect(reader).to_have_url("/pratiques/?q=barcel")
    expect(options.first).to_contain_text("Barcelone")
    assert violations(reader) == []

    field.press("Enter")
    expect(options.first).to_be_hidden()
    expect(field).to_be_focused()
    field.press_sequentially("o")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(reader).to_have_url("/territoires/barcelone/")


def test_a_slip_of_the_finger_is_answered_and_told(reader: Page) -> None:
    reader.goto("/pratiques/?q=réquisision&theme=premier-accueil")

    expect(reader.locator("[data-slug]").first).to_have_attribute("data-slug", "montreuil-requisition-afpa")
    reader.locator(".notice").get_by_role("link", name="réquisition").click()
    expect(reader).to_have_url("/pratiques/?q=r%C3%A9quisition&theme=premier-accueil")
    expect(reader.locator("#filtre-q")).to_have_value("réquisition")


def test_without_javascript_the_form_and_the_links_do_the_same(without_script: Page) -> None:
    without_script.goto("/pratiques/")
    without_script.locator("#theme-sante").check()
    without_script.locator(".filters-go button").click()

    assert without_script.url.split("/pratiques/", 1)[1].startswith("?q=&theme=sante")
    expect(without_script.locator("#resultats")).to_have_text("2 fiches")
    without_script.get_by_role("link", name="Comparer").first.click()
    without_script.get_by_role("link", name="Comparer").last.click()
    without_script.get_by_role("button", name="Comparer ces 2 fiches").click()
    assert without_script.locator("[data-slug]").count() == 2


def test_sheets_are_put_aside_and_compared(reader: Page) -> None:
    reader.goto("/pratiques/?theme=sante")
    reader.locator("#comparer-berlin-clearingstelle").click()
    expect(reader.locator(".tray")).to_contain_text("Choisissez-en une autre")
    expect(reader.locator("#comparer-berlin-clearingstelle")).to_be_focused()

    reader.locator(".chip[data-chip=theme]").click()
    reader.locator("#comparer-berlin-bubs-bureau-plaintes").click()
    reader.get_by_role("button", name="Comparer ces 2 fiches").click()

    reader.wait_for_url("**/comparer/**")
    assert reader.locator("[data-slug]").count() == 2
    expect(reader.locator(".differs").first).to_be_visible()


def test_what_is_filtered_is_taken_away(reader: Page) -> None:
    reader.goto("/pratiques/?theme=sante")
    reader.locator("#emporter summary").click()

    with reader.expect_download() as download:
        reader.get_by_role("link", name="Données (JSON)").click()

    assert download.value.suggested_filename == "pratiques.json"
    assert json.loads(Path(download.value.path()).read_text())["total"] == 2


def test_the_phone_shows_it_all_in_its_width(phone: Page) -> None:
    phone.goto("/pratiques/?theme=sante")
    phone.locator("#filtres > summary").click()
    phone.locator("#plus-sante > summary").click()
    phone.locator("#theme-soins-sans-couverture").check()
    expect(phone).to_have_url("/pratiques/?theme=soins-sans-couverture&theme=sante")
    expect(phone.locator("#filtres")).to_have_attribute("open", "")

    for address in ("", COMPARISON):
        if address:
            phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert violations(phone) == []


def test_nothing_is_left_for_the_next_reader(reader: Page) -> None:
    """A shared phone remembers neither what was looked for nor what was read."""
    reader.goto("/pratiques/?theme=sante")
    reader.locator("#theme-participation").check()
    expect(reader.locator("#annonce")).to_have_text("5 fiches")

    assert reader.context.cookies() == []
    assert reader.evaluate("Object.keys(localStorage)") == []
    assert reader.evaluate("'htmx-history-cache' in sessionStorage") is False
