"""The way back: everything is checked first, files are put back, then the database changes at one stroke.

Files come first because they only add: a database that names files always finds them, and whoever is stopped half-way
has lost nothing and runs the same command again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection

from home.audit.entries import Action
from home.audit.trail import note
from home.delivery.outbox import WaitingMail
from home.models import Document, Image, User
from site_ocu.backups import database, media, records
from site_ocu.backups import manifest as manifests
from site_ocu.backups.archive import BLOCK, MANIFEST, BackupError, Member, members
from site_ocu.backups.encryption import opened
from site_ocu.backups.holding import held
from site_ocu.backups.making import BUSY, write
from site_ocu.periodic import sole_run

Say = Callable[[str], object]
PATIENCE = 120  # seconds for periodic tasks to end


def restore(file: Path, key: str, say: Say, *, force: bool = False) -> manifests.Manifest:
    """Bring back what *file* holds; raise ``BackupError`` when it can't be done."""
    if before := records.unfinished_restoration():
        say(
            f"Une restauration s’est arrêtée le {before['at']} à l’étape « {before['step']} » : on recommence."
        )
    manifest = verified(file, key)
    say(f"Sauvegarde du {manifest.made_at} : entière, et faite pour cette version du site.")
    with ExitStack() as stack:
        _have_to_oneself(stack)
        if not is_empty():
            _keep_what_is_there(key, say, force=force)
        _bring_back(file, key, manifest, say)
        _set_right(file, say)
    records.end_restoration()
    return manifest


def verified(file: Path, key: str) -> manifests.Manifest:
    """Read all of *file* and change nothing: its manifest, when every member is what it should be."""
    sums: dict[str, str] = {}
    found: manifests.Manifest | None = None
    with _reading(file, key) as all_members:
        for member in all_members:
            if found is not None:
                raise BackupError(
                    "Ce fichier n’est pas une sauvegarde du site : quelque chose suit son manifeste."
                )
            if member.name == MANIFEST:
                found = manifests.read(member)
            else:
                sums[member.name] = _sum(member)
    if found is None:
        raise BackupError("Ce fichier est incomplet : il n’a pas de manifeste. Rien n’a été touché.")
    manifests.check(found, sums)
    return found


def is_empty() -> bool:
    """Whether nobody has an account and nothing was uploaded: what ``migrate`` plants is nobody's work."""
    try:
        if User._meta.db_table not in connection.introspection.table_names():
            return True
        return not any(model._default_manager.exists() for model in (User, Image, Document))
    except DatabaseError as error:
        raise BackupError(
            f"La base de ce site ne se lit pas ({error}). Si elle est perdue, mettez-la de côté "
            "(SQLite : mv db.sqlite3 ailleurs ; PostgreSQL : une base neuve), puis recommencez."
        ) from error


def _have_to_oneself(stack: ExitStack) -> None:
    if not stack.enter_context(held()):
        raise BackupError(BUSY)
    deadline = time.monotonic() + PATIENCE
    while True:
        run = sole_run()
        if run.__enter__():
            stack.push(run.__exit__)
            return
        run.__exit__(None, None, None)
        if time.monotonic() > deadline:
            raise BackupError("Les tâches périodiques ne finissent pas : réessayez quand elles sont passées.")
        time.sleep(1)


def _keep_what_is_there(key: str, say: Say, *, force: bool) -> None:
    if not force:
        raise BackupError(
            "Ce site n’est pas vide : --force le remplace par la sauvegarde, après en avoir fait une de ce qu’il "
            "contient. Rien n’a été touché."
        )
    settings.BACKUP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = write(settings.BACKUP_DIR, key, prefix=records.SAFETY)
    say(f"Ce que le site contenait est gardé dans {done.file}.")


def _bring_back(file: Path, key: str, manifest: manifests.Manifest, say: Say) -> None:
    records.begin_restoration(file, "fichiers")
    put = 0
    with database.replacement() as write_piece:
        with _reading(file, key) as all_members:
            for member in all_members:
                if member.name.startswith(media.FOLDER):
                    put += media.put_back(member, manifest.sums[member.name])
                elif member.name != MANIFEST:
                    records.begin_restoration(file, "base de données")
                    for piece in _pieces(member):
                        write_piece(piece)
        say(f"Fichiers remis : {put}. La base de données suit…")
    say(f"Base de données remise : {sum(manifest.counts.values())} lignes.")


def _set_right(file: Path, say: Say) -> None:
    """What a database of another day needs: newer tables, and nothing that was true of the old one only."""
    records.begin_restoration(file, "migrations et index")
    call_command("migrate", interactive=False, verbosity=0)
    cache.clear()
    Session.objects.all().delete()  # who was signed in then may have been shut out since
    WaitingMail.objects.all().delete()  # they have left since
    for command in ("rebuild_references_index", "update_index"):
        call_command(command, verbosity=0)
    cache.clear()
    note(Action.RESTORED)
    say("Migrations passées, cache vidé, index refaits ; tout le monde se reconnecte.")


@contextmanager
def _reading(file: Path, key: str) -> Iterator[Iterator[Member]]:
    try:
        with file.open("rb") as source, opened(source, key) as content:
            yield members(content)
    except FileNotFoundError as error:
        if error.filename != str(file):
            raise
        raise BackupError(f"« {file} » n’existe pas.") from error


def _pieces(member: Member) -> Iterator[bytes]:
    while piece := member.read(BLOCK):
        yield piece


def _sum(member: Member) -> str:
    found = hashlib.sha256()
    for piece in _pieces(member):
        found.update(piece)
    return found.hexdigest()
