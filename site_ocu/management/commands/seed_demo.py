"""``manage.py seed_demo``: demonstration content, larger on demand, removable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from practices.models import TerritoryPage
from site_ocu.demo.accounts import ACCOUNTS, link_accounts, seed_accounts
from site_ocu.demo.bulk import Bulk
from site_ocu.demo.legal import seed_settings
from site_ocu.demo.pages import seed_pages
from site_ocu.demo.people import seed_current_session, seed_missions, seed_people
from site_ocu.demo.removal import remove_demo
from site_ocu.demo.reviews import seed_reviews


class Command(BaseCommand):
    help = "Crée le contenu et les comptes de démonstration (ou les retire avec --remove)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--practices", type=int, default=0, metavar="N", help="N fiches de plus, pour mesurer"
        )
        parser.add_argument(
            "--posts", type=int, default=0, metavar="N", help="N billets de plus, pour mesurer"
        )
        parser.add_argument("--remove", action="store_true", help="retire tout ce que cette commande a créé")
        parser.add_argument(
            "--once", action="store_true", help="ne fait rien si la démonstration est déjà là"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS_ALLOWED and not options["remove"]:
            raise CommandError("Pas de comptes de démonstration sur un site public (réglages de production).")
        with mails_unsent():
            if options["remove"]:
                with transaction.atomic():
                    remove_demo()
                self.stdout.write("La démonstration est retirée.")
                return
            self._seed(options)

    def _seed(self, options: dict[str, Any]) -> None:
        already_there = TerritoryPage.objects.exists()
        with transaction.atomic():
            password = seed_accounts()
            if not (options["once"] and already_there):
                self._seed_content()
            seed_current_session()
        bulk = Bulk()
        bulk.sheets(options["practices"])
        bulk.posts(options["posts"])
        self._print_accounts(password)

    def _seed_content(self) -> None:
        seed_settings()
        seed_people()
        seed_pages()
        seed_missions()
        link_accounts()
        seed_reviews()

    def _print_accounts(self, password: str | None) -> None:
        self.stdout.write("\nComptes de démonstration (page de connexion : /admin/)")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<32} {account.group}")
        kept = "celui donné au premier démarrage (DEMO_PASSWORD=… pour en choisir un autre)"
        self.stdout.write(f"  Mot de passe : {password or kept}\n")


@contextmanager
def mails_unsent() -> Iterator[None]:
    """Reviews are begun and ended below; nobody is to get mail about them."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend
