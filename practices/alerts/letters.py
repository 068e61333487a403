"""The mails of an alert: to have it confirmed, and to tell what is new. Each has its way out in the header too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext

from home.delivery.mails import compose
from practices.alerts.alert import Alert
from practices.alerts.filters import Filters


def letter(mail: str, alert: Alert, filters: Filters, **context: Any) -> EmailMultiAlternatives:
    """« practices/alerts/mails/<mail> » for whoever asked for *alert*."""
    alert_url = f"{settings.WAGTAILADMIN_BASE_URL}{alert_path(alert, filters)}"
    stop_url = f"{alert_url}arreter/"
    addresses: Mapping[str, Any] = {
        "alert_url": alert_url,
        "stop_url": stop_url,
        "list_url": f"{settings.WAGTAILADMIN_BASE_URL}{filters.path}",
        "filters": filters,
        "why": gettext("cette adresse a été donnée dans le formulaire « Prévenez-moi » de la bibliothèque."),
    }
    message = compose(f"practices/alerts/mails/{mail}", alert.email, {**addresses, **context})
    # RFC 8058: the « se désabonner » button of a mailbox sends a POST there, without asking anything.
    message.extra_headers["List-Unsubscribe"] = f"<{stop_url}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def alert_path(alert: Alert, filters: Filters) -> str:
    return f"{filters.library.get_url()}prevenez-moi/{alert.token}/"
