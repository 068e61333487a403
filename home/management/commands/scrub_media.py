"""Cleans the files that are already there, and says what became of each."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.media.scrubbing import Outcome, scrub


class Command(BaseCommand):
    help = (
        "Nettoie les images et les documents déjà enregistrés (positions, noms, historique), comme à l’envoi. "
        "Se relance sans risque ; un code non nul dit qu’un fichier n’a pas pu être nettoyé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Dire ce qui serait fait, sans rien changer."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = [self._shown(outcome) for outcome in scrub(dry_run=options["dry_run"])]
        changed = sum(outcome.changed for outcome in outcomes)
        failed = sum(outcome.failed for outcome in outcomes)
        to_do = "à nettoyer" if options["dry_run"] else "nettoyés ou supprimés"
        self.stdout.write(f"{len(outcomes)} fichiers lus, {changed} {to_do}, {failed} à revoir.")
        if failed:
            raise CommandError("Des fichiers n’ont pas pu être nettoyés : remplacez-les ou supprimez-les.")

    def _shown(self, outcome: Outcome) -> Outcome:
        mark = "À REVOIR" if outcome.failed else "changé" if outcome.changed else "propre"
        self.stdout.write(f"{mark:9} {outcome.name}  {outcome.said}")
        return outcome
