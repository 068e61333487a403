"""The blog's list, its filters and its feed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from blog.models import BlogPostPage
from home.models import Author
from tests.seeded.pages import show

ATOM = "{http://www.w3.org/2005/Atom}"
FACETS = ["territoire", "theme", "auteur", "session", "annee", "tag"]


def test_the_blog_lists_every_post_newest_first() -> None:
    slugs = show("/blog/").slugs + show("/blog/?page=2").slugs

    assert slugs == list(BlogPostPage.objects.live().order_by("-date", "-pk").values_list("slug", flat=True))


@pytest.mark.parametrize("facet", FACETS)
def test_the_count_beside_a_value_is_the_number_of_posts_one_gets(facet: str) -> None:
    counts = show("/blog/").counts[facet]
    assert any(counts.values())

    for slug, count in counts.items():
        assert show(f"/blog/?{facet}={slug}").total == count, slug


def test_the_feed_honours_the_filters() -> None:
    feed = ElementTree.fromstring(Client().get("/blog/flux/?territoire=liege").content)

    links = [link.get("href") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    assert {str(link).rstrip("/").rsplit("/", 1)[-1] for link in links} == set(
        show("/blog/?territoire=liege").slugs
    )


def test_a_byline_changed_later_changes_everywhere() -> None:
    author = Author.objects.get(slug="jonas-ebert")
    author.byline_kind, author.pseudonym = Author.Byline.PSEUDONYM, "Le Passeur de sel"
    author.save()

    for address in [
        f"/blog/?auteur={author.slug}",
        "/blog/flux/",
        author.url,
        "/blog/potsdam-nous-avons-de-la-place/",
        "/pratiques/berlin-clearingstelle/",
    ]:
        text = Client().get(address).content.decode()
        assert "Le Passeur de sel" in text, address
        assert "Ebert" not in text, address
    assert Client().get("/volontaires/jonas-ebert/").status_code == 404


def test_the_first_name_of_a_person_who_signs_with_a_pseudonym_never_shows() -> None:
    for post in BlogPostPage.objects.live().filter(author_links__author__slug="lune-de-meuse"):
        text = Client().get(post.get_url()).content.decode()
        assert "Lune de Meuse" in text
        assert "Léonie" not in text
