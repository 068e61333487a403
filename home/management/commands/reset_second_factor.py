"""``reset_second_factor <email>``: for somebody who has lost their telephone, their keys and their codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.people.accounts import User
from home.people.signin.changes import reset_second_factor


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte et ferme ses sessions (vérifiez d’abord qui demande)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="l’adresse du compte")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            raise CommandError(f"Aucun compte n’a l’adresse {email}.") from None
        count = reset_second_factor(user)
        self.stdout.write(
            f"{count} facteur(s) retiré(s), sessions fermées ; la personne l’apprend par courrier."
        )
