"""Files that were stored before cleaning was: cleaned where they lie, one by one.

A file is replaced by a clean one under a new name, and the old one deleted once the database knows of the new: killed
at any moment, the site shows what it showed. What a run leaves behind then, a file that nothing names, goes a day
later (home.media.left_behind).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext
from wagtail.images.models import AbstractRendition

from home.media.cleaning import words
from home.media.files import (
    CleanContent,
    CleanFile,
    FileRefused,
    cleaned,
    file_fields,
    random_name,
    read,
    welcome_in,
)
from home.media.left_behind import left_behind


@dataclass(frozen=True)
class Outcome:
    """What became of one file. *changed*: it is, or would be, another now; *failed*: it stays as it was."""

    name: str
    said: str
    changed: bool = False
    failed: bool = False


def scrub(dry_run: bool = False) -> Iterator[Outcome]:
    """Clean every stored file, and delete those that nothing names. One outcome a file, as soon as it is known."""
    for field in file_fields():
        if not issubclass(field.model, AbstractRendition):
            yield from _scrub_field(field, dry_run)
    yield from _delete_what_nothing_names(dry_run)


def _scrub_field(field: Any, dry_run: bool) -> Iterator[Outcome]:
    keys = list(
        field.model._base_manager.exclude(**{field.name: ""}).order_by("pk").values_list("pk", flat=True)
    )
    for key in keys:
        instance = field.model._base_manager.filter(pk=key).first()
        if instance is not None and (file := getattr(instance, field.name)):
            yield _scrub_file(instance, file, dry_run)


def _scrub_file(instance: Any, file: CleanFile, dry_run: bool) -> Outcome:
    name = str(file.name)
    try:
        with file.storage.open(name) as stored:
            data = read(stored)
        clean = cleaned(ContentFile(data, name=name), name, welcome_in(file), of_any_size=True)
    except FileRefused as refused:
        return Outcome(name, str(refused.messages[0]), failed=True)
    except OSError:
        return Outcome(name, gettext("Le fichier manque, ou le stockage ne répond pas."), failed=True)
    stays = words.told(clean.remarks)
    if read(clean) == data:
        return Outcome(name, stays or gettext("déjà propre"))
    if not dry_run:
        _replace(instance, file, clean)
    return Outcome(name, stays or gettext("nettoyé"), changed=True)


def _replace(instance: Any, file: CleanFile, clean: CleanContent) -> None:
    """Store the clean file, point the row at it, forget what was made of the old one, then delete that."""
    field: Any = file.field
    storage, old = file.storage, str(file.name)
    new = storage.save(field.generate_filename(instance, random_name(str(clean.name))), clean)
    values: dict[str, Any] = {field.name: new}
    if hasattr(instance, "file_hash"):
        values |= {
            "file_size": clean.size,
            "file_hash": hashlib.sha1(read(clean), usedforsecurity=False).hexdigest(),
        }
    if measures := [
        name for name in (getattr(field, "width_field", ""), getattr(field, "height_field", "")) if name
    ]:
        instance.__dict__[field.attname] = new
        field.update_dimension_fields(instance, force=True)
        values |= {name: getattr(instance, name) for name in measures}
    with transaction.atomic():
        rows = type(instance)._base_manager.filter(pk=instance.pk, **{field.name: old})
        replaced = rows.update(**values)
        if replaced and hasattr(instance, "renditions"):
            instance.renditions.all().delete()  # with their files, once this is committed
        transaction.on_commit(lambda: storage.delete(old if replaced else new))


def _delete_what_nothing_names(dry_run: bool) -> Iterator[Outcome]:
    for name in list(left_behind()):
        if not dry_run:
            default_storage.delete(name)
        yield Outcome(name, gettext("rien ne le nomme : supprimé"), changed=True)
