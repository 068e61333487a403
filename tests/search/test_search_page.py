"""What the search page shows: extracts with the words marked, another spelling, a way on from every dead end."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from home.search.extracts import LENGTH, extract, marked
from home.search.spelling import distance
from tests import factories
from tests.media.people import agreed_image, withdraw

pytestmark = pytest.mark.django_db


def shown(**query: Any) -> str:
    response = Client().get("/recherche/", query)
    assert response.status_code == 200
    return html.unescape(response.content.decode()).partition("<main")[2]


def total(page: str) -> int:
    match = re.search(r'data-total="(\d+)"', page)
    assert match
    return int(match[1])


def body(*paragraphs: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{paragraph}</p>") for paragraph in paragraphs]


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "typed", "expected"),
        [
            ("Les exilé·es d’ici", "exilées", "Les <mark>exilé·es</mark> d’ici"),
            ("L’accueil des sans-papiers", "sanspapiers", "L’accueil des <mark>sans-papiers</mark>"),
            ("Vivre sans papiers ici", "sans-papiers", "Vivre <mark>sans papiers</mark> ici"),
            ("Des papiers en ordre", "sans papiers", "Des papiers en ordre"),
            ("Un titre de séjour", "papiers", "Un <mark>titre</mark> de <mark>séjour</mark>"),
            ("Le titre du livre", "papiers", "Le titre du livre"),
            ("<b>5 & 6</b> jardins", "jardin", "&lt;b&gt;5 &amp; 6&lt;/b&gt; <mark>jardins</mark>"),
            ("Rien", "", "Rien"),
        ],
    )
    def test_are_on_the_words_that_answer_and_no_others(self, text: str, typed: str, expected: str) -> None:
        assert marked(text, typed) == expected


class TestAnExtract:
    def test_is_the_introduction_where_no_text_answers(self) -> None:
        page = factories.StandardPageFactory(introduction="Au bord de l’eau.", body=body("Rien."))

        assert extract(page, "jardin") == "Au bord de l’eau."

    def test_is_the_passage_that_answers_most(self) -> None:
        page = factories.StandardPageFactory(
            introduction="Le jardin.", body=body("Un potager.", "Le jardin et son potager.")
        )

        assert extract(page, "jardin potager") == ("Le <mark>jardin</mark> et son <mark>potager</mark>.")

    def test_is_short_and_says_where_it_was_cut(self) -> None:
        page = factories.StandardPageFactory(
            introduction="", body=body(f"{'Avant. ' * 50}Le jardin fleurit. {'Après. ' * 50}")
        )

        found = extract(page, "jardin")

        assert found.startswith("… Le <mark>jardin</mark> fleurit.")
        assert found.endswith("…")
        assert len(found.split()) <= LENGTH + 2

    def test_holds_no_word_under_an_image_withdrawn_or_not(self) -> None:
        """Words that may have to go one day, and a query for each image of a list."""
        image = agreed_image()
        values = {"image": image, "alt": "", "caption": "Amina au jardin", "credit": ""}
        page = factories.StandardPageFactory(body=[("image", values)])
        assert "Amina" not in extract(page, "jardin")

        withdraw(image)
        page.refresh_from_db()

        assert "Amina" not in extract(page, "jardin")


class TestThePage:
    def test_tells_kind_place_and_passage_of_what_it_found(self) -> None:
        place = factories.TerritoryPageFactory(title="Liège")
        factories.PracticePageFactory(
            title="Un jardin", introduction="Le jardin est ouvert.", territory=place
        )

        page = shown(q="jardins")

        assert total(page) == 1
        assert "Fiche de pratique" in page
        assert "· Liège" in page
        assert "Un <mark>jardin</mark>" in page
        assert "Le <mark>jardin</mark> est ouvert." in page

    def test_names_no_place_that_is_not_public(self) -> None:
        place = factories.TerritoryPageFactory(title="Pastèqueville")
        factories.PracticePageFactory(title="Un jardin", territory=place)
        place.unpublish()

        assert "Pastèqueville" not in shown(q="jardin")

    def test_keeps_what_was_typed(self) -> None:
        assert 'value="jardin "potager" -mot"' in shown(q='jardin "potager" -mot')

    def test_says_when_pages_hold_but_most_of_the_words(self) -> None:
        factories.StandardPageFactory(title="Jardin potager")

        assert "Aucune page ne contient tous ces mots" in shown(q="jardin potager xylophone")

    def test_says_where_pages_with_every_word_end(self) -> None:
        factories.StandardPageFactory(title="Jardin potager verger")
        factories.StandardPageFactory(title="Jardin potager")

        page = shown(q="jardin potager verger")

        assert total(page) == 2
        assert page.index("verger</mark>") < page.index("une partie de ces mots")

    def test_has_pages_of_ten(self) -> None:
        for _ in range(11):
            factories.StandardPageFactory(title="Jardin")

        assert total(shown(q="jardin")) == 11
        assert shown(q="jardin", page=2).count('class="result"') == 1
        assert shown(q="jardin", page=-1).count('class="result"') == 1
        assert shown(q="jardin", page="x").count('class="result"') == 10

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("le la les", "Il manque un mot à chercher"),
            ("?!…", "Il manque un mot à chercher"),
            ('"', "Il manque un mot à chercher"),
            ("-mot", "Un tiret devant un mot enlève des pages"),
            ("xylophone", "Aucune page ne contient ces mots"),
            ('"jardin fermé"', "dans cet ordre"),
            ("jardin -jardin", "une fois ces mots enlevés"),
            pytest.param("a" * 5000, "Aucune page ne contient ces mots", id="long"),
        ],
    )
    def test_answers_in_words_what_finds_nothing(self, typed: str, words: str) -> None:
        factories.StandardPageFactory(title="Jardin")

        page = shown(q=typed)

        assert total(page) == 0
        assert words in page

    def test_asks_the_database_as_often_for_one_result_as_for_ten(
        self, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(10):
            factories.PracticePageFactory(title="Jardin")
        shown(q="jardin")

        with django_assert_max_num_queries(32):
            shown(q="jardin")


class TestATypingError:
    @pytest.fixture(autouse=True)
    def page(self) -> None:
        factories.StandardPageFactory(title="L’hébergement citoyen")

    @pytest.mark.parametrize(
        "typed", ["hebergemant", "herbergement", "hébergeement", "hébregement", "ébergement"]
    )
    def test_is_answered_with_the_nearest_word_and_its_pages(self, typed: str) -> None:
        page = shown(q=typed)

        assert "Vouliez-vous dire" in page
        assert ">hébergement</a>" in page
        assert total(page) == 1

    def test_keeps_the_other_words(self) -> None:
        assert ">citoyen hébergement</a>" in shown(q="citoyen hebergemant")

    @pytest.mark.parametrize("typed", ["hébergements", "xylophone", "abc", "citoyens"])
    def test_is_not_seen_in_words_that_are_known_or_far_from_all(self, typed: str) -> None:
        assert "Vouliez-vous dire" not in shown(q=typed)

    def test_tells_no_word_of_what_is_not_public(self) -> None:
        factories.StandardPageFactory(title="Pastèque").unpublish()
        factories.StandardPageFactory(title="Pastèque", live=False)

        assert "Vouliez-vous dire" not in shown(q="pasteqe")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a", "a", 0),
        ("chat", "chta", 1),
        ("chat", "chats", 1),
        ("chat", "hat", 1),
        ("chat", "char", 1),
        ("ab", "cdef", 3),
    ],
)
def test_distance_counts_slips_of_the_finger(one: str, other: str, expected: int) -> None:
    assert distance(one, other, limit=2) == expected
