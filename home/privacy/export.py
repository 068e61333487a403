"""What the site keeps of a person, in one file that they can read and take elsewhere (RGPD, art. 15 and 20)."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page

from home.people.signatures import signed_pages
from home.privacy.people import Person, rows_of
from home.privacy.register import Kept

DOCUMENT = "donnees.json"


def gather(person: Person) -> dict[str, Any]:
    """All that the register says is about *person*, for each model with why it is kept and how long."""
    found: dict[type[models.Model], tuple[Kept, dict[Any, models.Model]]] = {}
    for model, entry, _name, _fate, rows in rows_of(person):
        _entry, known = found.setdefault(model, (entry, {}))
        known.update({row.pk: row for row in rows})
    return {
        "exporté le": timezone.now().isoformat(),
        "registre": [_section(model, entry, rows) for model, (entry, rows) in found.items() if rows],
        "textes": [_text(page) for page in texts_of(person)],
    }


def texts_of(person: Person) -> list[Page]:
    """The pages that the person began, or signs."""
    keys = {page.pk for author in person.authors for page in signed_pages(author)}
    own = models.Q(owner=person.account) if person.account else models.Q()
    return list(Page.objects.filter(own | models.Q(pk__in=keys)).specific()) if own or keys else []


def write(person: Person, path: Path) -> dict[str, Any]:
    """Write the archive to *path*, for its owner alone: the document and the person's files. Return what was found.

    Raise ``FileExistsError``: an export never overwrites.
    """
    gathered = gather(person)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, as_json(gathered))
        for name, stored in _files(person):
            with stored.storage.open(stored.name) as source:
                archive.writestr(name, source.read())
    return gathered


def as_json(gathered: dict[str, Any]) -> str:
    return json.dumps(gathered, ensure_ascii=False, indent=2, default=str)


def _section(model: type[models.Model], entry: Kept, rows: dict[Any, models.Model]) -> dict[str, Any]:
    return {
        "quoi": str(model._meta.verbose_name_plural),
        "modèle": model._meta.label,
        "pourquoi": str(entry.activity.why),
        "ce qui le permet": str(entry.activity.basis),
        "combien de temps": [limit.words() for limit in entry.limits] or [str(entry.activity.kept)],
        "qui le voit": str(entry.activity.recipients),
        "lignes": [_line(row, entry) for row in rows.values()],
    }


def _line(row: models.Model, entry: Kept) -> dict[str, Any]:
    """Every field but the secret ones, which prove who somebody is and say nothing of them."""
    fields = [field for field in row._meta.concrete_fields if field.name not in entry.secret]
    return {field.name: _value(row, field) for field in fields}


def _value(row: models.Model, field: Any) -> Any:
    if isinstance(field, StreamField):
        return json.loads(field.value_to_string(row) or "[]")
    value = field.value_from_object(row)
    return value.name if isinstance(field, models.FileField) else value


def _text(page: Any) -> dict[str, Any]:
    return {
        "titre": page.title,
        "adresse": page.full_url,
        "publiée": page.live,
        "contenu": page.serializable_data(),
    }


def _files(person: Person) -> Iterator[tuple[str, Any]]:
    """The files that the person sent, each once, under a name that says where they come from."""
    found = {(model, row.pk): row for model, _entry, _name, _fate, rows in rows_of(person) for row in rows}
    for (model, key), row in found.items():
        for field in model._meta.concrete_fields:
            stored = field.value_from_object(row) if isinstance(field, models.FileField) else None
            if stored and stored.storage.exists(stored.name):
                place = f"{model._meta.label_lower}-{key}-{field.name}"
                yield f"fichiers/{place}{Path(stored.name).suffix}", stored
