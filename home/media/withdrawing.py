"""An image that must vanish now, whoever asks: found by its number or by the address under which somebody saw it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.utils import timezone
from wagtail.log_actions import log

from home.media.consent import People
from home.media.models import Image, Rendition


def named(text: str) -> Image | None:
    """The image with the primary key *text*, or the one that the address *text* shows; ``None`` for neither."""
    if text.isdecimal():
        return Image.objects.filter(pk=int(text)).first()
    path = unquote(urlsplit(text).path)
    name = path.partition("/media/")[2] or path.lstrip("/")
    rendition = Rendition.objects.filter(file=name).select_related("image").first() if name else None
    return rendition.image if rendition else None


def withdraw(image: Image) -> None:
    """Withhold *image* from this moment: its public files are deleted, and what shows it shows a neutral drawing.

    It counts as an image of people who no longer agree, whatever was said of it before: only a new agreement, or
    somebody who says that nobody can be recognised, brings it back.
    """
    today = timezone.localdate()
    image.people, image.consent_withdrawn_on = People.RECOGNISABLE, today
    image.save()
    log(instance=image, action="home.consent_withdrawn", data={"on": today.isoformat()})
