"""What a backup says of itself, as its last member: what is in it, and from which version of the site."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from site_ocu.backups import database
from site_ocu.backups.archive import MANIFEST, BackupError, Member

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes: half a million files
SHOWN = 3
NEWER = (
    "Cette sauvegarde vient d’une version plus récente du site ({what}) : mettez d’abord le code à jour. "
    "Rien n’a été touché."
)


def now() -> str:
    return timezone.now().isoformat(timespec="seconds")


def versions() -> dict[str, str]:
    return {name: version(name) for name in ("django", "wagtail")}


@dataclass
class Manifest:
    """``counts`` are the rows of each table, ``sums`` the SHA-256 of each member, ``missing`` the files that a row
    names and that were not there."""

    engine: str
    migrations: list[list[str]]
    counts: dict[str, int]
    sums: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    made_at: str = field(default_factory=now)
    versions: dict[str, str] = field(default_factory=versions)
    format: int = FORMAT

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read(member: Member) -> Manifest:
    """The manifest in *member*. Raises ``BackupError`` when it can't be read, or is of a format to come."""
    if member.size > LARGEST:
        raise BackupError("Ce fichier n’est pas une sauvegarde du site : son manifeste est démesuré.")
    try:
        content: dict[str, Any] = json.loads(member.read())
        if content["format"] > FORMAT:
            raise BackupError(NEWER.format(what="un autre format"))
        return Manifest(**content)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"Le manifeste de cette sauvegarde ne se lit pas ({error}).") from error


def check(manifest: Manifest, sums: dict[str, str]) -> None:
    """Raise ``BackupError`` when the members are not those of *manifest*, or this site can't take them."""
    if {name: value for name, value in sums.items() if name != MANIFEST} != manifest.sums:
        raise BackupError(
            "Le contenu de cette sauvegarde n’est pas celui que dit son manifeste : rien n’a été touché."
        )
    if manifest.engine != database.engine():
        raise BackupError(
            f"Cette sauvegarde vient de {manifest.engine}, ce site utilise {database.engine()} : "
            "donnez-lui la même base (DATABASE_URL). Rien n’a été touché."
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if unknown := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        more = "…" if len(unknown) > SHOWN else ""
        raise BackupError(NEWER.format(what=", ".join(unknown[:SHOWN]) + more))
