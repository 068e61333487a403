"""The files of a backup, through Django's storage, wherever it keeps them.

Stored names are drawn at random and never used again: a file put back under its name harms nothing that is there, and
what is there under that name is the same file, or a damaged one.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable

from django.core.files import File
from django.core.files.storage import default_storage

from site_ocu.backups.archive import BLOCK, ArchiveWriter, BackupError, Member, SummedWriting

FOLDER = "media/"


def copy(names: Iterable[str], archive: ArchiveWriter) -> list[str]:
    """Add the files to *archive*; return the names of those that are not there."""
    missing = []
    for name in sorted(names):
        try:
            with default_storage.open(name) as file:
                archive.add(FOLDER + name, file.size, file)
        except FileNotFoundError:
            missing.append(name)
    return missing


def put_back(member: Member, wanted: str) -> bool:
    """Store the file of *member*, whose SHA-256 is *wanted*; ``False`` when it is there already."""
    name = member.name.removeprefix(FOLDER)
    there = default_storage.exists(name)
    if there and _sum(name) == wanted:
        return False
    with tempfile.SpooledTemporaryFile(max_size=8 * BLOCK) as file:
        summed = SummedWriting(file)
        shutil.copyfileobj(member, summed, BLOCK)
        if summed.sum.hexdigest() != wanted:
            raise BackupError(f"« {name} » est abîmé dans cette sauvegarde.")
        file.seek(0)
        if there:
            default_storage.delete(name)
        if (stored := default_storage.save(name, File(file, name))) != name:
            raise BackupError(f"« {name} » a été rangé sous un autre nom : {stored}.")
    return True


def _sum(name: str) -> str:
    found = hashlib.sha256()
    with default_storage.open(name) as file:
        for piece in file.chunks():
            found.update(piece)
    return found.hexdigest()
