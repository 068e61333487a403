"""Volunteers at any moment of a mission. Dates are moved, never the clock."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Mission, User
from home.moderation.roles import VOLUNTEERS
from tests import factories

GRACE = 30  # the default of the settings


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def volunteer_on(territory: Page, start: int, end: int, **fields: Any) -> User:
    """A volunteer whose mission began *start* and ends *end* days from today (negative: in the past)."""
    user: User = factories.UserFactory(group=VOLUNTEERS, **fields)
    author = factories.AuthorFactory(user=user)
    factories.MissionFactory(author=author, territory=territory.page_ptr, start=day(start), end=day(end))
    return user


def departed_volunteer(territory: Page, **fields: Any) -> User:
    """A volunteer whose mission and grace time were over a week ago."""
    return volunteer_on(territory, -300, -GRACE - 7, **fields)


def end_mission(user: User, days_ago: int = GRACE + 1) -> None:
    """Let every mission of *user* have ended *days_ago*."""
    Mission.objects.filter(author__user=user).update(start=day(-300), end=day(-days_ago))
