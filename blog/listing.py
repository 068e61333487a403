"""The blog's list: which facets it has, what its page shows, what its feed holds."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.feeds import FeedEntry, atom_response
from home.pages.public import open_to_all
from home.people.models import Author, Session
from home.search.stemming import fold
from practices.choices import Choices, countries, offered, tags, terms, territories
from practices.facets import Choice, Facet, Sort
from practices.listing import FacetedList
from practices.taxonomy import Theme

if TYPE_CHECKING:
    from blog.posts import BlogIndexPage, BlogPostPage

FEED_LENGTH = 30


def blog_facets() -> list[Facet]:
    """The questions that the blog asks, with what can be answered today."""
    known = offered(
        terms("theme", Theme, group="pillar"),
        territories("territoire"),
        tags("tag", "blog_blogposttag_items"),
    )
    return [
        Facet(
            "territoire",
            _("Territoire"),
            "territory__slug",
            known.get("territoire", []),
            groups=countries(),
        ),
        Facet(
            "theme",
            _("Thème"),
            "theme_links__theme__slug",
            known.get("theme", []),
            groups=dict(Theme.Pillar.choices),
        ),
        Facet("auteur", _("Auteur·rice"), "author_links__author__slug", author_choices()),
        Facet("session", _("Session"), "session__number", session_choices()),
        Facet("annee", _("Année"), "date__year", year_choices()),
        Facet("tag", _("Mot-clé"), "tags__slug", known.get("tag", [])),
    ]


def author_choices() -> Choices:
    """Slug and byline of each author of a public post, by byline."""
    authors = Author.objects.filter(post_links__post__live=True).distinct()
    choices = [Choice(author.slug, author.byline) for author in authors]
    return sorted(choices, key=lambda choice: fold(choice.label))


def session_choices() -> Choices:
    return [Choice(str(session.number), str(session)) for session in Session.objects.all()]


def year_choices() -> Choices:
    """The years in which public posts are dated, newest first."""
    posts = open_to_all(apps.get_model("blog", "BlogPostPage").objects.all())
    return [Choice(str(day.year), str(day.year)) for day in posts.dates("date", "year", order="DESC")]


BLOG_SORTS = [Sort("recents", _("Les plus récents"), ("-date", "-pk"))]


def blog_list(page: BlogIndexPage, request: HttpRequest) -> FacetedList:
    """The posts under *page* narrowed by the address of *request*."""
    posts = open_to_all(apps.get_model("blog", "BlogPostPage").objects.child_of(page)).for_cards()
    return FacetedList(posts, blog_facets(), BLOG_SORTS, request.GET, path=page.get_url(request))


def blog_context(page: BlogIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the blog's template shows; the feed's address carries the same filters."""
    listing = blog_list(page, request)
    return {"listing": listing, "feed_url": f"{listing.path}flux/{listing.query_string()}"}


def blog_feed(page: BlogIndexPage, request: HttpRequest) -> HttpResponse:
    """The Atom feed of exactly what the address asks for."""
    listing = blog_list(page, request)
    entries = [_entry(post, request) for post in listing.matching().newest_first()[:FEED_LENGTH]]
    return atom_response(request, page=page, listing_url=listing.url(), entries=entries)


def _entry(post: BlogPostPage, request: HttpRequest) -> FeedEntry:
    return FeedEntry(
        title=post.title,
        url=post.get_full_url(request),
        summary=post.introduction,
        published=timezone.make_aware(datetime.combine(post.date, time(12))),
        updated=post.last_published_at,
        authors=[author.byline for author in post.authors],
        categories=[theme.name for theme in post.themes],
    )
