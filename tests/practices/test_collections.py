"""Restitutions: what editors gather of several territories, as a page, a feed and a document."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from practices.models import CollectionIndexPage, CollectionPage
from tests import factories
from tests.conftest import SignIn
from tests.pdf.reading import outline, read, text

pytestmark = pytest.mark.django_db
ADDRESS = "/restitutions/ensemble/"


@pytest.fixture
def sheet() -> Any:
    return factories.PracticePageFactory(
        title="Un guichet",
        slug="guichet",
        territory=factories.TerritoryPageFactory(title="Liège", slug="liege"),
    )


@pytest.fixture
def post() -> Any:
    return factories.BlogPostPageFactory(
        title="Un matin",
        slug="matin",
        territory=factories.TerritoryPageFactory(title="Palerme", slug="palerme"),
    )


@pytest.fixture
def collection(sheet: Any, post: Any) -> Any:
    items = [
        ("comment", "<p>D’abord le billet.</p>"),
        ("page", post),
        ("comment", "<p>Puis la fiche.</p>"),
        ("page", sheet),
    ]
    return factories.CollectionPageFactory(title="Ensemble", slug="ensemble", items=items)


def shown() -> str:
    response = Client().get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def slugs(html: str) -> list[str]:
    return [str(card["data-slug"]) for card in BeautifulSoup(html, "html.parser").select("[data-slug]")]


class TestARestitution:
    def test_shows_its_pages_in_order_with_comments_between(self, collection: Any) -> None:
        html = shown().partition("<main")[2]

        assert slugs(html) == ["matin", "guichet"]
        places = [
            html.index(words) for words in ("D’abord le billet", "Un matin", "Puis la fiche", "Un guichet")
        ]
        assert places == sorted(places)

    def test_names_the_territories_it_gathers(self, collection: Any) -> None:
        kicker = BeautifulSoup(shown(), "html.parser").select_one("main .kicker")

        assert kicker and " ".join(kicker.get_text().split()) == "Palerme · Liège"

    @pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}flux/"])
    def test_forgets_a_page_that_is_withdrawn(self, collection: Any, sheet: Any, address: str) -> None:
        sheet.unpublish()

        assert "Un guichet" not in Client().get(address).content.decode()

    @pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}flux/"])
    def test_tells_nothing_of_a_private_page(self, collection: Any, sheet: Any, address: str) -> None:
        PageViewRestriction.objects.create(page=sheet, restriction_type=PageViewRestriction.LOGIN)

        assert "Un guichet" not in Client().get(address).content.decode()

    def test_does_not_name_a_territory_that_is_not_public(self, collection: Any, sheet: Any) -> None:
        sheet.territory.unpublish()

        assert "Liège</a>" not in shown()

    def test_bears_a_page_that_is_deleted(self, collection: Any, sheet: Any) -> None:
        sheet.delete()

        assert slugs(shown()) == ["matin"]

    def test_asks_as_much_of_the_database_whatever_it_holds(
        self, collection: Any, django_assert_max_num_queries: Any
    ) -> None:
        pages = [("page", factories.PracticePageFactory()) for _ in range(6)]
        factories.CollectionPageFactory(slug="courte", items=pages[:2])
        factories.CollectionPageFactory(slug="longue", items=pages)
        with CaptureQueriesContext(connection) as short:
            Client().get("/restitutions/courte/")

        with django_assert_max_num_queries(len(short)):
            Client().get("/restitutions/longue/")

    def test_has_a_feed_in_its_order(self, collection: Any) -> None:
        feed = Client().get(f"{ADDRESS}flux/").content.decode()

        assert feed.index("Un matin") < feed.index("Un guichet")

    def test_is_a_document_with_everything_in_its_order(self, collection: Any) -> None:
        document = read(f"{ADDRESS}restitution.pdf")
        titles = [
            title
            for title in outline(document)
            if title in ("Ensemble", "Présentation", "Un matin", "Un guichet")
        ]

        assert titles == ["Ensemble", "Présentation", "Un matin", "Un guichet"]
        assert "Puis la fiche" in text(document)

    def test_is_found_by_what_it_gathers(self, collection: Any) -> None:
        assert "Ensemble" in Client().get("/recherche/?q=Palerme").content.decode()

    def test_stands_in_the_list_and_the_sitemap(self, collection: Any) -> None:
        factories.CollectionPageFactory(title="Un brouillon", slug="brouillon", live=False)

        assert slugs(Client().get("/restitutions/").content.decode()) == ["ensemble"]
        assert "/restitutions/ensemble/" in Client().get("/sitemap.xml").content.decode()


class TestWriting:
    def address(self) -> str:
        index = CollectionIndexPage.objects.get()
        return reverse("wagtailadmin_pages:add", args=["practices", "collectionpage", index.pk])

    def test_is_for_editors(self, sign_in: SignIn) -> None:
        assert sign_in(factories.moderator()).get(self.address()).status_code == 200
        assert sign_in(factories.administrator()).get(self.address()).status_code == 200

    def test_is_not_for_volunteers(self, sign_in: SignIn) -> None:
        assert sign_in(factories.volunteer()).get(self.address()).status_code in (302, 403)

    def test_goes_through_review(self) -> None:
        workflow = CollectionIndexPage.objects.get().get_workflow()

        assert [str(task.name) for task in workflow.tasks] == ["Relecture et contrôle"]
        assert not CollectionPage.objects.exists()
