"""``manage.py export_person``: what the site keeps of somebody, for them (docs/runbook.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.audit.entries import Action
from home.audit.trail import note
from home.privacy import export
from home.privacy.people import NobodyFoundError, find


class Command(BaseCommand):
    help = "Rassemble dans une archive tout ce que le site garde d’une personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "who", metavar="ADRESSE", help="son adresse électronique, ou la fin de l’adresse de sa page"
        )
        parser.add_argument(
            "--output", metavar="FICHIER", help="l’archive à écrire ; « - » : le texte seul, à l’écran"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = find(options["who"])
        except NobodyFoundError as error:
            raise CommandError("Ni compte, ni signature, ni adresse de ce nom.") from error
        if options["output"] == "-":
            self.stdout.write(export.as_json(export.gather(person)))
        else:
            # No name in the name: it ends up in lists of files and in histories of commands.
            path = Path(options["output"] or f"export-{timezone.localtime():%Y%m%d-%H%M%S}.zip")
            try:
                gathered = export.write(person, path)
            except OSError as error:
                raise CommandError(
                    f"L’archive ne peut pas être écrite : {error.strerror} ({path})"
                ) from error
            count = sum(len(section["lignes"]) for section in gathered["registre"])
            self.stdout.write(
                f"{count} lignes et {len(gathered['textes'])} textes dans {path}, que vous seul·e lisez."
            )
            self.stdout.write("Vérifiez à qui vous la remettez, puis effacez-la.")
        note(Action.EXPORTED, person.account or "")
