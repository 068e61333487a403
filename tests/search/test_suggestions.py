"""What is proposed while somebody types."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def answer(typed: str) -> Any:
    response = Client().get("/recherche/suggestions/", {"q": typed})
    assert response.status_code == 200
    return response.json()


def proposed(typed: str) -> list[tuple[str, str]]:
    return [(item["kind"], item["label"]) for item in answer(typed)["items"]]


def test_are_themes_territories_and_pages_that_begin_so() -> None:
    place = factories.TerritoryPageFactory(title="Santenay")
    sheet = factories.PracticePageFactory(title="La santé pour tou·tes", territory=place)

    assert proposed("sante") == [
        ("Thème", "Santé"),
        ("Territoire", "Santenay"),
        ("Fiche de pratique", "La santé pour tou·tes"),
    ]
    assert answer("SANTÉ p")["items"][-1] == {
        "label": sheet.title,
        "kind": "Fiche de pratique",
        "url": sheet.get_url(),
    }
    assert answer("sante")["items"][0]["url"] == "/pratiques/?theme=sante"
    assert answer("sante")["status"] == "3 suggestions"


def test_know_the_other_words_of_a_theme() -> None:
    assert ("Thème", "Santé") in proposed("hôpi")


def test_know_only_what_is_public() -> None:
    factories.TerritoryPageFactory(title="Pastèqueville").unpublish()
    factories.StandardPageFactory(title="Pastèque", live=False)

    assert proposed("pastèq") == []


@pytest.mark.parametrize("typed", ["", "s", "le", "%", '"', "?!", pytest.param("é" * 5000, id="long")])
def test_are_none_for_what_says_nothing(typed: str) -> None:
    assert answer(typed) == {"items": [], "status": "Aucune suggestion"}


def test_are_eight_at_most_and_no_address_twice() -> None:
    for number in range(12):
        factories.StandardPageFactory(title=f"Jardin {number}")
    factories.TerritoryPageFactory(title="Jardin")

    items = answer("jard")["items"]

    assert len(items) == len({item["url"] for item in items}) == 8


def test_may_be_kept_for_a_minute_and_are_no_page_for_search_engines() -> None:
    response = Client().get("/recherche/suggestions/", {"q": "sante"})

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_are_asked_for_by_the_fields_of_every_page() -> None:
    page = Client().get("/recherche/").content.decode()

    assert page.count('data-suggestions="/recherche/suggestions/"') == 2
    assert 'type="module" src="/static/js/suggestions.js"' in page
