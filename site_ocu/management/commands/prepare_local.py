"""``make run`` and ``make dev``: everything between the dependencies and the server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from site_ocu.static_files import collect_if_changed


class Command(BaseCommand):
    help = "Met à jour la base, les fichiers statiques et le contenu de démonstration (make run)"

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Base de données…")
        call_command("migrate", interactive=False, verbosity=0)
        # Django's development server finds static files by itself.
        if not settings.DEBUG and collect_if_changed():
            self.stdout.write("Fichiers statiques rassemblés.")
        call_command("seed_demo", once=True, stdout=self.stdout)
        self.stdout.write(f"Le site : {settings.WAGTAILADMIN_BASE_URL}/ (Ctrl-C l’arrête)")
