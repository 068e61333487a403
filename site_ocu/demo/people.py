"""Fictional authors, real sessions, and the missions that tie them to territories."""

from __future__ import annotations

import datetime

from django.utils import timezone

from home.models import Author, Mission, Organisation, Session
from practices.models import TerritoryPage
from site_ocu.demo.texts import read


def seed_people() -> None:
    """Create authors, host organisations and sessions that are missing."""
    people = read("people")
    for row in people["organisations"]:
        known = {"name": row["name"], "description": row["kind_note"], "url": row["url"]}
        Organisation.objects.get_or_create(slug=row["slug"], defaults=known)
    for row in people["authors"]:
        known = {
            key: row[key] for key in ("first_name", "last_name", "pseudonym", "collective", "bio", "minor")
        }
        Author.objects.get_or_create(slug=row["slug"], defaults={**known, "byline_kind": row["byline"]})
    seed_current_session()
    for row in people["sessions"]:
        known = {key: row[key] for key in ("theme", "start", "end", "summary")}
        Session.objects.get_or_create(number=row["number"], defaults=known)


def seed_current_session() -> None:
    """The session that the demonstration accounts are in: always in its middle, whatever the day of seeding."""
    row = read("people")["current_session"]
    today = timezone.localdate()
    dates = {"start": today - datetime.timedelta(days=60), "end": today + datetime.timedelta(days=120)}
    known = {key: row[key] for key in ("theme", "summary")}
    Session.objects.update_or_create(number=row["number"], defaults=dates, create_defaults={**known, **dates})


def seed_missions() -> None:
    """Create the missions that are missing. Territories have to exist."""
    for row in read("people")["missions"]:
        Mission.objects.get_or_create(
            author=Author.objects.get(slug=row["author"]),
            session=Session.objects.get(number=row["session"]),
            territory=TerritoryPage.objects.get(slug=row["territory"]).page_ptr,
            defaults={
                "organisation": Organisation.objects.filter(slug=row["organisation"]).first(),
                "summary": row["summary"],
            },
        )
