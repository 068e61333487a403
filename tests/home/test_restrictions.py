"""Who may read a page: Wagtail's answer, asked for in fewer queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage
from practices.models import PracticeIndexPage, PracticePage, TerritoryPage
from tests.factories import PracticePageFactory, TerritoryPageFactory


@pytest.fixture
def sheet(db: None) -> PracticePage:
    sheet: PracticePage = PracticePageFactory()
    return sheet


def restricted(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def of(page: Page) -> list[int]:
    ours, wagtails = page.get_view_restrictions(), Page.get_view_restrictions(page)
    assert set(ours) == set(wagtails)
    return sorted(ours.values_list("page", flat=True))


def test_a_page_is_restricted_where_it_or_one_above_it_is(sheet: PracticePage) -> None:
    index = PracticeIndexPage.objects.get()
    assert of(sheet) == []

    restricted(sheet)
    restricted(index)

    assert of(sheet) == sorted([sheet.pk, index.pk])
    assert of(HomePage.objects.get()) == []


@pytest.mark.django_db
def test_an_alias_of_an_alias_is_restricted_where_its_source_is() -> None:
    territory: TerritoryPage = TerritoryPageFactory()
    restricted(territory)
    alias = territory.create_alias(update_slug="liege-bis")
    another = alias.create_alias(update_slug="liege-ter").specific

    assert of(alias.specific) == of(another) == [territory.pk]


def test_it_costs_one_query_where_nothing_is_restricted(sheet: PracticePage) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(sheet.get_view_restrictions()) == []

    assert len(queries) == 1
