"""Search over everything public, in French as people type it."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from blog.models import BlogPostPage
from home.search.answers import answer, search_pages
from practices.models import PracticePage
from tests.seeded.pages import show
from tests.seeded.search_quality import NDCG, RECALL, judged_queries, quality

# What somebody types, and a page that has to be among the first ten.
PROBES = [
    ("hébergements", "montreuil-requisition-afpa"),
    ("hebergement", "montreuil-requisition-afpa"),
    ("plainte", "berlin-bubs-bureau-plaintes"),
    ("résident étranger", "grenoble-conseil-residents-etrangers"),
    ("residents etrangers", "grenoble-conseil-residents-etrangers"),
    ("padron", "barcelone-padron-sans-domicile"),
    ("cours de français", "liege-monde-des-possibles"),
    ("FLE", "liege-monde-des-possibles"),
    ("port sûr", "potsdam-villes-ports-surs"),
    ("PORTS SURS", "potsdam-villes-ports-surs"),
    ("l’accueil en Cévennes", "pays-viganais-terre-accueil"),
    ("Palerme", "palerme"),
    ("sans-papiers", "carta-di-palermo"),
]


@pytest.mark.parametrize(("typed", "slug"), PROBES)
def test_what_people_type_finds_what_they_mean(typed: str, slug: str) -> None:
    pages = show(f"/recherche/?q={typed}").slugs + show(f"/recherche/?q={typed}&page=2").slugs

    assert slug in pages


def test_search_finds_nothing_that_is_not_public() -> None:
    assert show("/recherche/?q=guillemins").total == 0
    assert "liege-carnet-de-gare" not in show("/recherche/?q=guillemins carnet").slugs


@pytest.mark.parametrize("query", ["", "q=", "q=le", "q=%22", "q=*", "q=AND", "q=a" * 500, "q=((("])
def test_every_query_gets_an_answer(query: str) -> None:
    assert Client().get(f"/recherche/?{query}").status_code == 200


def test_a_query_that_finds_nothing_says_so() -> None:
    shown = show("/recherche/?q=xylophone")

    assert shown.total == 0
    assert "xylophone" in shown.text


def found(text: str) -> list[str]:
    """Sheets and posts among what the search page lists, best first."""
    public = Page.objects.live().public()
    slugs = dict(public.type(PracticePage, BlogPostPage).values_list("pk", "slug"))
    return [slugs[pk] for pk in search_pages(public, text) if pk in slugs]


def test_people_find_what_they_want_among_the_first_ten() -> None:
    measured = quality(found)

    assert measured.recall >= RECALL, sorted(measured.recall_of.items(), key=lambda one: one[1])[:10]
    assert measured.ndcg >= NDCG


def test_the_judged_queries_are_many_and_name_pages_that_exist() -> None:
    queries = judged_queries()
    known = set(Page.objects.live().type(PracticePage, BlogPostPage).values_list("slug", flat=True))

    assert len({query.text for query in queries}) >= 80
    assert {slug for query in queries for slug in query.worth} <= known


def test_words_and_facets_are_answered_together() -> None:
    shown = show("/pratiques/?q=guichet&territoire=lisbonne")

    assert shown.slugs[0] == "lisbonne-cnaim-claim"
    assert shown.counts["territoire"]["lisbonne"] == shown.total == len(shown.slugs)


BEGINNINGS = ["exemples de", "comment développer un", "je voudrais des informations sur", "projet :"]


def test_what_is_written_around_a_question_changes_no_answer() -> None:
    public = Page.objects.live().public()
    plain = [query.text for query in judged_queries() if query.text.replace(" ", "").isalpha()]

    for number, text in enumerate(plain):
        asked = f"{BEGINNINGS[number % len(BEGINNINGS)]} {text}"
        assert search_pages(public, asked) == search_pages(public, text), asked


def test_no_slips_of_the_finger_cost_more_than_four_queries() -> None:
    chance = random.Random(5)
    sheets = PracticePage.objects.live().public()

    for query in judged_queries():
        typed = " ".join(mistyped(word, chance) for word in query.text.split())
        with CaptureQueriesContext(connection) as queries:
            answer(sheets, typed)
        assert len(queries) <= 4, typed


def mistyped(word: str, chance: random.Random) -> str:
    """*word* with two letters in each other's place, or one too many, or one missing."""
    place = chance.randrange(len(word))
    return chance.choice(
        [
            word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
            word[:place] + chance.choice("aeirst") + word[place:],
            word[:place] + word[place + 1 :],
        ]
    )
