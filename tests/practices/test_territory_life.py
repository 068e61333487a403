"""Who was in a territory, by the names they chose, and when what happened there."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import BlogPostAuthor
from home.models import Author
from practices.models import Engagement, PracticeAuthor, TerritoryPage
from tests.factories import (
    AuthorFactory,
    BlogPostPageFactory,
    MissionFactory,
    OrganisationFactory,
    PracticePageFactory,
    TerritoryPageFactory,
)

pytestmark = pytest.mark.django_db


def html_of(territory: TerritoryPage) -> str:
    return Client().get(territory.get_url()).content.decode()


@pytest.fixture
def liege() -> TerritoryPage:
    place: TerritoryPage = TerritoryPageFactory(title="Liège")
    return place


class TestPeople:
    def sent_to(self, territory: TerritoryPage, **name: str) -> Author:
        author: Author = AuthorFactory(**name)
        host = OrganisationFactory(name="Le Monde des Possibles")
        MissionFactory(author=author, territory=territory.page_ptr, organisation=host)
        return author

    def test_who_published_is_named_as_they_chose_with_session_and_host(self, liege: TerritoryPage) -> None:
        author = self.sent_to(liege, pseudonym="Lune de Meuse")
        BlogPostPageFactory(territory=liege, author_links=[BlogPostAuthor(author=author)])

        html = html_of(liege)

        shown = html.split('id="volontaires"', 1)[1].split("</dl>", 1)[0]
        assert "Lune de Meuse" in shown and "Session" in shown and "Le Monde des Possibles" in shown
        assert author.url in shown

    def test_who_only_wrote_a_sheet_is_named_without_a_link_to_posts(self, liege: TerritoryPage) -> None:
        author = self.sent_to(liege, pseudonym="Roseau")
        PracticePageFactory(territory=liege, author_links=[PracticeAuthor(author=author)])

        html = html_of(liege)

        assert "Roseau" in html and author.url not in html

    def test_who_published_nothing_is_named_nowhere(self, liege: TerritoryPage) -> None:
        author = self.sent_to(liege, pseudonym="Silence")
        BlogPostPageFactory(territory=liege, live=False, author_links=[BlogPostAuthor(author=author)])

        assert "Silence" not in html_of(liege)


class TestTheTimeline:
    def test_tells_engagements_and_practices_apart_oldest_first(self, liege: TerritoryPage) -> None:
        liege.engagements.add(
            Engagement(title="La motion", date="2017-11-27", text="x", source_title="s", source_publisher="p")
        )
        liege.save()
        PracticePageFactory(territory=liege, title="Le guichet", start="2015", end="2019-05")

        shown = html_of(liege).split('class="timeline"', 1)[1].split("</ol>", 1)[0]

        assert shown.index("2015") < shown.index("27 novembre 2017") < shown.index("mai 2019")
        assert shown.count("is-practice") == 2 and shown.count("is-engagement") == 1
        assert "Début d’une pratique" in shown and "Fin d’une pratique" in shown

    def test_of_a_single_date_is_left_out(self, liege: TerritoryPage) -> None:
        PracticePageFactory(territory=liege, start="2015", end="")

        assert 'class="timeline"' not in html_of(liege)


@pytest.mark.django_db
def test_many_sheets_are_for_the_library_to_list(territory: TerritoryPage) -> None:
    PracticePageFactory.create_batch(15, territory=territory)

    html = Client().get(territory.get_url()).content.decode()

    assert html.count("data-slug=") == 12
    assert 'href="/pratiques/?territoire=liege"' in html
    assert "Voir les 15 fiches" in html
