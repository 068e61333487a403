"""Forms open to anybody: no account, no session, no cookie, no script (ADR 0017).

Three things hold robots back: a field that people don't see, a signed time before which nobody has finished writing,
and a number of messages an hour. Each answers with words and gives back what was typed.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from home.delivery.counts import count

SALT = "home.open_forms"
FASTEST = 2  # seconds that a person needs at least
LONGEST = 24 * 3600  # seconds after which a form that was left open is asked for once more
HOUR = 3600
ASK_AGAIN = _(
    "Votre message est arrivé si vite qu’il ressemble à celui d’un robot. "
    "Il est toujours là : envoyez-le une seconde fois."
)


class OpenForm(forms.Form):
    """With a field that stays empty unless a robot fills it in.

    A filled one is not thrown away in silence: what fills it in may be the browser of somebody who needs help.
    """

    use_required_attribute = False  # the messages of the site, in French, rather than those of the browser
    trap = forms.CharField(label=_("Laissez ce champ vide"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("trap"):
            raise ValidationError(ASK_AGAIN)
        return cleaned


class TimedForm(OpenForm):
    """And with the time at which it was opened, signed."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self._was_open_long_enough():
            raise ValidationError(ASK_AGAIN)
        return cleaned

    @property
    def stamp(self) -> str:
        """What the hidden field holds: the time of the first opening, so that whoever is asked again has waited."""
        return self._sent_stamp() or _clock().sign("")

    def _sent_stamp(self) -> str:
        """The stamp that came back; empty when it is not ours or too old."""
        sent = str(self.data.get("opened", ""))
        try:
            _clock().unsign(sent, max_age=LONGEST)
        except BadSignature:
            return ""
        return sent

    def _was_open_long_enough(self) -> bool:
        if not (sent := self._sent_stamp()):
            return False
        try:
            _clock().unsign(sent, max_age=FASTEST)
        except SignatureExpired:
            return True
        return False


def _clock() -> TimestampSigner:
    return TimestampSigner(salt=SALT)


def for_nobody_else(response: HttpResponse) -> HttpResponse:
    """Neither kept by a cache nor shown by a search engine."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def visitor(request: HttpRequest) -> str:
    """The network address of the visitor, to count with and never to keep; of IPv6, the network of one subscriber.

    Behind the reverse proxy that production needs, the last one it wrote: those before it are the visitor's own word.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", maxsplit=1)[-1].strip() or address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return address


def within_limit(scope: str, who: str, limit: int) -> bool:
    """Count one more message of *who* this hour; ``False`` when it would be one too many."""
    number, _left = count(f"{scope}|{who}", HOUR)
    return number <= limit
