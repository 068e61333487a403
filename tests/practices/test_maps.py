"""The map follows what is filtered, tells near places apart, and becomes a picture for sharing."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import combinations
from math import dist

import pytest
from django.http import QueryDict
from django.test import Client
from PIL import Image

from practices.geography import WHOLE_MAP, project, spread
from practices.library import listing_for
from practices.map import TerritoryMap, library_map
from practices.models import PracticeIndexPage
from tests.factories import ImageFactory, PracticePageFactory, TerritoryPageFactory


class TestSpreading:
    def test_leaves_places_that_are_far_from_each_other(self) -> None:
        far = [(100.0, 100.0), (500.0, 500.0)]

        assert spread(far, 50, WHOLE_MAP) == far

    @pytest.mark.parametrize(
        "points",
        [
            [project(52.52, 13.405), project(52.39, 13.06)],  # Berlin, Potsdam
            [(500.0, 500.0)] * 5,
            [(1.0, 1.0), (2.0, 2.0), (1.5, 400.0)],
        ],
    )
    def test_tells_near_places_apart_inside_the_map(self, points: list[tuple[float, float]]) -> None:
        moved = spread(points, 50, WHOLE_MAP)

        assert all(dist(one, other) >= 49 for one, other in combinations(moved, 2))
        assert all(WHOLE_MAP.contains(point) for point in moved)
        assert spread(points, 50, WHOLE_MAP) == moved

    def test_ends_where_there_is_no_room(self) -> None:
        assert len(spread([(500.0, 500.0)] * 400, 400, WHOLE_MAP)) == 400


@pytest.mark.django_db
class TestTheLibrarysMap:
    def drawn(self, query: str = "") -> TerritoryMap:
        shown = library_map(listing_for(PracticeIndexPage.objects.get(), QueryDict(query)))
        assert shown
        return shown

    def test_counts_at_each_place_what_is_filtered(self) -> None:
        liege = TerritoryPageFactory(title="Liège")
        PracticePageFactory(territory=liege, themes=["sante"])
        PracticePageFactory(territory=liege, themes=["participation"])
        PracticePageFactory(
            territory=TerritoryPageFactory(title="Palerme", latitude=38.1, longitude=13.4), themes=["sante"]
        )

        assert [(place.title, place.count) for place in self.drawn().places] == [("Liège", 2), ("Palerme", 1)]
        assert [(place.title, place.count) for place in self.drawn("theme=participation").places] == [
            ("Liège", 1)
        ]

    def test_a_place_leads_to_its_sheets_under_the_other_filters_and_back(self) -> None:
        liege = TerritoryPageFactory(title="Liège", slug="liege")
        PracticePageFactory(territory=liege, themes=["sante"])

        (place,) = self.drawn("theme=sante").places
        (chosen,) = self.drawn("theme=sante&territoire=liege").places

        assert place.url == "/pratiques/?theme=sante&territoire=liege" and not place.chosen
        assert chosen.url == "/pratiques/?theme=sante" and chosen.chosen

    def test_zooms_to_what_is_chosen(self) -> None:
        PracticePageFactory(territory=TerritoryPageFactory(title="Liège", slug="liege"))
        PracticePageFactory(territory=TerritoryPageFactory(title="Palerme", latitude=38.1, longitude=13.4))

        assert self.drawn("territoire=liege").viewbox.width < self.drawn().viewbox.width

    def test_says_in_the_list_what_it_shows(self) -> None:
        PracticePageFactory(territory=TerritoryPageFactory(title="Liège", slug="liege"))

        html = Client().get("/pratiques/").content.decode()

        shown = html.split('id="carte"', 1)[1].split("</details>", 1)[0]
        assert shown.count('href="/pratiques/?territoire=liege"') == 2
        assert 'aria-label="Liège, 1 fiche"' in shown

    def test_two_places_in_one_town_do_not_cover_each_other(self) -> None:
        for name in ("Berlin", "Berlin-Mitte"):
            PracticePageFactory(territory=TerritoryPageFactory(title=name, latitude=52.52, longitude=13.405))

        drawn = self.drawn()
        one, other = drawn.markers

        assert dist((one.x, one.y), (other.x, other.y)) >= 1.9 * drawn.hit_radius
        assert one.is_moved and other.is_moved
        assert "map-leader" in Client().get("/pratiques/").content.decode()


@pytest.mark.django_db
class TestThePicture:
    @pytest.mark.parametrize(
        "address",
        [
            "/territoires/partage.png",
            "/territoires/liege/partage.png",
            "/pratiques/partage.png?theme=sante&theme=rien",
        ],
    )
    def test_is_drawn_from_the_map(self, address: str) -> None:
        PracticePageFactory(territory=TerritoryPageFactory(title="Liège", slug="liege"), themes=["sante"])

        response = Client().get(address)

        assert response["Content-Type"] == "image/png"
        assert "max-age=86400" in response["Cache-Control"]
        picture = Image.open(BytesIO(response.content))
        assert picture.size == (1200, 630)
        drawn = picture.convert("RGB").crop((600, 20, 1200, 630))
        assert (168, 73, 42) in {colour for _count, colour in drawn.getcolors(1_000_000) or []}  # a place

    def test_is_what_a_page_without_a_picture_shares(self) -> None:
        territory = TerritoryPageFactory(title="Liège", slug="liege")
        sheet = PracticePageFactory(territory=territory)

        for address in ("/territoires/", territory.get_url(), sheet.get_url(), "/pratiques/"):
            html = Client().get(address).content.decode()
            assert f'<meta property="og:image" content="http://testserver{address}partage.png">' in html
            assert Client().get(f"{address}partage.png").status_code == 200

    def test_gives_way_to_the_picture_of_the_page(self) -> None:
        sheet = PracticePageFactory(cover=ImageFactory())

        html = Client().get(sheet.get_url()).content.decode()

        assert len(re.findall(r'property="og:image"', html)) == 1 and "partage.png" not in html
