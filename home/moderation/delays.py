"""How long something has waited, in words and against the delay of the settings."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext

from home.moderation.preferences import ModerationSettings


def days_since(moment: datetime.datetime) -> int:
    """Days of the calendar between *moment* and today; never less than none."""
    return max((timezone.localdate() - timezone.localtime(moment).date()).days, 0)


def since_words(moment: datetime.datetime) -> str:
    """« depuis aujourd’hui », « depuis hier » or « depuis 3 jours »."""
    days = days_since(moment)
    if days == 0:
        return gettext("depuis aujourd’hui")
    if days == 1:
        return gettext("depuis hier")
    return gettext("depuis %(days)s jours") % {"days": days}


def reminder_delay() -> datetime.timedelta:
    """After how long somebody who waits is reminded of."""
    return datetime.timedelta(days=ModerationSettings.main().reminder_days)
