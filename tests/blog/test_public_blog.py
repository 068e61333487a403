"""Posts as readers meet them: alone, on the home page, on a territory, on a sheet."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import BlogPostAuthor, RelatedPractice
from tests.factories import (
    AuthorFactory,
    BlogPostPageFactory,
    ImageFactory,
    MissionFactory,
    PracticePageFactory,
    SessionFactory,
    TerritoryPageFactory,
)

pytestmark = pytest.mark.django_db


def html_of(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return str(response.content.decode())


class TestAPost:
    def test_says_when_where_and_by_whom(self) -> None:
        author = AuthorFactory(pseudonym="Lune de Meuse", bio="À Liège pour cinq mois.")
        post = BlogPostPageFactory(
            author_links=[BlogPostAuthor(author=author)], session=SessionFactory(number=24)
        )

        html = html_of(post.get_url())

        assert 'datetime="2022-03-12"' in html
        assert "12 mars 2022" in html
        assert f'href="{post.territory.get_url()}"' in html
        assert f'href="{author.url}">Lune de Meuse</a>' in html
        assert "À Liège pour cinq mois." in html
        assert 'href="/blog/?session=24"' in html

    def test_leads_to_its_sheets_and_they_lead_back(self) -> None:
        sheet = PracticePageFactory()
        post = BlogPostPageFactory(related_practices=[RelatedPractice(practice=sheet)])

        assert f'href="{sheet.get_url()}"' in html_of(post.get_url())
        assert "Les billets qui en parlent" in html_of(sheet.get_url())
        assert f'href="{post.get_url()}"' in html_of(sheet.get_url())

    def test_has_a_drawn_cover_until_it_has_an_image(self) -> None:
        assert "#culture-lien-social" in html_of(BlogPostPageFactory().get_url())

    def test_gives_the_image_its_text_and_shares_it(self) -> None:
        html = html_of(
            BlogPostPageFactory(cover=ImageFactory(), cover_alt="Une table, sept chaises").get_url()
        )

        assert 'alt="Une table, sept chaises"' in html
        assert "image/webp" in html
        assert '<meta property="og:image" content="http://testserver/' in html

    def test_without_themes_it_still_opens(self) -> None:
        assert "#carnet" in html_of(BlogPostPageFactory(theme_links=[]).get_url())


class TestTheBlog:
    def test_announces_its_feed_with_the_same_filters(self) -> None:
        BlogPostPageFactory(territory=TerritoryPageFactory(slug="liege"))

        assert 'href="/blog/flux/?territoire=liege"' in html_of("/blog/?territoire=liege")

    def test_says_when_it_is_empty(self) -> None:
        assert "Aucun billet n’est encore publié." in html_of("/blog/")

    def test_pages_follow_each_other(self) -> None:
        for _ in range(13):
            BlogPostPageFactory()

        assert 'rel="next"' in html_of("/blog/")
        assert 'rel="prev"' in html_of("/blog/?page=2")

    def test_the_number_of_queries_does_not_grow_with_the_posts(self) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                html_of("/blog/")
            return len(queries)

        def add(count: int) -> None:
            for _ in range(count):
                BlogPostPageFactory(cover=ImageFactory())
            html_of("/blog/")  # makes the renditions

        add(1)
        few = asked()
        add(3)
        assert asked() == few


class TestElsewhere:
    def test_the_home_page_shows_the_latest_three(self) -> None:
        posts = [BlogPostPageFactory(date=f"2022-01-0{day}") for day in range(1, 5)]

        html = html_of("/")

        assert [post.get_url() in html for post in posts] == [False, True, True, True]

    def test_a_territory_shows_its_own(self) -> None:
        post, other = BlogPostPageFactory(), BlogPostPageFactory()

        html = html_of(post.territory.get_url())

        assert post.get_url() in html
        assert other.get_url() not in html

    def test_an_author_has_a_page_with_missions(self) -> None:
        author = AuthorFactory(pseudonym="Tom")
        mission = MissionFactory(author=author)
        BlogPostPageFactory(author_links=[BlogPostAuthor(author=author)])

        html = html_of("/volontaires/tom/")

        assert "<h1>Tom</h1>" in html
        assert str(mission.organisation) in html
        assert f'href="{mission.territory.get_url()}"' in html
