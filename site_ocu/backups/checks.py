"""Is there a recent backup? ``manage.py check --deploy --database default``."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from site_ocu.backups import records


@register(Tags.database, deploy=True)
def backups_are_recent(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Asked with the other questions about data, as ``make check`` has none."""
    if not databases:
        return []
    return [*_about_the_last(), *_about_a_restoration()]


def _about_the_last() -> list[CheckMessage]:
    limit, last = datetime.timedelta(hours=settings.BACKUP_MAX_AGE_HOURS), records.last()
    hint = "manage.py backup, chaque nuit (README, « Garder en marche »)."
    if last is None:
        return [Error("Aucune sauvegarde n’a encore été faite.", hint=hint, id="site_ocu.E001")]
    if last.age > limit:
        words = (
            f"La dernière sauvegarde a plus de {settings.BACKUP_MAX_AGE_HOURS} heures ({last.finished_at})."
        )
        return [Error(words, hint=hint, id="site_ocu.E002")]
    return []


def _about_a_restoration() -> list[CheckMessage]:
    if (stopped := records.unfinished_restoration()) is None:
        return []
    words = f"Une restauration s’est arrêtée à l’étape « {stopped['step']} » ({stopped['at']})."
    return [Warning(words, hint=f"manage.py restore {stopped['file']} --force", id="site_ocu.W001")]
