"""What a scheduler calls every few minutes (docs/settings.md, README)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.delivery.readiness import note_periodic_run
from site_ocu.periodic import JOBS, run_jobs, sole_run


class Command(BaseCommand):
    help = (
        "Publication programmée, sessions expirées… À appeler toutes les cinq minutes ; "
        "deux appels qui se croisent ne se gênent pas."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with sole_run() as mine:
            if not mine:
                self.stdout.write("Un autre appel est en cours : rien à faire.")
                return
            failed = run_jobs(JOBS)
            note_periodic_run()
        if failed:
            raise CommandError(f"En échec : {', '.join(failed)} (détails dans le journal).")
