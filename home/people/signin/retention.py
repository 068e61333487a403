"""What signing in forgets after a set time."""

from __future__ import annotations

import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

from home.people.signin.browsers import KnownBrowser

ATTEMPTS = datetime.timedelta(days=1)


def forget_attempts() -> None:
    """Delete counts of tries that hold nobody back any more, and browsers not seen for long."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS).delete()
    KnownBrowser.objects.filter(
        seen_at__lt=now - datetime.timedelta(days=settings.KNOWN_BROWSER_DAYS)
    ).delete()
