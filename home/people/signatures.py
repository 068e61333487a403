"""A byline that changes, changes in the search index as well: nobody is found under a name they have left."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet
from wagtail.search.index import insert_or_update_object

from home.people.authors import Author


def signed_pages(author: Author) -> PageQuerySet:
    """The pages that name *author*: as a signature, or as who checked."""
    # A mission names its author as well, and its number may be a page's.
    references = ReferenceIndex.get_references_to(author).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Page.objects.filter(pk__in={int(pk) for pk in references.values_list("object_id", flat=True)})


def index_again(instance: Author, created: bool = False, **kwargs: Any) -> None:
    """Bring the search index of everything *instance* signed up to date."""
    for page in () if created else signed_pages(instance).specific():
        insert_or_update_object(page)


def connect() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(index_again, sender=Author, dispatch_uid="home.index_signed_pages")
