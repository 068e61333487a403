"""The pages of « Prévenez-moi »: ask, confirm, stop. Nothing on them says whether an address is known (ADR 0022)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.open_forms import TimedForm, for_nobody_else, visitor, within_limit
from home.delivery.outbox import queue
from practices.alerts.alert import ANSWER_WITHIN, LETTERS_A_DAY, QUERY_LENGTH, Alert
from practices.alerts.filters import Filters
from practices.alerts.letters import letter

if TYPE_CHECKING:
    from practices.sheets import PracticeIndexPage

HOURLY = 10  # demands from one connection: an association's office is one connection too
METHODS = ["GET", "HEAD", "POST"]
TOO_MANY = _(
    "Trop de demandes sont parties de votre connexion depuis une heure. Réessayez un peu plus tard : "
    "vos filtres et votre adresse sont toujours là."
)
TOO_LONG = _("Ces filtres sont trop nombreux pour une alerte. Retirez-en quelques-uns dans la bibliothèque.")


class AlertForm(TimedForm):
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Sans adresse, nous ne pouvons pas vous écrire.")},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


def alert_form(library: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    """The form about the filters of the address; once it was sent, the same words for everybody."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    filters = Filters(library, request.GET)
    if request.method != "POST":
        sent = request.GET.get("envoye") == "oui"
        return _shown(request, "asked" if sent else "ask", library, filters=filters, form=AlertForm())
    form = AlertForm(request.POST)
    status = HTTPStatus.OK
    if form.is_valid() and len(filters.query_string) > QUERY_LENGTH:
        form.add_error(None, TOO_LONG)
    elif form.is_valid() and not within_limit("alert", visitor(request), HOURLY):
        form.add_error(None, TOO_MANY)
        status = HTTPStatus.TOO_MANY_REQUESTS
    if not form.is_valid():
        return _shown(request, "ask", library, status, filters=filters, form=form)
    ask(form.cleaned_data["email"], filters)
    again = f"{filters.query_string}&" if filters.query_string else ""
    return for_nobody_else(redirect(f"{library.get_url()}prevenez-moi/?{again}envoye=oui"))


def ask(email: str, filters: Filters) -> None:
    """Write to *email* once the alert is kept; not at all when enough letters have gone there today."""
    with transaction.atomic():
        if not Alert.objects.may_be_asked(email):
            return
        alert, _is_new = Alert.objects.update_or_create(
            email=email, query=filters.query_string, defaults={"asked_at": timezone.now()}
        )
        mail = "already" if alert.confirmed_at else "confirm"
        message = letter(mail, alert, filters, days=ANSWER_WITHIN.days)
        queue(message)


def one_alert(library: PracticeIndexPage, request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link leads to. Programs that look through mails open links: only the button confirms."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    alert = Alert.objects.behind(token)
    if alert is None:
        return _shown(request, "over", library, HTTPStatus.GONE)
    if request.method == "POST":
        alert.confirm()
        return for_nobody_else(redirect(request.path))
    return _shown(request, "one", library, alert=alert, filters=Filters.of(library, alert.query))


def stop_alert(library: PracticeIndexPage, request: HttpRequest, token: str) -> HttpResponse:
    """A button for people; for a mailbox's own button (RFC 8058) the POST alone, answered without a detour."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    alert = Alert.objects.behind(token)
    if alert is None:  # stopped before, or never there: what was asked for is so
        return _shown(request, "stopped", library)
    filters = Filters.of(library, alert.query)
    if request.method != "POST":
        others = alert.others().count()
        return _shown(request, "stop", library, alert=alert, filters=filters, others=others)
    if request.POST.get("toutes"):
        Alert.objects.filter(email=alert.email).delete()
    else:
        alert.delete()
    return _shown(request, "stopped", library, filters=filters)


def _shown(
    request: HttpRequest, screen: str, library: PracticeIndexPage, status: int = 200, **context: Any
) -> HttpResponse:
    """One of the screens. The address holds a secret: it is not told to the next site either."""
    shown = {"library": library, "letters_a_day": LETTERS_A_DAY, "days": ANSWER_WITHIN.days, **context}
    response = for_nobody_else(
        render(request, f"practices/alerts/{screen}.html", {**shown, "screen": screen}, status=status)
    )
    response["Referrer-Policy"] = "no-referrer"
    return response
