"""One account for each role. They exist only where the demonstration was seeded."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.checks import DEMO_DOMAIN
from home.models import Author, User
from home.moderation.roles import ADMINISTRATORS, MODERATORS, REFERENTS, VOLUNTEERS
from practices.models import TerritoryPage


@dataclass(frozen=True)
class Account:
    """A login, its role, the author (slug) it writes as, and the territories (slugs) it is référent·e of."""

    name: str
    group: str
    first_name: str
    author: str = ""
    territories: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.name}{DEMO_DOMAIN}"


ACCOUNTS = [
    Account("volontaire", VOLUNTEERS, "Inès", author="ines-marchal"),
    Account("volontaire2", VOLUNTEERS, "Jonas", author="jonas-ebert"),
    Account("referente", REFERENTS, "Mariam", author="mariam", territories=("liege",)),
    Account("moderatrice", MODERATORS, "Nour"),
    Account("moderateur", MODERATORS, "Paul"),
    Account("admin", ADMINISTRATORS, "Alix"),
]


def account(name: str) -> User:
    """The saved account called *name*."""
    return User.objects.get(email=f"{name}{DEMO_DOMAIN}")


def seed_accounts() -> str | None:
    """Create the accounts that are missing.

    Return the password of all of them when it was set just now: ``DEMO_PASSWORD``, or a random one for accounts
    made for the first time. Return ``None`` when the accounts existed and keep the password that they have.
    """
    chosen = os.environ.get("DEMO_PASSWORD", "")
    new = User.objects.filter(email__endswith=DEMO_DOMAIN).count() < len(ACCOUNTS)
    password = chosen or (secrets.token_urlsafe(9) if new else "")
    for entry in ACCOUNTS:
        _seed_account(entry, password)
    return password or None


def _seed_account(entry: Account, password: str) -> None:
    user, created = User.objects.get_or_create(email=entry.email, defaults={"first_name": entry.first_name})
    if password:
        user.set_password(password)
    if created:
        user.groups.set(Group.objects.filter(name=entry.group))
        user.is_superuser = entry.group == ADMINISTRATORS
    user.save()


def link_accounts() -> None:
    """Tie accounts to their authors and territories, once those exist."""
    for entry in ACCOUNTS:
        user = User.objects.get(email=entry.email)
        Author.objects.filter(slug=entry.author, user=None).update(user=user)
        if entry.territories and not user.referent_territories.exists():
            user.referent_territories.set(TerritoryPage.objects.filter(slug__in=entry.territories))
