"""A row of any model, filled in by its fields alone: so that a model added tomorrow is part of the tests of today."""

from __future__ import annotations

import datetime
import io
import itertools
import uuid
from typing import Any

import PIL.Image
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from wagtail.models import Locale, Page

COUNTER = itertools.count(1)
NO_WORDS = {"file_hash", "key", "contentpath", "password", "session_key", "session_hash"}


def _edit() -> dict[str, Any]:
    return {"action": "wagtail.edit", "content_type": ContentType.objects.get_for_model(Page), "object_id": 1}


def _page_edit() -> dict[str, Any]:
    return {name: value for name, value in _edit().items() if name != "object_id"}


def _somebody_else() -> dict[str, Any]:
    return {"first_name": "Une", "last_name": "Autre"}


# What the model itself refuses to be otherwise.
ALWAYS = {
    "wagtailcore.PageLogEntry": _page_edit,
    "wagtailcore.ModelLogEntry": _edit,
    "home.User": _somebody_else,
}


def sown(model: type[models.Model], words: str = "mot", **given: Any) -> Any:
    """A saved row of *model*: *given* fields as they are, the other texts say *words*, links lead to what exists."""
    given = {**ALWAYS.get(model._meta.label, dict)(), **given}
    row = model(**given)
    for field in model._meta.local_concrete_fields:
        if field.name not in given and not field.primary_key and not isinstance(field, models.OneToOneField):
            _fill(row, field, words)
    for field in model._meta.local_fields:
        if isinstance(field, models.OneToOneField) and field.name not in given and not field.null:
            setattr(row, field.name, sown(field.related_model, words))
    row.save()
    return row


def _fill(row: models.Model, field: Any, words: str) -> None:
    if isinstance(field, models.ForeignKey):
        if not field.null:
            setattr(row, field.name, _target(field, words))
    elif (value := _value(field, words)) is not None:
        setattr(row, field.attname, value)


def _target(field: Any, words: str) -> models.Model:
    model = field.related_model
    if model is ContentType:
        return ContentType.objects.get_for_model(Page)
    if model is Locale:
        return Locale.objects.get(language_code="fr")
    return model._base_manager.order_by("pk").first() or sown(model, words)


def _value(field: Any, words: str) -> Any:
    if field.has_default() and not isinstance(field, (models.CharField, models.TextField, models.JSONField)):
        return None
    if field.name in NO_WORDS:
        return uuid.uuid4().hex[: field.max_length or 32]
    if field.choices:
        return field.default if field.has_default() else next(iter(dict(field.flatchoices)))
    kinds: list[tuple[Any, Any]] = [
        (models.FileField, stored_file),
        (models.SlugField, f"mot-{next(COUNTER)}"),
        (models.EmailField, f"mot{next(COUNTER)}@exemple.invalid"),
        (models.URLField, "https://exemple.invalid/"),
        (models.GenericIPAddressField, "203.0.113.7"),
        (models.JSONField, {"mots": words}),
        ((models.CharField, models.TextField), _text(field, words)),
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, datetime.date(2026, 1, 1) + datetime.timedelta(days=next(COUNTER))),
        (models.UUIDField, uuid.uuid4()),
        (models.BinaryField, b""),
        ((models.IntegerField, models.FloatField, models.DecimalField), next(COUNTER)),
    ]
    value = next((value for kind, value in kinds if isinstance(field, kind)), None)
    return value() if callable(value) else value


def stored_file() -> str:
    """The name of a file that is there: the smallest picture."""
    pixel = io.BytesIO()
    PIL.Image.new("RGB", (1, 1)).save(pixel, "PNG")
    return default_storage.save(f"un/{uuid.uuid4().hex}.png", ContentFile(pixel.getvalue()))


def _text(field: Any, words: str) -> str:
    text = f"{words} {next(COUNTER)}" if field.unique else words
    return text[: field.max_length] if field.max_length else text
