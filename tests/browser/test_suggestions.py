"""Suggestions under the search fields: by keyboard, by mouse, heard by a screen reader."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.once


def test_somebody_goes_straight_to_a_page_without_leaving_the_keyboard(reader: Page) -> None:
    reader.goto("/")
    field = reader.get_by_role("combobox", name="Chercher dans tout le site")
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press_sequentially("barcel")
    options = reader.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_contain_text("Barcelone")
    expect(reader.get_by_role("status").filter(has_text="suggestions")).to_be_attached()
    assert Axe().run(reader).violations_count == 0

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("barcel")

    field.press_sequentially("one")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(reader).to_have_url(re.compile("/territoires/barcelone/"))


def test_the_form_still_looks_for_what_is_typed(reader: Page) -> None:
    reader.goto("/recherche/")
    field = reader.get_by_role("combobox", name="Mots à chercher")

    field.press_sequentially("hebergemant")
    field.press("Enter")

    expect(reader.get_by_text("Vouliez-vous dire")).to_be_visible()
    expect(reader.locator("mark").first).to_be_visible()
