"""``manage.py erase_person``: shows what would go; with ``--yes`` it goes (docs/runbook.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.privacy.erasure import LastAdministratorError, Report, erase
from home.privacy.people import NobodyFoundError, find


class Command(BaseCommand):
    help = "Efface une personne : ses données, son nom et son adresse. Sans --yes, montre seulement ce qui serait fait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "who", metavar="ADRESSE", help="son adresse électronique, ou la fin de l’adresse de sa page"
        )
        parser.add_argument("--yes", action="store_true", help="efface pour de bon")
        parser.add_argument(
            "--name", action="append", default=[], help="un nom de plus à effacer : « Prénom Nom »"
        )
        parser.add_argument(
            "--pseudonym", action="store_true", help="remplace aussi l’ancien pseudonyme dans les textes"
        )
        parser.add_argument(
            "--drafts", action="store_true", help="supprime aussi ses brouillons jamais publiés"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = find(options["who"], options["name"])
            with transaction.atomic():
                report = erase(person, pseudonym=options["pseudonym"], drafts=options["drafts"])
                transaction.set_rollback(not options["yes"])
        except NobodyFoundError as error:
            raise CommandError("Ni compte, ni signature, ni adresse de ce nom.") from error
        except LastAdministratorError as error:
            raise CommandError(
                "C’est le seul compte qui a tous les droits : créez-en un autre d’abord."
            ) from error
        self.stdout.write(
            "Effacé :" if options["yes"] else "Rien n’est encore effacé. Voici ce qui le serait (--yes) :"
        )
        for line in lines(report):
            self.stdout.write(f"  {line}")


def lines(report: Report) -> list[str]:
    """What *report* says, without anybody's name."""
    counted = [
        *(f"supprimé : {count} {what}" for what, count in report.deleted.items() if count),
        *(f"vidé de la personne : {count} {what}" for what, count in report.emptied.items() if count),
        *(f"rendu anonyme : {count} {what}" for what, count in report.anonymous.items() if count),
        f"nom ou adresse remplacés dans {report.replaced} lignes (textes, versions, historique)",
        f"adresses de pages changées : {report.addresses} (les anciens liens ne mènent plus nulle part)",
        f"images retirées, leur accord aussi : {report.images}",
        f"brouillons supprimés : {report.drafts}",
    ]
    return [*counted, *(f"reste : {reason}" for reason in report.kept)]
