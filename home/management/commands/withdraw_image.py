"""``manage.py withdraw_image``: an image must vanish now (docs/runbook.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.media.blocked import pages_with
from home.media.withdrawing import named, withdraw


class Command(BaseCommand):
    help = "Retire une image du site, partout et tout de suite : son accord est noté comme retiré."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "image",
            metavar="NUMÉRO|ADRESSE",
            help="son numéro dans l’administration, ou l’adresse où on la voit",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        image = named(options["image"])
        if image is None:
            raise CommandError("Aucune image de ce numéro ni de cette adresse.")
        with transaction.atomic():
            withdraw(image)
        self.stdout.write(
            f"L’image {image.pk} est retirée du site. Son fichier d’origine reste, pour l’équipe seule."
        )
        for page in pages_with(image):
            self.stdout.write(f"  à revoir : {page.full_url or page.title}")
