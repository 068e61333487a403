"""Where the agreement to images shows in the admin: the queue, the choosers, and every way to publish."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, ReferenceIndex

from home.media.blocked import refusal_to_publish
from home.media.consent import ImageQuerySet
from home.media.models import Image
from home.moderation.permissions import is_editor
from home.moderation.queue import HOOK, QueueItem
from home.people.accounts import User


@hooks.register(HOOK)
def images_without_agreement(user: User) -> list[QueueItem]:
    """Withheld images that a page still uses: each wants another image, or a new agreement."""
    if not is_editor(user):
        return []
    used = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Image),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    keys = {int(key) for key in used.values_list("to_object_id", flat=True)}
    return [
        QueueItem(
            kind=gettext("Image sans accord"),
            title=image.title,
            url=reverse("wagtailimages:image_usage", args=[image.pk]),
            since=_midnight(image.consent_ended_told_on or timezone.localdate()),
        )
        for image in Image.objects.withheld().filter(pk__in=keys)
    ]


@hooks.register("construct_image_chooser_queryset")
def choose_among_showable_images(images: ImageQuerySet, request: HttpRequest) -> ImageQuerySet:
    return images.filter(pk__in=Image.objects.showable().values("pk"))


@hooks.register("before_publish_page")
def publish_no_withheld_image(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For what the form couldn't know: an agreement that ended since it was checked. The draft is saved."""
    if not (reason := refusal_to_publish(page)):
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def publish_none_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Publish all or none of them, so that the answer is clear."""
    if action_type != "publish" or action.model is not Page:
        return None
    pages = [page.specific for page in objects]
    if request.POST.get("include_descendants"):
        pages += [inner for page in objects for inner in page.get_descendants().not_live().specific()]
    return _refuse(request, [page.get_latest_revision_as_object() for page in pages], action.next_url)


@hooks.register("before_copy_page")
def copy_none_as_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy, or an alias, can be public from the start, without a publication."""
    if request.method != "POST" or not (request.POST.get("publish_copies") or request.POST.get("alias")):
        return None
    pages = page.get_descendants(inclusive=True).live()
    if not request.POST.get("copy_subpages"):
        pages = pages.filter(pk=page.pk)
    return _refuse(request, list(pages.specific()), reverse("wagtailadmin_pages:copy", args=[page.pk]))


@hooks.register("insert_global_admin_css")
def image_form_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-images.css"))


def _refuse(request: HttpRequest, pages: list[Page], next_url: str) -> HttpResponse | None:
    refused = [(page, reason) for page in pages if (reason := refusal_to_publish(page))]
    for page, reason in refused:
        messages.error(request, f"{page.get_admin_display_title()}\N{NO-BREAK SPACE}: {reason}")
    return redirect(next_url) if refused else None


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
