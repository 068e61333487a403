"""A row of any model, filled in by its fields alone: so that a model added tomorrow is part of the tests of today."""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Locale, Page

COUNTER = itertools.count(1)


def sown(model: type[models.Model], words: str = "mot", **given: Any) -> Any:
    """A saved row of *model*: *given* fields as they are, the other texts say *words*, links lead to what exists."""
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
    if field.choices:
        return field.default if field.has_default() else next(iter(dict(field.flatchoices)))
    kinds: list[tuple[Any, Any]] = [
        (models.FileField, f"un/{uuid.uuid4().hex}.txt"),
        (models.SlugField, f"mot-{next(COUNTER)}"),
        (models.EmailField, f"mot{next(COUNTER)}@exemple.invalid"),
        (models.URLField, "https://exemple.invalid/"),
        (models.GenericIPAddressField, "203.0.113.7"),
        (models.JSONField, {"mots": words}),
        ((models.CharField, models.TextField), _text(field, words)),
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, datetime.date(2026, 1, 1)),
        (models.UUIDField, uuid.uuid4()),
        (models.BinaryField, b""),
        ((models.IntegerField, models.FloatField, models.DecimalField), next(COUNTER)),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), None)


def _text(field: Any, words: str) -> str:
    text = f"{words} {next(COUNTER)}" if field.unique else words
    return text[: field.max_length] if field.max_length else text
