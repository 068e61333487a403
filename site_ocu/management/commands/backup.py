"""One file with everything that can't be made again (README, « Garder en marche »)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.audit.entries import Action
from home.audit.trail import note
from site_ocu.backups.archive import BackupError
from site_ocu.backups.making import make
from site_ocu.backups.records import rotate


class Command(BaseCommand):
    help = "Sauvegarde la base et les médias en un fichier, chiffré si BACKUP_KEY est donnée. Le site peut tourner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, help="Le fichier, ou le dossier (sinon BACKUP_DIR).")
        parser.add_argument("--keep", type=int, help="Combien de sauvegardes garder dans le dossier.")

    def handle(self, *args: Any, **options: Any) -> None:
        target, keep = options["output"], options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep garde au moins une sauvegarde.")
        if target is None:
            target = settings.BACKUP_DIR
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            done = make(target, settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(str(error)) from error
        note(Action.BACKED_UP)
        self.stdout.write(f"{done.file}\n{done.rows} lignes, {done.files} fichiers, {done.size} octets")
        self.stdout.write(f"SHA-256 {done.sha256}")
        if not done.encrypted:
            self.stdout.write(
                "Non chiffrée : elle contient des données personnelles. Gardez-la comme telles."
            )
        if done.missing:
            self.stderr.write(
                f"{done.missing} fichiers que la base nomme n’existaient pas (liste : manifeste)."
            )
        if keep:
            for old in rotate(Path(done.file).parent, keep):
                self.stdout.write(f"Effacée : {old.name}")
