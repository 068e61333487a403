"""Covers, facets, maps and sections of the library, as readers meet them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import Theme
from practices.templatetags.covers import FALLBACK, LANDSCAPES, MOTIFS, cover_drawing
from practices.templatetags.scales import is_setback, state_path
from tests.factories import ImageFactory, PracticePageFactory, TerritoryPageFactory


class TestCovers:
    @pytest.mark.django_db
    def test_every_theme_has_its_motif(self) -> None:
        assert {theme.slug for theme in Theme.objects.all()} <= MOTIFS

    @pytest.mark.django_db
    def test_a_theme_that_an_editor_adds_gets_the_notebook(self) -> None:
        theme = Theme(slug="nouveau", pillar=Theme.Pillar.RIGHTS)

        assert cover_drawing(theme, "liege")["motif"] == FALLBACK

    def test_the_same_page_always_gets_the_same_drawing(self) -> None:
        assert cover_drawing(None, "liege") == cover_drawing(None, "liege")
        assert cover_drawing(None, "liege") != cover_drawing(None, "palerme")

    def test_every_drawing_asked_for_is_in_the_file(self) -> None:
        path = finders.find("img/motifs.svg")
        assert path
        drawn = {
            element.get("id") for element in ET.fromstring(Path(path).read_text()).iter() if element.get("id")
        }

        assert drawn >= MOTIFS | {FALLBACK, "panorama"} | {f"pays-{number}" for number in range(LANDSCAPES)}


class TestStates:
    def test_setbacks_stand_beside_the_path(self) -> None:
        assert is_setback("suspendue")
        assert not is_setback("en-place")
        assert not any(step.current for step in state_path("terminee"))


@pytest.mark.django_db
class TestTheLibrary:
    def test_offers_each_value_as_a_box_with_its_count(self) -> None:
        PracticePageFactory(themes=["sante"])

        html = Client().get("/pratiques/").content.decode()

        assert re.search(r'data-facet="theme"\s+data-value="sante"\s+data-count="1"', html)
        assert re.search(r'data-facet="theme"\s+data-value="participation"\s+data-count="0"', html)
        assert re.search(r'type="checkbox"\s+id="theme-sante"\s+name="theme"\s+value="sante"', html)

    def test_opens_the_facet_in_which_something_is_chosen(self) -> None:
        PracticePageFactory()

        html = Client().get("/pratiques/?etat=en-place").content.decode()

        assert re.search(r'<details class="facet"\s+id="facette-etat"\s+open>', html)
        assert "1 choisi" in html

    def test_one_filter_is_a_page_of_its_own_and_several_are_not(self) -> None:
        PracticePageFactory()

        one = Client().get("/pratiques/?theme=sante").content.decode()
        two = Client().get("/pratiques/?theme=sante&etat=en-place").content.decode()

        assert "noindex" not in one
        assert '<link rel="canonical" href="http://testserver/pratiques/?theme=sante">' in one
        assert "noindex" in two

    def test_ignored_values_are_not_canonical(self) -> None:
        html = Client().get("/pratiques/?theme=astrologie&page=99").content.decode()

        assert '<link rel="canonical" href="http://testserver/pratiques/">' in html

    def test_escapes_what_it_repeats(self) -> None:
        html = Client().get("/pratiques/?theme=<script>alert(1)</script>&q=<b>").content.decode()

        assert "<script>alert" not in html
        assert "<b>" not in html.split("results-head", 1)[0].split("filtre-q", 1)[1][:200]

    def test_says_when_it_is_empty(self) -> None:
        assert "ne contient encore aucune fiche" in Client().get("/pratiques/").content.decode()

    def test_the_number_of_queries_does_not_grow_with_the_sheets(self) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                Client().get("/pratiques/")
            return len(queries)

        def add(count: int) -> None:
            for _ in range(count):
                PracticePageFactory(cover=ImageFactory())
            Client().get("/pratiques/")  # makes the renditions

        add(1)
        few = asked()
        add(3)
        assert asked() == few


@pytest.mark.django_db
class TestTerritories:
    def test_the_map_links_each_place_and_the_list_repeats_it(self) -> None:
        territory = TerritoryPageFactory(title="Liège")

        html = Client().get("/territoires/").content.decode()

        assert html.count(f'href="{territory.get_url()}"') == 3  # map, list, card
        assert 'aria-label="Carte des territoires"' in html

    def test_coordinates_are_written_for_machines(self) -> None:
        TerritoryPageFactory()

        html = Client().get("/territoires/").content.decode()

        assert re.search(r'cx="\d+\.\d"', html)
        assert not re.search(r'(cx|cy|r|x|y)="\d+,', html)

    def test_a_territory_off_the_map_has_a_drawing(self) -> None:
        territory = TerritoryPageFactory(latitude=14.6, longitude=-61.0)

        html = Client().get(territory.get_url()).content.decode()

        assert 'class="map"' not in html
        assert "#territoire" in html

    def test_machines_learn_where_it_lies(self) -> None:
        html = Client().get(TerritoryPageFactory().get_url()).content.decode()

        assert '"@type": "Place"' in html
        assert '"latitude": 50.6326' in html


@pytest.mark.django_db
class TestTheHomePage:
    def test_counts_what_there_is(self) -> None:
        PracticePageFactory()
        PracticePageFactory(live=False)

        text = " ".join(re.sub(r"<[^>]+>", " ", Client().get("/").content.decode()).split())

        assert "pratiques décrites, avec leurs limites 1" in text
        assert "sources citées 1" in text

    def test_leads_to_each_theme(self) -> None:
        html = Client().get("/").content.decode()

        assert all(f'href="/pratiques/?theme={theme.slug}"' in html for theme in Theme.objects.all())

    def test_shows_new_sheets_and_the_map(self) -> None:
        sheet = PracticePageFactory(title="Une permanence")

        html = Client().get("/").content.decode()

        assert f'href="{sheet.get_url()}"' in html
        assert 'class="map"' in html
