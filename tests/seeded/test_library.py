"""The library as its readers use it."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from practices.models import PracticePage
from practices.proposals.changes import changes
from practices.proposals.content import snapshot
from practices.proposals.forms import Questions
from tests.practices.test_proposals import fields
from tests.seeded.pages import show

FACETS = ["theme", "territoire", "public", "acteur", "type", "etat", "appui", "place", "tag"]


def test_the_library_lists_every_sheet() -> None:
    shown = show("/pratiques/")

    assert shown.total == PracticePage.objects.live().count()
    assert len(shown.slugs) == min(shown.total, 12)
    assert set(shown.counts) == set(FACETS)


def test_the_pages_of_the_list_hold_every_sheet_once() -> None:
    slugs = show("/pratiques/").slugs + show("/pratiques/?page=2").slugs

    assert sorted(slugs) == sorted(PracticePage.objects.live().values_list("slug", flat=True))


@pytest.mark.parametrize("facet", FACETS)
def test_the_count_beside_a_value_is_the_number_of_sheets_one_gets(facet: str) -> None:
    counts = show("/pratiques/").counts[facet]
    assert any(counts.values())

    for slug, count in counts.items():
        assert show(f"/pratiques/?{facet}={slug}").total == count, slug


def test_two_values_of_a_facet_widen_and_two_facets_narrow() -> None:
    participation = set(show("/pratiques/?theme=participation").slugs)
    health = set(show("/pratiques/?theme=sante").slugs)

    assert set(show("/pratiques/?theme=participation&theme=sante").slugs) == participation | health
    both = show("/pratiques/?theme=participation&theme=sante&territoire=berlin")
    assert set(both.slugs) == {"berlin-clearingstelle"}


def test_counts_of_a_facet_ignore_its_own_choice_but_not_the_others() -> None:
    plain, chosen = show("/pratiques/"), show("/pratiques/?territoire=palerme")

    assert chosen.counts["territoire"] == plain.counts["territoire"]
    assert sum(chosen.counts["etat"].values()) == chosen.total


def test_the_state_that_a_reader_asks_for_is_the_only_one_listed() -> None:
    assert show("/pratiques/?etat=terminee").slugs == ["montreuil-requisition-afpa"]
    assert show("/pratiques/?etat=remise-en-cause").slugs == ["barcelone-padron-sans-domicile"]


def test_a_chosen_filter_can_be_taken_off() -> None:
    html = Client().get("/pratiques/?theme=sante&territoire=berlin").content.decode()

    assert 'href="/pratiques/?theme=sante"' in html
    assert 'href="/pratiques/?territoire=berlin"' in html


def test_unknown_values_are_ignored_and_said_so() -> None:
    shown = show("/pratiques/?theme=astrologie&territoire=liege")

    assert shown.total == show("/pratiques/?territoire=liege").total
    assert "astrologie" in shown.text


def test_an_empty_result_says_so_and_shows_the_way_out() -> None:
    response = Client().get("/pratiques/?territoire=montreuil&theme=sante")
    shown = show("/pratiques/?territoire=montreuil&theme=sante")

    assert shown.total == 0
    assert shown.slugs == []
    assert "Aucune fiche" in shown.text
    assert 'href="/pratiques/"' in response.content.decode()


def test_a_page_number_that_makes_no_sense_gives_a_page() -> None:
    assert show("/pratiques/?page=9999").slugs == show("/pratiques/?page=2").slugs
    assert show("/pratiques/?page=abc").slugs == show("/pratiques/").slugs


@pytest.mark.parametrize("sort", ["recentes", "verifiees", "titre", "territoire", "nimporte"])
def test_the_list_can_be_sorted(sort: str) -> None:
    shown = show(f"/pratiques/?tri={sort}")

    assert shown.total == 16
    if sort == "titre":
        titles = list(PracticePage.objects.live().order_by("title").values_list("slug", flat=True))
        assert shown.slugs == titles[:12]


def test_words_narrow_the_list_too() -> None:
    shown = show("/pratiques/?q=plaintes")

    assert shown.slugs[0] == "berlin-bubs-bureau-plaintes"
    assert shown.total < 16
    assert show("/pratiques/?q=plaintes&territoire=palerme").total <= shown.total


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff%fe", "theme=%C3%28", "page=-1", "page=%F0%9F", "q=" + "a" * 5000, "q='\"<>&;--"]
)
def test_no_query_string_breaks_the_list(query: str) -> None:
    assert Client().get(f"/pratiques/?{query}").status_code in (200, 400)


def test_the_feed_holds_what_is_filtered() -> None:
    response = Client().get("/pratiques/flux/?territoire=palerme")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert response.content.decode().count("<entry>") == show("/pratiques/?territoire=palerme").total


def test_a_correction_that_changes_nothing_is_nothing() -> None:
    for sheet in PracticePage.objects.live():
        page = Client().get(f"{sheet.get_url()}corriger/").content.decode()
        sent = QueryDict(mutable=True)
        for name, value in fields(page).items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        questions = Questions(data=sent, correcting=True)

        assert questions.is_complete(), (sheet.slug, questions.errors)
        assert changes(snapshot(sheet), questions.content(), snapshot(sheet)) == [], sheet.slug
