"""Images that keep a page from being published, wherever they stand in it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext
from wagtail.models import Page, ReferenceIndex

from home.media.consent import ImageQuerySet
from home.media.models import Image


class PublicationRefused(PermissionDenied):
    """A page was about to be published with an image that nobody may see; the message says which, in French."""


def images_of(page: Page) -> ImageQuerySet:
    """The images of *page* as it is in memory: fields, StreamFields, rich texts and rows, like Wagtail's index."""
    image_type = ContentType.objects.get_for_model(Image).pk
    references = ReferenceIndex._extract_references_from_object(page)
    return Image.objects.filter(pk__in={key for type_id, key, *_path in references if type_id == image_type})


def pages_with(image: Image) -> list[Page]:
    """The pages that show *image*, as they are public or, never published, as they were first saved."""
    references = ReferenceIndex.get_references_to(image).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in references.values_list("object_id", flat=True)]
    return list(Page.objects.filter(pk__in=keys).order_by("title"))


def blocked_images(page: Page) -> list[Image]:
    """The images of *page* with which it can't be published."""
    allowed = Image.objects.publishable().values("pk")
    return list(images_of(page).exclude(pk__in=allowed).order_by("title"))


def objections(page: Page) -> list[str]:
    """What is wrong with each of them: « l’image « Marché » : accord retiré »."""
    return [
        gettext("l’image « %(title)s » : %(problem)s")
        % {"title": image.title, "problem": image.consent_problem}
        for image in blocked_images(page)
    ]


def refusal_to_publish(page: Page) -> str:
    """A sentence for whoever wants to publish or submit *page* as it is in memory; empty when nothing is wrong."""
    if not (reasons := objections(page)):
        return ""
    return gettext(
        "On ne peut pas publier ce texte avec %(reasons)s. "
        "Choisissez une autre image, ou complétez la fiche de celle-ci."
    ) % {"reasons": ", ".join(reasons)}
