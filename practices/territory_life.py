"""Who was in a territory, and when what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from home.people.models import Author, Mission

if TYPE_CHECKING:
    from practices.territories import TerritoryPage


def people_of(territory: TerritoryPage) -> list[Mission]:
    """The missions on *territory* of those who have published something, newest session first, by chosen name.

    Who only prepared something, or whose text is not public, is named nowhere. ``has_posts`` tells who has a page.
    """
    posts = Author.objects.filter(pk=OuterRef("author_id"), post_links__post__live=True)
    sheets = Author.objects.filter(pk=OuterRef("author_id"), practice_links__practice__live=True)
    missions = Mission.objects.filter(territory_id=territory.pk).annotate(has_posts=Exists(posts))
    public = missions.filter(Q(has_posts=True) | Q(Exists(sheets)))
    ordered = public.select_related("author", "session", "organisation").order_by("-session__number", "pk")
    return list(ordered)


LATEST = 30  # of what happened: where more did, the sheets tell it


@dataclass(frozen=True)
class Event:
    """Something that happened in a year, a month or on a day; ``kind`` tells a text from a practice."""

    date: str
    kind: str
    title: str
    what: str
    url: str


def timeline(territory: TerritoryPage, sheets: Any) -> list[Event]:
    """The engagements of *territory*, and when each practice of *sheets* began and ended: the latest, in order."""
    events = [
        Event(engagement.date, "engagement", engagement.title, _("Engagement"), "#engagements")
        for engagement in territory.engagements.all()
        if engagement.date
    ]
    for sheet in sheets:
        url = sheet.get_url() or ""
        if sheet.start:
            events.append(Event(sheet.start, "practice", sheet.title, _("Début d’une pratique"), url))
        if sheet.end:
            events.append(Event(sheet.end, "practice", sheet.title, _("Fin d’une pratique"), url))
    return sorted(events, key=lambda event: (event.date, event.title))[-LATEST:]
