"""The way back from ``manage.py backup`` (README, « Garder en marche »)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from site_ocu.backups.archive import BackupError
from site_ocu.backups.restoring import restore


class Command(BaseCommand):
    help = "Remet ce qu’une sauvegarde contient, dans un site vide, ou qui tourne (--force). Vérifie tout d’abord."
    requires_system_checks = []  # the database may be what is missing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Le fichier écrit par « manage.py backup ».")
        parser.add_argument("--force", action="store_true", help="Remplacer ce que le site contient.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["file"], settings.BACKUP_KEY, self.stdout.write, force=options["force"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restauré. Si le site tourne, redémarrez-le (README, « Garder en marche »).")
