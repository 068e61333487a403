"""French search: words brought to one form, and the order of what is found."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from home.search import query
from home.search.query import search_pages
from home.search.stemming import query_stems, stems
from tests import factories

SAME = [
    ("hébergements", "hebergement"),
    ("Orangers", "oranger"),
    ("locaux", "local"),
    ("réseaux", "RESEAU"),
    ("droits", "droit"),
    ("l’accueil", "accueils"),
    ("habitant·es", "habitants"),
    ("d'interprétariat", "interpretariat"),
]


@pytest.mark.parametrize(("written", "typed"), SAME)
def test_a_word_is_found_whatever_its_number_its_accents_and_its_case(written: str, typed: str) -> None:
    assert set(query_stems(typed)) <= set(stems(written))


def test_words_that_mean_nothing_are_not_looked_for() -> None:
    assert query_stems("le la les et à l’") == []


@pytest.mark.django_db
class TestSearchPages:
    def test_finds_nothing_for_a_query_without_words(self) -> None:
        assert search_pages(Page.objects.all(), "le … !") == []

    def test_finds_only_pages_that_hold_every_word(self) -> None:
        both = factories.StandardPageFactory(title="Cours de langue le soir")
        factories.StandardPageFactory(title="Cours de cuisine")

        assert search_pages(Page.objects.live(), "langues cours") == [both.pk]

    @pytest.mark.parametrize("limit", [0, 250])
    def test_puts_a_title_before_a_text(self, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(query, "MAX_WEIGHED", limit)
        in_title = factories.StandardPageFactory(title="La permanence juridique")
        in_text = factories.StandardPageFactory(introduction="On y vient pour la permanence.")

        assert search_pages(Page.objects.live(), "permanences") == [in_title.pk, in_text.pk]

    def test_never_leaves_the_pages_it_was_given(self) -> None:
        factories.StandardPageFactory(title="Permanence secrète", live=False)

        assert search_pages(Page.objects.live(), "permanence") == []
