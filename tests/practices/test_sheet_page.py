"""The page of a sheet: everything DOMAIN §3 names is on it, and nothing is hidden."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import (
    ActorType,
    Engagement,
    PracticeActor,
    PracticeBuildingBlock,
    PracticePage,
    PracticeResult,
    PracticeSource,
    PracticeTransfer,
)
from practices.scales import ActorRole, Evidence, PeoplePlace, State, Transfer
from tests.factories import PracticePageFactory, TerritoryPageFactory

pytestmark = pytest.mark.django_db


def text_of(page: PracticePage) -> str:
    response = Client().get(page.get_url())
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ").split())


def actor(name: str, role: str) -> PracticeActor:
    return PracticeActor(name=name, role=role, actor_type=ActorType.objects.get(slug="commune"))


class TestASheetShows:
    def test_its_limits_and_where_sources_differ(self) -> None:
        text = text_of(
            PracticePageFactory(
                limits="<p>Tout repose sur deux personnes.</p>",
                source_conflicts="<p>Deux dates circulent.</p>",
                differently="<p>Commencer plus petit.</p>",
            )
        )

        assert "Limites et points de vigilance Tout repose sur deux personnes." in text
        assert "Là où les sources divergent Deux dates circulent." in text
        assert "Ce qu’on ferait autrement Commencer plus petit." in text

    def test_each_source_with_publisher_date_and_link(self) -> None:
        sources = [
            PracticeSource(
                title="Bilan", publisher="Ville", date="2022-03", url="https://exemple.invalid/bilan"
            ),
            PracticeSource(title="Bulletin", publisher="Archives", date="1999"),
        ]
        page = PracticePageFactory(sources=sources)

        assert "Bilan Ville · mars 2022" in text_of(page)
        assert "Bulletin Archives · 1999 · document imprimé" in text_of(page)
        assert 'href="https://exemple.invalid/bilan"' in Client().get(page.get_url()).content.decode()

    def test_who_carries_it_and_who_takes_part(self) -> None:
        actors = [actor("La Ville", ActorRole.LEAD), actor("La Région", ActorRole.FUNDER)]

        text = text_of(PracticePageFactory(actors=actors))

        assert "Portée par La Ville" in text
        assert "La Ville Porteur · Commune ou arrondissement" in text
        assert "La Région Financeur · Commune ou arrondissement" in text

    def test_means_and_dated_results(self) -> None:
        text = text_of(
            PracticePageFactory(
                budget_band="10k-50k",
                means="Un local.",
                staff="Une juriste",
                volunteers="Douze",
                funders="La Région",
                legal_basis="<p>Loi 7/1985.</p>",
                results=[PracticeResult(value="312", unit="personnes reçues", date="2021", source="Rapport")],
            )
        )

        for words in (
            "De 10 000 à 50 000 € par an",
            "Un local.",
            "Une juriste",
            "Douze",
            "Loi 7/1985.",
            "312",
            "2021 · Rapport",
        ):
            assert words in text

    def test_what_another_territory_can_take(self) -> None:
        brick = PracticeBuildingBlock(
            title="Le récépissé", text="Un papier daté.", conditions="Un tampon.", lesson="Il rassure."
        )

        text = text_of(
            PracticePageFactory(building_blocks=[brick], transfer_conditions="<p>Une volonté.</p>")
        )

        for words in ("Une volonté.", "Le récépissé", "Un papier daté.", "Un tampon.", "Il rassure."):
            assert words in text

    def test_where_it_was_taken_up_with_a_link_to_what_is_public(self) -> None:
        public, draft = PracticePageFactory(), PracticePageFactory(live=False)
        transfers = [
            PracticeTransfer(kind=Transfer.TAKEN_UP_IN, place="Namur", sheet=public),
            PracticeTransfer(
                kind=Transfer.ADAPTED_FROM, place="Gand", sheet=draft, url="https://exemple.invalid/gand"
            ),
            PracticeTransfer(kind=Transfer.ADAPTED_FROM, place="Lille", note="en 2020"),
        ]
        page = PracticePageFactory(transfers=transfers)

        html = Client().get(page.get_url()).content.decode()

        assert f'<a href="{public.get_url()}">Namur</a>' in html
        assert draft.slug not in html
        assert "https://exemple.invalid/gand" in html
        assert "Adapté de : Lille en 2020" in text_of(page)

    def test_the_engagement_apart_from_the_practice(self) -> None:
        engagement = Engagement(
            title="Motion hospitalière",
            date="2017-11-27",
            text="Former.",
            source_title="Bulletin",
            source_publisher="Ville",
        )
        territory = TerritoryPageFactory(title="Liège", engagements=[engagement])

        text = text_of(PracticePageFactory(territory=territory))

        assert "Ce à quoi Liège s’est engagé" in text
        assert "27 novembre 2017 · Bulletin, Ville" in text

    def test_licence_check_and_bylines(self) -> None:
        page = PracticePageFactory(checked_on=timezone.localdate())

        text = text_of(page)

        assert "Licence : CC BY-SA 4.0." in text
        assert f"par {page.checked_by.byline}" in text
        assert f"Fiche écrite par {page.checked_by.byline}" in text


class TestTheScales:
    def test_stay_apart(self) -> None:
        text = text_of(
            PracticePageFactory(
                evidence=Evidence.CROSS_CHECKED,
                people_place=PeoplePlace.CONSULTED,
                people_place_note="En réunion.",
            )
        )

        for heading in (
            "Où en est la pratique ?",
            "Sur quoi s’appuie la fiche ?",
            "Est-elle reprise ailleurs ?",
        ):
            assert heading in text
        assert "Quelle place pour les personnes concernées ?" in text
        assert "En réunion." in text

    def test_mark_the_current_step(self) -> None:
        html = (
            Client()
            .get(PracticePageFactory(state=State.EXPERIMENT, people_place=PeoplePlace.LEADING).get_url())
            .content.decode()
        )

        current = [
            " ".join(step.split())
            for step in re.findall(r'aria-current="step">\s*(.*?)\s*<', html, re.DOTALL)
        ]
        assert current == ["En expérimentation", "Déclaratif", "Porteuses"]

    def test_show_a_setback_apart_from_the_path(self) -> None:
        html = Client().get(PracticePageFactory(state=State.CHALLENGED).get_url()).content.decode()

        assert html.count('aria-current="step"') == 1  # the evidence alone
        assert "Réduite ou remise en cause" in html

    def test_say_so_when_the_place_of_people_is_unknown(self) -> None:
        assert "Nous ne le savons pas." in text_of(PracticePageFactory(people_place=""))


class TestAging:
    def test_an_old_check_is_announced(self) -> None:
        assert "À actualiser" in text_of(PracticePageFactory(checked_on=datetime.date(2020, 1, 1)))

    def test_a_recent_one_is_not(self) -> None:
        assert "À actualiser" not in text_of(PracticePageFactory(checked_on=timezone.localdate()))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2018", "", "Début 2018 Type"),
        ("2018", "2019-10-29", "Début 2018 Fin 29 octobre 2019"),
        ("", "2019", "Fin 2019"),
    ],
)
def test_the_period_is_told(start: str, end: str, words: str) -> None:
    assert words in text_of(PracticePageFactory(start=start, end=end))


def test_machines_read_an_article_and_the_way_to_it() -> None:
    page = PracticePageFactory(title="Une permanence")
    html = Client().get(page.get_url()).content.decode()

    article, way = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])  # type: ignore[index]

    assert (article["@type"], article["headline"]) == ("Article", "Une permanence")
    assert article["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert article["author"][0]["name"] == page.checked_by.byline
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3]


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    def rows(count: int) -> PracticePage:
        sheet: PracticePage = PracticePageFactory(
            actors=[actor(f"Acteur {n}", ActorRole.LEAD) for n in range(count)],
            sources=[PracticeSource(title=f"Source {n}", publisher="Ville") for n in range(count)],
            transfers=[PracticeTransfer(place=f"Lieu {n}") for n in range(count)],
        )
        return sheet

    small, large = rows(1), rows(12)
    text_of(small)

    counts = []
    for page in (small, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text_of(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 45
