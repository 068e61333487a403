"""What the library asks of the database, however many sheets there are and whatever the address says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import SubTheme, TerritoryPage
from tests.factories import BODY, ImageFactory, PracticePageFactory, StandardPageFactory, TerritoryPageFactory

BUDGET = 15
ADDRESSES = [
    "/pratiques/",
    "/pratiques/?theme=acces-aux-droits",
    "/pratiques/?theme=acces-aux-droits&theme=sante&public=toute-personne&etat=en-place&appui=declaratif",
    "/pratiques/?theme=acces-aux-droits&tri=verifiees&page=2",
    "/pratiques/?q=permanence",
    "/pratiques/?q=permanence&theme=acces-aux-droits&theme=sante&public=toute-personne&etat=en-place",
]


def paragraph(text: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text}</p>")]


def asked(address: str) -> int:
    Client().get(address)  # makes the renditions
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    assert response.status_code == 200
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["permanense", "permanense+acceuille+partagé", "atelier+permanense"])
def test_slips_of_the_finger_keep_to_it_too_however_many(typed: str) -> None:
    address = f"/pratiques/?q={typed}&theme=acces-aux-droits"
    place: TerritoryPage = TerritoryPageFactory()
    PracticePageFactory.create_batch(2, cover=ImageFactory(), territory=place)
    few = asked(address)
    PracticePageFactory.create_batch(10, cover=ImageFactory(), territory=place)

    assert asked(address) == few <= BUDGET
    assert "Vouliez-vous dire" in Client().get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "permanense",
        "permanense+acceuille+partagé",
        "%22permanence+acceuil%22+atelyer",
        "permanense+-atelier+%22lundi%22",
    ],
)
def test_slips_that_other_pages_of_the_site_hold_keep_to_it_too(typed: str) -> None:
    PracticePageFactory(
        cover=ImageFactory(), title="Permanence d’accueil", body=paragraph("Le lundi, un atelier.")
    )
    StandardPageFactory(title="Permanense, acceuille, acceuil, atelyer")

    assert asked(f"/pratiques/?q={typed}") <= BUDGET


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_filtered_list_keeps_to_its_budget_of_queries(address: str) -> None:
    place: TerritoryPage = TerritoryPageFactory()
    shown = [("image", {"image": ImageFactory(), "alt": "", "caption": "La salle", "credit": ""}), *BODY]
    PracticePageFactory.create_batch(3, cover=ImageFactory(), territory=place, body=shown)
    few = asked(address)
    PracticePageFactory.create_batch(12, cover=ImageFactory(), territory=place, body=shown)

    assert asked(address) == few <= BUDGET


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"theme=rien{number}" for number in range(400)),
        "&".join(f"tag={number}" for number in range(400)) + "&page=-1&page=9&tri=titre&tri=x",
        "theme=" + "a" * 4000,
        "q=%E2%80%AE&theme=sante&theme=sante&theme=SANTE",
        "page=99999999999999999999999999",
        "fiche=" + "&fiche=".join("x" * 50 for _ in range(60)),
        "etat=en-place'--&place=%3Cscript%3E&appui[]=1&appui=recoupe%0d%0aX",
    ],
)
def test_what_no_person_asks_gets_an_answer_of_bounded_length(query: str) -> None:
    PracticePageFactory()

    response = Client().get(f"/pratiques/?{query}")

    assert response.status_code == 200
    assert len(response.content) < 250_000
    assert "<script>" not in response.content.decode()


@pytest.mark.django_db
def test_four_hundred_filters_that_exist_cost_no_more_queries() -> None:
    PracticePageFactory(themes=["sante"])
    subthemes = "&".join(f"theme={slug}" for slug in SubTheme.objects.values_list("slug", flat=True))

    assert asked(f"/pratiques/?theme=sante&{subthemes}&{subthemes}") <= BUDGET
