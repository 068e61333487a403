"""What somebody is told of their account: on the page, and by a mail whenever it could be somebody else's doing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.mails import admin_url, compose
from home.delivery.outbox import queue

# allauth's name of what happened, and ours. What stands here is told by mail …
CHANGES = {
    "account/email/password_changed": _("Le mot de passe a été changé."),
    "account/email/password_reset": _("Un nouveau mot de passe a été choisi, par le lien d’un courrier."),
    "mfa/email/totp_activated": _("Une application de codes protège maintenant le compte."),
    "mfa/email/totp_deactivated": _("L’application de codes ne protège plus le compte."),
    "mfa/email/webauthn_added": _("Une clé d’accès a été ajoutée au compte."),
    "mfa/email/webauthn_removed": _("Une clé d’accès a été retirée du compte."),
    "mfa/email/recovery_codes_generated": _("De nouveaux codes de secours remplacent les précédents."),
}
FACTORS_RESET = _(
    "L’administration a retiré le second facteur du compte, à votre demande. "
    "Choisissez-en un autre à la prochaine connexion."
)
# … and this on the page. allauth has more to say; the screens say it themselves.
MESSAGES = {
    "account/messages/password_changed.txt": _(
        "Votre mot de passe est changé. Vos autres sessions sont fermées."
    ),
    "mfa/messages/totp_activated.txt": _(
        "L’application est prête : elle vous sera demandée à chaque connexion."
    ),
    "mfa/messages/totp_deactivated.txt": _("L’application de codes est retirée."),
    "mfa/messages/webauthn_added.txt": _("La clé d’accès est ajoutée."),
    "mfa/messages/webauthn_removed.txt": _("La clé d’accès est retirée."),
    "mfa/messages/recovery_codes_generated.txt": _("Gardez vos codes de secours, loin de votre téléphone."),
}


def tell_of_change(user: Any, what: str) -> None:
    """Write to *user* that their account was changed: *what* is a sentence."""
    context = {
        "what": what,
        "when": timezone.now(),
        "url": admin_url("account_reset_password"),
    }
    queue(compose("people/mails/account_changed", user, context))


def tell_of_new_place(user: Any, kind: str) -> None:
    """Write to *user* that somebody came in with *kind* of browser, from where nobody did before."""
    context = {"kind": kind, "when": timezone.now(), "url": admin_url("account_reset_password")}
    queue(compose("people/mails/new_place", user, context))


def tell_new_address(user: Any, before: str) -> None:
    """Write to the address of *before* that the account has another one now."""
    context = {"email": user.email, "before": before, "why": str(_("c’était l’adresse de votre compte."))}
    queue(compose("people/mails/address_changed", before, context))


def send_reset_link(user: Any, path: str) -> None:
    context = {
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
        "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }
    queue(compose("people/mails/password_reset", user, context))
