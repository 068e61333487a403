"""The text of a page, as its readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.search.stemming import stems

if TYPE_CHECKING:
    from home.pages.base import BasePage


class StemmedTitleField(index.SearchField):
    """The stems of the title, kept beside the title itself, because a title weighs more than a text."""

    def get_value(self, obj: BasePage) -> str:
        return " ".join(stems(obj.title))


def page_text(page: BasePage) -> str:
    """Title, introduction, rich texts and blocks of *page*, and the words it adds itself."""
    parts = [page.title, page.introduction, *page.extra_search_text()]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            parts += getattr(page, field.name).stream_block.get_searchable_content(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            parts.append(strip_tags(getattr(page, field.name).replace("<", " <")))
    return " ".join(str(part) for part in parts if part)
