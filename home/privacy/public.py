"""The register as readers see it: one line for each activity, made of what the models declare."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from home.privacy.activities import IN_ORDER
from home.privacy.register import Activity, Kept
from home.privacy.registry import by_activity


@dataclass(frozen=True)
class Line:
    """``kept`` are sentences: what the activity says, then each time limit that is enforced."""

    activity: Activity
    what: list[str]
    kept: list[str]


def register_lines() -> list[Line]:
    """The whole register, without what no installed model does."""
    done = by_activity()
    return [
        Line(activity, _whats(done[activity]), _ends(activity, done[activity]))
        for activity in IN_ORDER
        if activity in done
    ]


def _whats(entries: dict[type[models.Model], Kept]) -> list[str]:
    """Each once: two models may keep the same thing."""
    return sorted({_what(model, entry) for model, entry in entries.items()})


def _what(model: type[models.Model], entry: Kept) -> str:
    """« comptes : adresse électronique, nom »: what was declared, or the fields by the name they have in forms."""
    if entry.what:
        return str(entry.what)
    names = [str(model._meta.get_field(name).verbose_name) for name in entry.fields]  # type: ignore[union-attr]
    things = str(model._meta.verbose_name_plural)
    return f"{things} : {', '.join(names)}" if names else things


def _ends(activity: Activity, entries: dict[type[models.Model], Kept]) -> list[str]:
    limits = {limit.words(): None for entry in entries.values() for limit in entry.limits}
    return [*([str(activity.kept)] if activity.kept else []), *limits]
