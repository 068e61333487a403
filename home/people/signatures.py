"""What an author signed."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from home.people.authors import Author


def signed_pages(author: Author) -> PageQuerySet:
    """The pages that name *author*: as a signature, or as who checked."""
    # A mission names its author as well, and its number may be a page's.
    references = ReferenceIndex.get_references_to(author).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Page.objects.filter(pk__in={int(pk) for pk in references.values_list("object_id", flat=True)})
