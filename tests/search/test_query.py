"""Which pages answer, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search.answers import search_pages
from home.search.parsing import parse
from home.search.query import Found, Search
from tests import factories

pytestmark = pytest.mark.django_db


def find(pages: PageQuerySet[Page], text: str) -> Found:
    search, query = Search(pages), parse(text)
    search.read([query])
    return search.find(query)


def found(text: str) -> list[str]:
    titles = dict(Page.objects.values_list("pk", "title"))
    return [titles[pk] for pk in search_pages(Page.objects.live().public(), text)]


def pages(*titles: str, **fields: Any) -> None:
    for title in titles:
        factories.StandardPageFactory(title=title, **fields)


def text(*paragraphs: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{paragraph}</p>") for paragraph in paragraphs]


class TestTheOrder:
    def test_is_title_introduction_theme_body(self) -> None:
        pages("Un", body=text("Le psychotraumatisme."))
        sheet = factories.PracticePageFactory(title="Deux", themes=["sante"])
        pages("Trois", introduction="Le psychotraumatisme.")
        pages("Psychotraumatisme")

        assert sheet.title == "Deux"
        assert found("psychotraumatisme") == ["Psychotraumatisme", "Trois", "Deux", "Un"]

    def test_puts_the_word_itself_before_another_word_for_it(self) -> None:
        pages("Un docteur", "Un médecin")

        assert found("docteur") == ["Un docteur", "Un médecin"]
        assert found("médecin") == ["Un médecin", "Un docteur"]

    def test_puts_the_rarer_word_first_among_pages_with_some_of_the_words(self) -> None:
        pages("Jardin fleuri", "Jardin fleuri ", "Jardin public", "Potager fleuri")

        assert found("jardin potager fleuri")[0] == "Potager fleuri"

    def test_is_the_newest_first_among_equals(self) -> None:
        pages("Jardin", "Jardin ", "Jardin  ")

        keys = search_pages(Page.objects.live(), "jardin")

        assert keys == sorted(keys, reverse=True)


class TestTheWords:
    def test_have_to_be_there_all_of_them_first(self) -> None:
        pages("Cours de langue le soir", "Cours de cuisine")

        result = find(Page.objects.live(), "langues cours")

        assert result.complete == 1
        assert found("langues cours")[0] == "Cours de langue le soir"

    def test_may_be_most_of_them_when_few_pages_have_all(self) -> None:
        pages("Obtenir le jardin", "Le jardin du potager", "Obtenir")

        result = find(Page.objects.live(), "comment obtenir un jardin potager ?")

        assert result.complete == 0
        assert result.is_widened
        assert len(result.keys) == 2

    def test_may_be_the_rare_one_among_common_ones(self) -> None:
        pages("Ouverture du potager", "Ouverture du verger", "Ouverture", "Ouverture ")

        assert found("ouverture jardin potager")[0] == "Ouverture du potager"
        assert found("fermeture potager") == ["Ouverture du potager"]

    def test_that_no_page_has_keep_nothing_away(self) -> None:
        pages("Jardin")

        assert found("jardin xylophone marimba") == ["Jardin"]

    def test_that_no_page_has_are_told(self) -> None:
        pages("Jardin")

        assert find(Page.objects.live(), "jardin xylophone").unknown == ["xylophone"]

    def test_are_answered_among_the_given_pages_alone(self) -> None:
        pages("Jardin")

        assert search_pages(Page.objects.none(), "jardin") == []
        assert search_pages(Page.objects.filter(title="Jardin"), "jardin")


class TestWhatIsWrittenAroundAQuestion:
    @pytest.mark.parametrize(
        "typed",
        [
            "exemples de potager",
            "comment mettre en place un potager ?",
            "Je voudrais développer un potager",
            "projet : potager",
            "qui s’occupe du potager",
        ],
    )
    def test_is_not_looked_for(self, typed: str) -> None:
        pages("Projet, exemples, développer, mettre en place, s’occuper d’autre chose")
        pages("Potager")

        assert found(typed)[0] == "Potager"
        assert find(Page.objects.live(), "exemples de potager").complete == 1

    def test_is_where_nothing_else_is_asked(self) -> None:
        pages("Un exemple", "Un potager")

        assert found("exemples de") == ["Un exemple"]
        assert found("exemple de projet") == ["Un exemple"]

    def test_is_between_quotes(self) -> None:
        pages("Projet de potager", "Potager")

        assert found('"projet de potager"') == ["Projet de potager"]
        assert found('potager "projet"') == ["Projet de potager"]

    def test_may_be_left_out(self) -> None:
        pages("Projet de potager", "Potager")

        assert found("potager -projet") == ["Potager"]


class TestACompound:
    def test_is_found_by_its_parts_where_nobody_wrote_it(self) -> None:
        pages("Le jardin et son verger", "Le jardin")

        assert found("jardin-verger") == ["Le jardin et son verger"]

    def test_is_itself_first(self) -> None:
        pages("Jardin-verger", "Verger et jardin")

        assert found("jardin-verger")[0] == "Jardin-verger"

    def test_of_a_denial_is_never_taken_apart(self) -> None:
        pages("Des papiers")

        assert found("sans-papiers") == []


class TestASlipOfTheFinger:
    def test_is_answered_as_what_was_meant(self) -> None:
        pages("Réquisition", "Autre")

        assert found("réquisision") == ["Réquisition"]
        assert found("réquisision xylophone") == ["Réquisition"]

    def test_is_none_where_a_page_holds_every_word(self) -> None:
        pages("Jardin", "Jarbin", "Jarbin ")

        assert found("jardin") == ["Jardin"]


class TestAPhrase:
    def test_has_to_be_there_word_by_word(self) -> None:
        pages("Villes hospitalières", "Ville très hospitalière", "Hospitalière, la ville")

        assert found('"ville hospitalière"') == ["Villes hospitalières"]
        assert found("« ville hospitalière »") == ["Villes hospitalières"]

    def test_counts_its_small_words(self) -> None:
        pages("Droit de cité", "Droit à la cité")

        assert found('"droit de cité"') == ["Droit de cité"]

    def test_goes_from_no_text_into_the_next(self) -> None:
        pages("Le jardin", introduction="Potager partagé.")

        assert found('"jardin potager"') == []

    def test_is_looked_for_only_where_all_its_words_are(self) -> None:
        pages("Le jardin et le potager", "Jardin", "Potager")
        search, query = Search(Page.objects.live()), parse('"jardin potager" public')
        search.read([query])

        assert len(search.candidates(query)) == 1
        assert not search.find(query).keys

    def test_with_a_slip_of_the_finger_is_the_one_that_was_meant(self) -> None:
        pages("Le jardin partagé", "Partagé, le jardin", "Les jardins partagés de la ville")

        assert found('"jardin partgé"') == found('"jardin partagé"')
        assert len(found('"jardin partgé"')) == 2

    def test_is_never_widened(self) -> None:
        pages("Obtenir un jardin")

        assert found('"jardin potager" obtenir un truc') == []


class TestAWordToLeaveOut:
    def test_takes_its_pages_away(self) -> None:
        pages("Jardin potager", "Jardin public")

        assert found("jardin -potagers") == ["Jardin public"]
        assert found('jardin -"jardin potager"') == ["Jardin public"]

    def test_takes_away_the_pages_of_a_place(self) -> None:
        place = factories.TerritoryPageFactory(title="Liège")
        factories.PracticePageFactory(title="Jardin d’ici", territory=place)
        factories.PracticePageFactory(title="Jardin d’ailleurs")

        assert found("jardin -liège") == ["Jardin d’ailleurs"]

    def test_finds_nothing_by_itself(self) -> None:
        pages("Jardin")

        assert found("-potager") == []


@pytest.mark.parametrize("count", [1, 60])
def test_asks_the_database_twice_however_many_pages_there_are(count: int) -> None:
    pages(*["Jardin"] * count)

    with CaptureQueriesContext(connection) as queries:
        find(Page.objects.live().public(), "jardin potager accueil titre de séjour")

    selects = [query for query in queries if "pageviewrestriction" not in query["sql"]]
    assert len(selects) == 2
