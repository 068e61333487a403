"""What is known of backups beside them: the last one that succeeded, which to keep, a restoration under way.

In files of ``DATA_DIR`` rather than in the database: a restoration takes the database back to an earlier day, and has
to be told of while there is none.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

LAST, RESTORATION = "backup.json", "restoration.json"
SAFETY = "avant-restauration"  # what a restoration makes of the site that it replaces
NAME = re.compile(r"ocu-\d{8}-\d{6}\.tar(\.age)?")
SAFETY_NAME = re.compile(SAFETY + r"-(\d{8})-\d{6}\.tar(\.age)?")
SAFETY_KEPT = datetime.timedelta(days=30)  # it holds what people asked to erase, too (docs/runbook.md)


@dataclass(frozen=True)
class Done:
    """A backup that succeeded. ``sha256`` is that of the file as it lies there."""

    file: str
    finished_at: str
    size: int
    sha256: str
    rows: int
    files: int
    missing: int
    encrypted: bool

    @property
    def age(self) -> datetime.timedelta:
        return timezone.now() - datetime.datetime.fromisoformat(self.finished_at)


def file_name(*, encrypted: bool, prefix: str = "ocu") -> str:
    return f"{prefix}-{timezone.localtime():%Y%m%d-%H%M%S}.tar{'.age' * encrypted}"


def note(done: Done) -> None:
    _write(LAST, asdict(done))


def last() -> Done | None:
    """The last backup that succeeded; ``None`` when none did, or its record can't be read."""
    try:
        return Done(**(_read(LAST) or {}))
    except TypeError:
        return None


def begin_restoration(file: Path, step: str) -> None:
    """Note where a restoration stands, for whoever finds it stopped."""
    _write(RESTORATION, {"file": str(file), "step": step, "at": timezone.now().isoformat(timespec="seconds")})


def end_restoration() -> None:
    (Path(settings.DATA_DIR) / RESTORATION).unlink(missing_ok=True)


def unfinished_restoration() -> dict[str, str] | None:
    """File, step and time of a restoration that did not end; ``None`` when there is none."""
    return _read(RESTORATION)


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the *keep* newest backups in *folder*, and what restorations put there more than a month ago.

    Nothing else is touched. Returns those deleted.
    """
    names = sorted(path.name for path in folder.iterdir())
    ours = [name for name in names if NAME.fullmatch(name)]
    past = f"{timezone.localtime() - SAFETY_KEPT:%Y%m%d}"
    safeties = [name for name in names if (match := SAFETY_NAME.fullmatch(name)) and match[1] < past]
    old = [folder / name for name in [*ours[:-keep], *safeties]]
    for path in old:
        path.unlink()
    return old


def _read(name: str) -> dict[str, Any] | None:
    try:
        content = json.loads((Path(settings.DATA_DIR) / name).read_text())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _write(name: str, content: dict[str, Any]) -> None:
    path = Path(settings.DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".partial")
    with beside.open("w") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
