"""Which images and documents a version of a page uses, read from the version as it is stored.

Wagtail's index of references knows the row of a page: for a draft, what it was on its first day. This asks the
newest version instead, without building the page or fetching what it points to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision
from wagtail.rich_text import extract_references_from_rich_text

Reference = tuple[type[models.Model], Any]


def files_used(revision: Revision, file_model: type[models.Model]) -> set[int]:
    """Primary keys of the objects of *file_model* in *revision*. No query."""
    page_model = revision.content_type.model_class()
    if page_model is None:
        return set()
    found = _in_model(page_model, revision.content)
    return {int(key) for model, key in found if model is file_model and str(key).isdecimal()}


def _in_model(model: type[models.Model], content: dict[str, Any]) -> Iterator[Reference]:
    for field in model._meta.concrete_fields:
        yield from _in_field(field, content.get(field.name))
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            for row in content.get(relation.get_accessor_name()) or []:
                yield from _in_model(relation.related_model, row)


def _in_field(field: Any, value: Any) -> Iterator[Reference]:
    if value in (None, ""):
        return
    if field.many_to_one or field.one_to_one:
        yield field.related_model, value
    elif isinstance(field, StreamField):
        yield from _in_block(field.stream_block, json.loads(value) if isinstance(value, str) else value)
    elif isinstance(field, RichTextField):
        yield from _in_rich_text(value)


def _in_rich_text(value: str) -> Iterator[Reference]:
    for model, key, *_path in extract_references_from_rich_text(value):
        yield model, key


def _in_block(block: Block, value: Any) -> Iterator[Reference]:
    if value is None:
        return
    if isinstance(block, ChooserBlock):
        yield block.model_class, value
    elif isinstance(block, RichTextBlock):
        yield from _in_rich_text(value)
    else:
        for child, inside in _children(block, value):
            yield from _in_block(child, inside)


def _children(block: Block, value: Any) -> Iterator[tuple[Block, Any]]:
    """The blocks that *block* holds, each with its part of the stored *value*."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield child, value.get(name)
    elif isinstance(block, ListBlock):
        for item in value:
            yield block.child_block, item["value"] if _is_item(item) else item
    elif isinstance(block, StreamBlock):
        for item in value:
            if child := block.child_blocks.get(item["type"]):
                yield child, item["value"]


def _is_item(value: Any) -> bool:
    """Whether *value* is an item of a list as Wagtail stores it now; older ones hold bare values."""
    return isinstance(value, dict) and value.get("type") == "item"
