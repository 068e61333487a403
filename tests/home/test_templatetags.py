"""Template tags of the ground: dates, addresses, cards, schema.org, videos."""

from __future__ import annotations

import json
import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Page

from home.blocks.players import PLAYER_HOSTS, host, player_url
from home.models import HomePage
from home.templatetags.frame import card_templates, full_url, page_kind
from home.templatetags.partial_dates import on_date, partial_date
from home.templatetags.structured_data import structured_data
from tests.factories import BlogPostPageFactory, StandardPageFactory, TerritoryPageFactory


def nodes(html: str) -> list[dict[str, object]]:
    """What a machine reads in a data block."""
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert match, html
    result: list[dict[str, object]] = json.loads(match[1])
    return result


class TestPartialDate:
    @pytest.mark.parametrize(
        ("stored", "shown"),
        [
            ("2018", "2018"),
            ("2018-11", "novembre 2018"),
            ("2018-11-27", "27 novembre 2018"),
            ("", ""),
            (None, ""),
        ],
    )
    def test_is_written_as_french_people_write_it(self, stored: str | None, shown: str) -> None:
        assert partial_date(stored) == shown

    def test_leaves_alone_what_is_no_date(self) -> None:
        assert partial_date("vers 2018") == "vers 2018"

    @pytest.mark.parametrize(
        ("stored", "words"),
        [
            ("2018", "en 2018"),
            ("2018-11", "en novembre 2018"),
            ("2018-11-27", "le 27 novembre 2018"),
            ("", ""),
        ],
    )
    def test_stands_in_a_sentence(self, stored: str, words: str) -> None:
        assert on_date(stored) == words


class TestFullUrl:
    def test_has_scheme_and_host(self) -> None:
        assert (
            full_url({"request": RequestFactory().get("/blog/?page=2")}, "/pratiques/")
            == "http://testserver/pratiques/"
        )

    def test_is_the_page_asked_without_its_query_string(self) -> None:
        assert full_url({"request": RequestFactory().get("/blog/?page=2")}) == "http://testserver/blog/"

    def test_is_the_path_alone_where_there_is_no_request(self) -> None:
        assert full_url({}, "/blog/") == "/blog/"


@pytest.mark.django_db
class TestCards:
    def test_are_chosen_by_the_type_of_the_page(self) -> None:
        territory = TerritoryPageFactory()

        assert card_templates(territory) == ["practices/cards/territorypage.html", "home/cards/page.html"]

    def test_every_page_has_one(self) -> None:
        page = StandardPageFactory(title="Le projet")

        html = render_card(page)

        assert "Le projet" in html
        assert page.introduction in html

    def test_a_page_says_what_it_is(self) -> None:
        assert page_kind(StandardPageFactory()) == "Page simple"
        assert page_kind(Page.objects.get(pk=BlogPostPageFactory().pk)) == "Billet"


def render_card(page: Page) -> str:
    return str(Template("{% load frame %}{% include card|card_templates %}").render(Context({"card": page})))


@pytest.mark.django_db
class TestStructuredData:
    def test_names_the_site_on_the_home_page(self) -> None:
        context = {"request": RequestFactory().get("/")}

        (node,) = nodes(structured_data(context, HomePage.objects.get(), []))

        assert node["@type"] == "WebSite"

    def test_no_text_can_leave_the_data_block(self, rf: RequestFactory) -> None:
        territory = TerritoryPageFactory(title="</script><script>alert(1)</script>")

        html = structured_data({"request": rf.get("/")}, territory, [])

        assert html.count("</script>") == 1
        assert nodes(html)[0]["name"] == "</script><script>alert(1)</script>"

    def test_says_nothing_where_there_is_no_page(self, rf: RequestFactory) -> None:
        assert structured_data({"request": rf.get("/")}, None, "") == ""

    def test_says_nothing_where_there_is_no_request(self) -> None:
        assert structured_data({}, HomePage.objects.get(), []) == ""


class TestVideos:
    @pytest.mark.parametrize(
        ("address", "player"),
        [
            ("https://www.youtube.com/watch?v=abcdefghijk&t=3", f"{PLAYER_HOSTS[0]}/embed/abcdefghijk"),
            ("https://youtu.be/abcdefghijk", f"{PLAYER_HOSTS[0]}/embed/abcdefghijk"),
            ("https://m.youtube.com/shorts/abcdefghijk", f"{PLAYER_HOSTS[0]}/embed/abcdefghijk"),
            ("https://vimeo.com/123456", f"{PLAYER_HOSTS[1]}/video/123456?dnt=1"),
        ],
    )
    def test_of_known_hosts_have_a_player_without_cookies(self, address: str, player: str) -> None:
        assert player_url(address) == player

    @pytest.mark.parametrize(
        "address",
        [
            "https://peertube.invalid/w/abc",
            "https://youtube.com/watch?v=%22onload",
            "https://vimeo.com/album",
            "https://evil.invalid/youtube.com",
            "",
        ],
    )
    def test_of_other_hosts_stay_links(self, address: str) -> None:
        assert player_url(address) == ""

    def test_name_their_host_as_readers_know_it(self) -> None:
        assert host("https://www.youtube.com/watch?v=a") == "youtube.com"
        assert host("pas une adresse") == ""
