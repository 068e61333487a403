"""Where a page's words stand: its fields, its blocks, its rows, its tags, and the files it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import RichText

from home.moderation.scanner.markup import reading

Rows = Mapping[str, Iterable[models.Model]]
NOT_WRITTEN = ("path",)  # the page's place in the tree
SHOWN_OF_FILES = {
    "title": _("Titre du fichier"),
    "description": _("Description"),
    "caption": _("Légende"),
    "credit": _("Crédit"),
}
BETWEEN = " › "


class Passage(NamedTuple):
    """A text and where it stands, as its form names it."""

    place: str
    text: str


def passages(page: Page, *, rows: Rows | None = None, tags: Iterable[str] | None = None) -> Iterator[Passage]:
    """Everything that readers of *page* could read, saved or not.

    *rows* and *tags* replace the page's own, for a form that was sent and not yet saved.
    """
    sent = rows or {}
    yield from _of_fields(page, "")
    yield from _of_tags(page, tags)
    for relation in get_all_child_relations(page):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            for row in sent[name] if name in sent else getattr(page, name).all():
                yield from _of_fields(row, capfirst(str(row._meta.verbose_name)))


def _of_fields(written: models.Model, place: str) -> Iterator[Passage]:
    """The texts of *written*'s own fields, and of the files they choose."""
    for field in written._meta.get_fields():
        if isinstance(field, models.Field) and field.editable and field.name not in NOT_WRITTEN:
            yield from _of_field(written, field, _within(place, capfirst(str(field.verbose_name))))


def _of_field(written: models.Model, field: Any, place: str) -> Iterator[Passage]:
    if isinstance(field, StreamField):
        yield from _of_block(field.stream_block, getattr(written, field.name), place)
    elif isinstance(field, models.ForeignKey):
        if issubclass(field.remote_field.model, (AbstractImage, AbstractDocument)):
            yield from _of_file(_related(written, field), place)
    elif isinstance(field, RichTextField):
        yield from _of_html(getattr(written, field.name) or "", place)
    elif isinstance(field, (models.CharField, models.TextField)) and not field.choices:
        yield from _of_text(getattr(written, field.name), place)


def _of_block(block: Any, value: Any, place: str) -> Iterator[Passage]:
    """The texts of one block, and of the blocks in it."""
    if value is None or isinstance(block, BaseChoiceBlock):
        return
    if isinstance(block, StreamBlock):
        for child in value:
            yield from _of_block(child.block, child.value, _within(place, str(child.block.label)))
    elif isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _of_block(child_block, value.get(name), _within(place, str(child_block.label)))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _of_block(block.child_block, item, place)
    else:
        yield from _of_value(value, place)


def _of_value(value: Any, place: str) -> Iterator[Passage]:
    if isinstance(value, RichText):
        yield from _of_html(value.source, place)
    elif isinstance(value, (AbstractImage, AbstractDocument)):
        yield from _of_file(value, place)
    elif isinstance(value, str):
        yield from _of_text(value, place)


def _of_html(html: str, place: str) -> Iterator[Passage]:
    read = reading(html)
    for text in [read.text, *read.attributes]:
        yield from _of_text(text, place)
    for model, keys in ((get_image_model(), read.images), (get_document_model(), read.documents)):
        for file in model.objects.filter(pk__in=keys) if keys else ():
            yield from _of_file(file, place)


def _of_file(file: models.Model | None, place: str) -> Iterator[Passage]:
    """What readers see of an image or document: not who agreed to be shown on it, for instance."""
    for name, label in SHOWN_OF_FILES.items() if file else ():
        yield from _of_text(getattr(file, name, ""), _within(place, str(label)))


def _of_tags(page: Page, tags: Iterable[str] | None) -> Iterator[Passage]:
    for field in page._meta.get_fields():
        if isinstance(field, TaggableManager):
            words = [tag.name for tag in getattr(page, field.name).all()] if tags is None else tags
            for word in words:
                yield from _of_text(word, capfirst(str(field.verbose_name)))


def _of_text(text: Any, place: str) -> Iterator[Passage]:
    if text and not str(text).isspace():
        yield Passage(place, str(text))


def _related(written: models.Model, field: Any) -> models.Model | None:
    try:
        related: models.Model | None = getattr(written, field.name)
    except ObjectDoesNotExist:
        return None
    return related


def _within(place: str, name: str) -> str:
    return f"{place}{BETWEEN}{name}" if place else name
