"""Atom feeds of a list, from Django's own generator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Page


@dataclass(frozen=True)
class FeedEntry:
    title: str
    url: str
    summary: str
    published: datetime | None
    updated: datetime | None
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)


def atom_response(
    request: HttpRequest, *, page: Page, listing_url: str, entries: list[FeedEntry]
) -> HttpResponse:
    """The Atom document of *entries*; ``listing_url`` is the path of the list, filters included."""
    feed = Atom1Feed(
        title=f"{page.title} · {settings.WAGTAIL_SITE_NAME}",
        link=request.build_absolute_uri(listing_url),
        description=None,
        subtitle=page.introduction,
        language=settings.LANGUAGE_CODE,
        feed_url=request.build_absolute_uri(),
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            unique_id=entry.url,
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=", ".join(entry.authors) or None,
            categories=entry.categories,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
