"""What a page lacks before it may be public.

Forms ask for it when a text is submitted. This asks again when it is approved, because a draft saved during the
review may have emptied a field, and publishing an invalid page would end in an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.html import strip_tags
from wagtail.fields import RichTextField
from wagtail.models import Page

from home.media.blocked import objections


@runtime_checkable
class HasMandatoryRows(Protocol):
    """A page that needs rows of its own (sources, themes…), which the model's fields can't say."""

    def missing_rows(self) -> list[str]:
        """Labels of what lacks."""


def wordless_fields(page: Page, values: Mapping[str, Any]) -> list[str]:
    """Names of the mandatory rich texts in *values* that hold mark-up and no word: empty to a reader."""
    fields = [
        field for field in page._meta.get_fields() if isinstance(field, RichTextField) and not field.blank
    ]
    filled = [field.name for field in fields if values.get(field.name)]
    return [name for name in filled if not strip_tags(values[name]).strip()]


def missing_for_publication(page: Page) -> list[str]:
    """Labels of the fields and rows of *page*'s latest revision that are empty or wrong, images included."""
    latest = page.get_latest_revision_as_object()
    missing = latest.missing_rows() if isinstance(latest, HasMandatoryRows) else []
    try:
        latest.full_clean()
    except ValidationError as error:
        missing = [_label(latest, name, messages) for name, messages in error.message_dict.items()] + missing
    missing += [_label(latest, name, []) for name in wordless_fields(latest, vars(latest))]
    return missing + objections(latest)


def _label(page: Page, name: str, messages: list[str]) -> str:
    """The name of a field as its form shows it; for the page as a whole, what is wrong with it."""
    if name == NON_FIELD_ERRORS:
        return " ".join(messages)
    try:
        return str(page._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
