"""The library to take away: exactly what is filtered, harmless, and without anybody's name."""

from __future__ import annotations

import csv
import gc
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from wagtail.models import Page

from home.models import Author
from practices import listing
from practices.exports import harmless, plain
from practices.models import PracticeIndexPage, PracticePage, PracticeSource, TerritoryPage
from site_ocu.demo.bulk import insert_pages
from tests.factories import PracticePageFactory, TerritoryPageFactory

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/export.schema.json").read_text())
pytestmark = pytest.mark.django_db


def taken(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    assert isinstance(response, StreamingHttpResponse)
    assert not response.cookies
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def table(query: str = "") -> list[dict[str, str]]:
    text = taken(f"/pratiques/export.csv{query}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def data(query: str = "") -> Any:
    return json.loads(taken(f"/pratiques/export.json{query}"))


def places(query: str = "") -> Any:
    return json.loads(taken(f"/pratiques/export.geojson{query}"))


class TestEveryFile:
    def test_holds_what_is_filtered_in_the_order_of_the_list(self) -> None:
        PracticePageFactory(title="Cuisine", state="suspendue")
        PracticePageFactory(title="Bain", state="en-place")
        PracticePageFactory(title="Atelier", state="en-place")

        query = "?etat=en-place&tri=titre"
        assert [row["Titre"] for row in table(query)] == ["Atelier", "Bain"]
        assert [item["title"] for item in data(query)["items"]] == ["Atelier", "Bain"]
        assert [one["properties"]["title"] for one in places(query)["features"]] == ["Atelier", "Bain"]

    def test_holds_more_than_a_page_of_the_list_and_than_a_batch(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "BATCH", 4)
        PracticePageFactory.create_batch(14, territory=TerritoryPageFactory(), title="Maraude")

        for query in ("", "?q=maraude"):
            assert data(query)["total"] == len(data(query)["items"]) == len(table(query)) == 14

    def test_holds_neither_drafts_nor_private_sheets(self) -> None:
        PracticePageFactory(live=False)
        PracticePageFactory().view_restrictions.create(restriction_type="login")

        assert table() == data()["items"] == places()["features"] == []

    def test_names_nobody(self) -> None:
        sheet = PracticePageFactory()
        Author.objects.update(pseudonym="Plume-Secrète")

        files = "".join(taken(f"/pratiques/export.{kind}").decode() for kind in ("csv", "json", "geojson"))

        assert sheet.title in files
        assert "Plume-Secrète" not in files

    @pytest.mark.parametrize("kind", ["csv", "json", "geojson"])
    def test_is_a_download_that_machines_do_not_index(self, kind: str) -> None:
        response = Client().get(f"/pratiques/export.{kind}")

        assert response["Content-Disposition"] == f'attachment; filename="pratiques.{kind}"'
        assert response["X-Robots-Tag"] == "noindex"
        assert b"".join(response.streaming_content)  # type: ignore[arg-type]

    @pytest.mark.parametrize("kind", ["csv", "json", "geojson"])
    def test_ignores_what_the_address_gets_wrong(self, kind: str) -> None:
        PracticePageFactory()

        assert taken(f"/pratiques/export.{kind}?theme=rien&page=-1&tri=x&fiche=y")


class TestTheSpreadsheet:
    def test_begins_with_the_mark_by_which_a_spreadsheet_knows_utf_8(self) -> None:
        assert taken("/pratiques/export.csv").startswith(b"\xef\xbb\xbfTitre;")

    def test_says_names_and_dates_in_french(self) -> None:
        PracticePageFactory(territory=TerritoryPageFactory(title="Liège"), start="2018-11", themes=["sante"])

        (row,) = table()

        assert row["Territoire"] == "Liège" and row["Pays"] == "Belgique"
        assert row["Thèmes"] == "Santé" and row["Début"] == "novembre 2018"
        assert row["Limites et points de vigilance"] == "Tout repose sur deux personnes."

    def test_holds_no_formula(self) -> None:
        PracticePageFactory(
            title="=HYPERLINK(1)",
            introduction="+33 à composer",
            sources=[PracticeSource(title="@SUM(1)", publisher="x")],
        )

        (row,) = table()

        assert row["Titre"] == "'=HYPERLINK(1)" and row["Chapô"].startswith("'+33")
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    def test_neutralises_each_beginning_of_a_formula(self, start: str) -> None:
        assert harmless(f"{start}1") == f"'{start}1"
        assert harmless(f"1{start}") == f"1{start}"

    def test_keeps_a_text_with_its_marks_on_one_line_of_the_file(self) -> None:
        PracticePageFactory(title='Une "salle"; ouverte', limits="<p>Un.</p><p>Deux &amp; trois.</p>")

        (row,) = table()

        assert row["Titre"] == 'Une "salle"; ouverte'
        assert row["Limites et points de vigilance"] == "Un.\nDeux & trois."


class TestTheData:
    def test_keep_to_the_schema_that_the_documentation_publishes(self) -> None:
        PracticePageFactory(tags=["une permanence"], themes=["sante", "participation"], end="2020-05-01")
        bare = PracticePageFactory(people_place="", budget_band="")
        PracticePage.objects.filter(pk=bare.pk).update(
            territory=None, practice_type=None, checked_on=None, state="", state_date="", start=""
        )
        bare.theme_links.all().delete()

        document = data()

        Draft202012Validator.check_schema(SCHEMA)
        Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(document)
        assert document["total"] == 2

    def test_say_from_where_they_come(self) -> None:
        assert data("?theme=sante&theme=rien")["source"] == "http://testserver/pratiques/?theme=sante"

    def test_say_slugs_that_can_be_asked_for(self) -> None:
        sheet = PracticePageFactory(themes=["sante"])

        (item,) = data()["items"]

        assert item["slug"] == sheet.slug and item["theme"] == "sante"
        assert item["territory"] == sheet.territory.slug
        assert (
            data(f"?theme={item['theme']}&territoire={item['territory']}&type={item['type']}")["total"] == 1
        )


class TestThePlaces:
    def test_are_longitude_first(self) -> None:
        PracticePageFactory(territory=TerritoryPageFactory(latitude=50.6, longitude=5.5))

        (one,) = places()["features"]

        assert one["geometry"] == {"type": "Point", "coordinates": [5.5, 50.6]}

    def test_are_missing_where_a_territory_has_none(self) -> None:
        PracticePageFactory()
        TerritoryPage.objects.update(latitude=None, longitude=None)

        assert places()["features"][0]["geometry"] is None


class TestTheCost:
    def test_is_a_few_queries_a_batch(self) -> None:
        PracticePageFactory.create_batch(3, territory=TerritoryPageFactory())
        with CaptureQueriesContext(connection) as few:
            data()
        PracticePageFactory.create_batch(9, territory=TerritoryPageFactory())
        with CaptureQueriesContext(connection) as many:
            data()

        assert len(many) == len(few)

    @pytest.mark.slow
    def test_is_the_memory_of_a_batch(self) -> None:
        """Ten thousand rows hold no more than a thousand: two of the site's own batches, then twenty."""
        place = TerritoryPageFactory()
        inserted(place, range(1_000))
        highest_memory(rows=1_000)  # the caches of Django and of the templates
        few = highest_memory(rows=1_000)
        inserted(place, range(1_000, 10_000))

        many = highest_memory(rows=10_000)

        assert many < few * 1.2, (few, many)


def inserted(place: TerritoryPage, numbers: range) -> None:
    """Sheets of some length, written as rows: as pages they would take minutes."""
    library = PracticeIndexPage.objects.get()
    for first in range(numbers.start, numbers.stop, 500):
        built: list[tuple[Page, list[Model]]] = [
            (
                PracticePage(
                    title=f"Fiche {number}",
                    slug=f"fiche-{number}",
                    introduction="Une permanence.",
                    limits=f"<p>{'Une longue limite. ' * 100}</p>",
                    territory=place,
                    state="en-place",
                    first_published_at=timezone.now(),
                ),
                [PracticeSource(title="Rapport", publisher="Ville", sort_order=0)],
            )
            for number in range(first, min(first + 500, numbers.stop))
        ]
        insert_pages(library, built)


def highest_memory(rows: int) -> int:
    """What making the file holds at most, in bytes, each row being read and dropped as a browser does."""
    response = Client().get("/pratiques/export.csv")
    number = 0
    gc.collect()
    tracemalloc.start()
    for number, _line in enumerate(response.streaming_content):  # type: ignore[attr-defined]
        if number % 250 == 0:
            gc.collect()  # pages and their rows point at each other: they wait for the collector
    _now, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number >= rows
    return highest


def test_a_rich_text_becomes_its_words() -> None:
    assert plain("<p>Un <b>mot</b>.</p><ul><li>deux</li><li>l&#x27;eau</li></ul>") == "Un mot.\ndeux\nl'eau"
