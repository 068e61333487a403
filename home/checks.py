"""What a public site must not go without: ``manage.py check --deploy``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from home.pages.legal import LegalSettings
from home.people.accounts import User

DEMO_DOMAIN = "@demo.invalid"


@register(Tags.database, deploy=True)
def legal_notice_is_complete(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """LCEN: publisher, director and host are named. Looked up only when the check is given a database."""
    if not databases:
        return []
    incomplete = [entry.missing_fields() for entry in LegalSettings.objects.all()] or [
        LegalSettings().missing_fields()
    ]
    return [
        Error(
            f"Mentions légales incomplètes : {', '.join(missing)}.",
            hint="Réglages → Mentions légales.",
            id="home.E001",
        )
        for missing in incomplete
        if missing
    ]


@register(Tags.database, deploy=True)
def no_demonstration_account(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Accounts whose password was printed have no place on a public site."""
    if (
        not databases
        or settings.DEMO_ACCOUNTS_ALLOWED
        or not User.objects.filter(email__endswith=DEMO_DOMAIN).exists()
    ):
        return []
    return [
        Error("Des comptes de démonstration existent.", hint="manage.py seed_demo --remove", id="home.E002")
    ]
