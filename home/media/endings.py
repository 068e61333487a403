"""Agreements that end: the image leaves the site, its files are deleted, the moderators are told once.

A withdrawal takes effect when the image is saved; an agreement that runs out, on the next run of
``expire_consents``. Readers never wait for either: ``Consent.is_showable`` and the view of the files ask the date.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.search import index

from home.delivery.mails import admin_url, send
from home.media.blocked import pages_with
from home.media.consent import People
from home.media.models import Image
from home.moderation.roles import ADMINISTRATORS, MODERATORS
from home.people.accounts import User

WARNING_TIME = datetime.timedelta(days=30)


def connect() -> None:
    """Follow every image that is saved. Called once, when the apps are ready."""
    post_save.connect(follow_saved_image, sender=Image, dispatch_uid="home_image_consent")


def follow_saved_image(instance: Image, raw: bool = False, **kwargs: Any) -> None:
    """Withhold an image whose agreement has just ended; forget the end of one that was given again."""
    if raw:
        return
    if instance.is_showable:
        show_again(instance)
    else:
        withhold([instance])


def expire_consents() -> None:
    """What time does to agreements. Harmless when run again; what a missed run left is done by the next one."""
    ended = Q(consent_ended_told_on=None) | Q(renditions__isnull=False)
    withhold(Image.objects.withheld().filter(ended).distinct())
    for image in Image.objects.showable().exclude(consent_ended_told_on=None):
        show_again(image)
    warn_of_endings()


@transaction.atomic
def withhold(images: Iterable[Image]) -> None:
    """Delete the public files of *images*, and tell the moderators of those they have not been told of."""
    if news := [image for image in images if _withhold(image)]:
        _tell("consent_ended", news)


def show_again(image: Image) -> None:
    """Note that the agreement to *image* holds again, so that its next end is told as well."""
    if (
        Image.objects.filter(pk=image.pk)
        .exclude(consent_ended_told_on=None)
        .update(consent_ended_told_on=None)
    ):
        log(instance=image, action="home.image_shown_again")
        search_anew(image)
    image.consent_ended_told_on = None


@transaction.atomic
def warn_of_endings() -> None:
    """Tell the moderators, once for each date, of the agreements that end within thirty days."""
    today = timezone.localdate()
    soon = Image.objects.showable().filter(
        people=People.RECOGNISABLE, consent_until__range=(today, today + WARNING_TIME)
    )
    untold = soon.filter(Q(consent_ending_told_for=None) | ~Q(consent_ending_told_for=F("consent_until")))
    if news := [image for image in untold.order_by("consent_until", "title") if _claim_warning(image)]:
        _tell("consent_ending", news)


def moderators() -> list[User]:
    """Whoever looks after the images: the moderators, or the administrators where there is no moderator."""
    active = User.objects.filter(is_active=True).order_by("pk")
    return list(active.filter(groups__name=MODERATORS)) or list(active.filter(groups__name=ADMINISTRATORS))


def _withhold(image: Image) -> bool:
    """Whether this is news. Of several that do it at once, the database lets one be the first."""
    image.renditions.all().delete()
    today = timezone.localdate()
    untold = Image.objects.filter(pk=image.pk, consent_ended_told_on=None)
    first = bool(untold.update(consent_ended_told_on=today))
    image.consent_ended_told_on = image.consent_ended_told_on or today
    if first:
        log(instance=image, action="home.image_withheld", data={"reason": image.consent_problem})
        search_anew(image)
    return first


def search_anew(image: Image) -> None:
    """Let the search forget, or know again, the words under *image* in the pages that show it."""
    for page in pages_with(image):
        index.insert_or_update_object(page.specific)


def _claim_warning(image: Image) -> bool:
    untold = Image.objects.filter(pk=image.pk, consent_ending_told_for=image.consent_ending_told_for)
    return bool(untold.update(consent_ending_told_for=image.consent_until))


def _tell(mail: str, images: Sequence[Image]) -> None:
    """No word of who agreed: a mail goes through more hands than the admin."""
    entries = [
        {
            "image": image,
            "url": admin_url("wagtailimages:edit", image.pk),
            "pages": [
                {"page": page, "url": admin_url("wagtailadmin_pages:edit", page.pk)}
                for page in pages_with(image)
            ],
        }
        for image in images
    ]
    send(f"media/mails/{mail}", moderators(), {"entries": entries, "first": images[0], "count": len(images)})
