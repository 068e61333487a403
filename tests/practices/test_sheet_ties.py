"""What a sheet is tied to: transfers both ways, the same theme elsewhere, its citation, its standing."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.freshness.due import due_sheets
from practices.models import (
    PracticeBuildingBlock,
    PracticePage,
    PracticeResult,
    PracticeTheme,
    PracticeTransfer,
    SubTheme,
)
from tests.factories import AuthorFactory, PracticePageFactory, TerritoryPageFactory, theme_called

pytestmark = pytest.mark.django_db


def html_of(page: PracticePage) -> str:
    response = Client().get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def part(html: str, heading: str) -> str:
    """The section that the element with this id heads."""
    return html.split(f'id="{heading}"', 1)[1].split("</section>", 1)[0]


class TestTransfers:
    def test_are_told_on_both_sheets(self) -> None:
        there = PracticePageFactory(territory=TerritoryPageFactory(title="Berlin"))
        here = PracticePageFactory(
            territory=TerritoryPageFactory(title="Liège"),
            transfers=[PracticeTransfer(kind="taken_up_in", place="Berlin", sheet=there)],
        )

        assert "Repris à" in part(html_of(here), "reperes")
        shown = part(html_of(there), "reperes")
        assert "Adapté de" in shown and here.get_url() in shown and "Liège" in shown

    def test_are_not_told_of_a_sheet_that_is_not_public(self) -> None:
        there = PracticePageFactory()
        here = PracticePageFactory(
            live=False, transfers=[PracticeTransfer(kind="taken_up_in", place="Berlin", sheet=there)]
        )

        assert here.title not in html_of(there)
        assert "Aucune reprise connue" in html_of(there)

    def test_told_by_both_are_shown_once(self) -> None:
        there, here = (
            PracticePageFactory(),
            PracticePageFactory(territory=TerritoryPageFactory(title="Liège")),
        )
        here.transfers.add(PracticeTransfer(kind="taken_up_in", place="Berlin", sheet=there))
        there.transfers.add(PracticeTransfer(kind="adapted_from", place="Liège", sheet=here))
        here.save()
        there.save()

        assert part(html_of(there), "reperes").count(here.get_url()) == 1


class TestElsewhere:
    def test_shows_the_main_theme_in_other_territories_the_sub_theme_first(self) -> None:
        finer = SubTheme.objects.get(slug="prevention")
        link = {"theme": theme_called("sante"), "subtheme": finer}
        sheet = PracticePageFactory(theme_links=[PracticeTheme(**link)])
        closer = PracticePageFactory(theme_links=[PracticeTheme(**link)])
        broad = PracticePageFactory(themes=["sante"])
        neighbour = PracticePageFactory(themes=["sante"], territory=sheet.territory)
        hidden = PracticePageFactory(themes=["sante"], live=False)

        shown = part(html_of(sheet), "ailleurs")

        assert re.findall(r'data-slug="([^"]+)"', shown) == [closer.slug, broad.slug]
        assert neighbour.slug not in shown and hidden.slug not in shown


class TestTheCitation:
    def test_names_authors_as_they_chose_title_date_address_and_licence(self) -> None:
        author = AuthorFactory(pseudonym="Plume d’été")
        sheet = PracticePageFactory(title="Une permanence & demie", checked_by=author)

        html = html_of(sheet)

        shown = part(html, "citer")
        assert "Plume d’été, « Une permanence &amp; demie »" in shown
        assert sheet.get_full_url() in shown and "CC BY-SA 4.0" in shown
        assert f"@misc{{{sheet.slug}," in shown and "Une permanence \\&amp; demie" in shown

    def test_of_a_sheet_that_nobody_signed_names_the_alliance(self) -> None:
        sheet = PracticePageFactory(author_links=[])

        assert "Alliance Migrations, « " in part(html_of(sheet), "citer")


class TestItsStanding:
    def test_an_archived_sheet_says_so_and_is_not_due(self) -> None:
        sheet = PracticePageFactory(
            archived_on=datetime.date(2024, 5, 2),
            archived_note="Le lieu a fermé.",
            checked_on=datetime.date(2020, 1, 1),
        )

        html = html_of(sheet)

        assert "Fiche archivée" in html and "2 mai 2024" in html and "Le lieu a fermé." in html
        assert not sheet.is_stale and "À actualiser" not in html

    def test_results_stand_right_after_the_limits(self) -> None:
        sheet = PracticePageFactory(
            results=[PracticeResult(value="12", unit="repas", date="2021", source="x")]
        )

        html = html_of(sheet)

        assert html.index('id="limites"') < html.index('id="resultats"') < html.index('id="reperes"')

    def test_each_source_is_a_reference_that_can_be_pointed_at(self) -> None:
        assert 'id="source-1"' in html_of(PracticePageFactory())

    def test_a_block_can_be_copied_with_where_it_comes_from(self) -> None:
        sheet = PracticePageFactory(
            building_blocks=[PracticeBuildingBlock(title="L’arrêté", text="Un modèle.")]
        )

        shown = part(html_of(sheet), "reprendre")

        assert 'data-copy="brique-1"' in shown
        assert f'data-source="{sheet.title}, {sheet.get_full_url()} (CC BY-SA 4.0)"' in shown


def test_a_sheet_asks_no_more_however_much_is_tied_to_it() -> None:
    def asked(sheet: PracticePage) -> int:
        html_of(sheet)
        with CaptureQueriesContext(connection) as queries:
            html_of(sheet)
        return len(queries)

    sheet = PracticePageFactory(themes=["sante"])
    PracticePageFactory(themes=["sante"], transfers=[PracticeTransfer(place="Ici", sheet=sheet)])
    few = asked(sheet)
    for _ in range(3):
        PracticePageFactory(themes=["sante"], transfers=[PracticeTransfer(place="Ici", sheet=sheet)])

    assert asked(sheet) == few


def test_an_archived_sheet_waits_for_nobody() -> None:
    due, archived = PracticePageFactory(), PracticePageFactory(archived_on=datetime.date(2024, 5, 2))

    assert due in due_sheets() and archived not in due_sheets()
