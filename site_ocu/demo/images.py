"""Drawn pictures, kept in a collection of their own so that they can be told apart and removed."""

from __future__ import annotations

from django.core.files.base import ContentFile
from wagtail.models import Collection

from home.media.consent import People
from home.models import Image
from site_ocu.demo.drawing import draw

COLLECTION = "Démonstration"
CREDIT = "Illustration dessinée pour la démonstration"


def demo_collection() -> Collection:
    """The collection of the demonstration's files."""
    existing = Collection.objects.filter(name=COLLECTION).first()
    return existing or Collection.get_first_root_node().add_child(name=COLLECTION)


def drawn_image(reference: str) -> Image:
    """The image for a reference like ``drawn:ville``; drawn the first time it is asked for."""
    subject = reference.removeprefix("drawn:")
    title = f"Dessin : {subject}"
    image = Image.objects.filter(title=title, collection__name=COLLECTION).first()
    if image is None:
        file = ContentFile(draw(subject), name=f"{subject}.png")
        image = Image(
            title=title, file=file, credit=CREDIT, people=People.NOBODY, collection=demo_collection()
        )
        image.save()
    return image
