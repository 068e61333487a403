"""A name replaced wherever it was written: texts, their earlier versions, comments, the history.

Every text field of our models and of Wagtail's records is walked, so that a field added later is walked as well.
Choices, addresses and the site's legal notice are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
)
from wagtail.search import index
from wagtail.search.index import insert_or_update_object

OURS = ("home", "practices", "blog")
# Accounts and bylines are changed by whoever asks; who is responsible by law, and who agreed to be seen, stays.
LEFT_ALONE = {"home.User", "home.Author", "home.LegalSettings"}
RECORDS: list[type[models.Model]] = [Page, TaskState, Comment, CommentReply, PageLogEntry, ModelLogEntry]
NOT_TEXT = (models.SlugField, models.URLField, models.EmailField, models.UUIDField, models.FileField)
NAMES_OF_NO_TEXT = {
    "path",
    "url_path",
    "key",
    "action",
    "object_id",
    "contentpath",
    "consent_people",
    "file_hash",
}
BATCH = 100  # versions of long texts held in memory at a time
NOT_WORDS = {"type", "id", "slug", "url_path", "path", "uuid"}  # keys of stored blocks and history entries


class Replacement:
    """*names* become *new*: whole words, in this case unless *ignore_case*, with any white space between them."""

    def __init__(self, names: Iterable[str], new: str, *, ignore_case: bool = False) -> None:
        patterns = [_pattern(name) for name in sorted(set(names), key=len, reverse=True) if name.strip()]
        whole = rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])"
        self.pattern = re.compile(whole, re.IGNORECASE if ignore_case else 0) if patterns else None
        self.new = new

    def in_text(self, text: str) -> str:
        return self.pattern.sub(lambda _found: self.new, text) if self.pattern else text

    def in_value(self, value: Any) -> Any:
        """*value* as JSON holds it, with the names replaced in every string but those that are no words."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, list):
            return [self.in_value(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key in NOT_WORDS else self.in_value(item) for key, item in value.items()}
        return value

    def in_stored(self, model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
        """*content* of a revision of *model*, rows included. Streams are JSON in a string there."""
        return {key: self._in_stored_field(model, key, value) for key, value in content.items()}

    def _in_stored_field(self, model: type[models.Model], key: str, value: Any) -> Any:
        try:
            field = model._meta.get_field(key)
        except FieldDoesNotExist:
            return value
        if isinstance(field, StreamField) and isinstance(value, str):
            return json.dumps(self.in_value(json.loads(value or "[]")))
        if isinstance(value, list) and isinstance(field, models.ManyToOneRel):
            return [self.in_stored(field.related_model, row) for row in value]  # type: ignore[arg-type]
        return self.in_value(value) if is_text(field) else value


def _pattern(name: str) -> str:
    words = [re.escape(word).replace("'", "[’']").replace("’", "[’']") for word in name.split()]
    return r"\s+".join(words)


def is_text(field: Any) -> bool:
    """Whether people write words into *field*."""
    if isinstance(field, (StreamField, models.JSONField)):
        return True
    if not isinstance(field, (models.CharField, models.TextField)) or isinstance(field, NOT_TEXT):
        return False
    return not field.choices and field.name not in NAMES_OF_NO_TEXT


def replace_everywhere(replacement: Replacement, walked: Iterable[type[models.Model]] = ()) -> int:
    """Apply *replacement* to all that is stored, and index what changed again; return how many rows changed.

    All that is stored are our models and Wagtail's records, unless others are *walked*.
    """
    if replacement.pattern is None:
        return 0
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS]
    usual = [*RECORDS, *(model for model in ours if model._meta.label not in LEFT_ALONE)]
    changed = {model: _replace_in_rows(model, replacement) for model in walked or usual}
    for model, keys in changed.items():
        _index_again(model, keys)
    return sum(len(keys) for keys in changed.values()) + _replace_in_revisions(replacement)


def _replace_in_rows(model: type[models.Model], replacement: Replacement) -> list[Any]:
    """Replace in the table of *model*, its parents' excepted; the primary keys that changed."""
    fields = [field for field in model._meta.local_fields if is_text(field)]
    rows = model._base_manager.only("pk", *(field.name for field in fields)) if fields else ()
    keys = []
    for row in rows:
        changes = {}
        for field in fields:
            before = getattr(row, field.attname)
            after = _replaced(field, before, row, replacement)
            if after != before:
                changes[field.name] = after
        if changes:
            model._base_manager.filter(pk=row.pk).update(**changes)
            keys.append(row.pk)
    return keys


def _replaced(field: Any, value: Any, row: models.Model, replacement: Replacement) -> Any:
    if not isinstance(field, StreamField):
        return replacement.in_value(value)
    stored = json.loads(field.value_to_string(row) or "[]")
    after = replacement.in_value(stored)
    return value if after == stored else field.to_python(json.dumps(after))


def _replace_in_revisions(replacement: Replacement) -> int:
    """Every version of every page, published or not."""
    count, keys = 0, list(Revision.objects.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = Revision.objects.filter(pk__in=keys[start : start + BATCH]).select_related("content_type")
        count += sum(_replace_in_revision(revision, replacement) for revision in batch)
    return count


def _replace_in_revision(revision: Revision, replacement: Replacement) -> bool:
    """Whether *revision* held a name."""
    model = revision.content_type.model_class()
    content = replacement.in_stored(model, revision.content) if model else revision.content
    label = replacement.in_text(revision.object_str)
    if (content, label) == (revision.content, revision.object_str):
        return False
    Revision.objects.filter(pk=revision.pk).update(content=content, object_str=label)
    return True


def _index_again(model: type[models.Model], keys: list[Any]) -> None:
    """Search finds the rows of *keys* (a page for a row of a page) by their new words only."""
    for row in model._base_manager.filter(pk__in=keys):
        found: Any = row
        if parent := next((f for f in model._meta.local_fields if type(f).__name__ == "ParentalKey"), None):
            found = getattr(row, parent.name)
        if isinstance(found, Page):
            found = Page.objects.get(pk=found.pk).specific
        if isinstance(found, index.Indexed):
            insert_or_update_object(found)
