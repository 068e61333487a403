"""Every model that is installed, with what it declares."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from home.privacy.register import Activity, Declared, Kept
from home.privacy.third_parties import THIRD_PARTIES


def installed_models() -> Iterator[type[models.Model]]:
    """Every model that has a table of its own. The tables of many-to-many fields belong to those who have the field."""
    for model in apps.get_models():
        if not model._meta.proxy:
            yield model


def declaration(model: type[models.Model]) -> Declared | None:
    """What *model* says for itself, which nothing inherits, or what is said for it in ``third_parties``."""
    own: Declared | None = vars(model).get("privacy")
    return own or THIRD_PARTIES.get(model._meta.label)


def kept() -> dict[type[models.Model], Kept]:
    """The models that keep something of people."""
    declared = {model: declaration(model) for model in installed_models()}
    return {model: entry for model, entry in declared.items() if isinstance(entry, Kept)}


def by_activity() -> dict[Activity, dict[type[models.Model], Kept]]:
    """The register: for each activity the models that serve it."""
    lines: dict[Activity, dict[type[models.Model], Kept]] = {}
    for model, entry in kept().items():
        lines.setdefault(entry.activity, {})[model] = entry
    return lines
