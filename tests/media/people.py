"""Images of people who agreed, and what becomes of their agreement."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from home.models import Image
from tests.factories import ImageFactory

DAY = datetime.timedelta(days=1)


def days_from_now(count: int) -> datetime.date:
    return timezone.localdate() + count * DAY


def agreed_image(**fields: Any) -> Image:
    """An image of somebody who agreed a month ago."""
    agreement = {
        "people": "recognisable",
        "consent_people": "Amina K.",
        "consent_scope": "Ce site",
        "consent_given_on": days_from_now(-30),
        "consent_paper": "Classeur bleu",
    }
    image: Image = ImageFactory(**agreement | fields)
    return image


def withdraw(image: Image) -> Image:
    """Withdraw the agreement to *image* today, as a form does."""
    image.consent_withdrawn_on = days_from_now(0)
    image.save()
    return image


def let_expire(image: Image, days_ago: int = 1) -> Image:
    """Let time pass: the agreement has ended, and no job has noticed yet."""
    Image.objects.filter(pk=image.pk).update(consent_until=days_from_now(-days_ago))
    image.refresh_from_db()
    return image
