"""From a template to a PDF, and from a PDF to an answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _

from home.delivery.turns import BusyError, Turns, too_busy
from practices.pdf.setting import TooMuchError, UnavailableError, set_type
from practices.pdf.typography import no_breaks

KEPT = 24 * 3600
PATIENCE = 20  # seconds to wait for the documents that others asked for
MOST_LETTERS = (
    2_000_000  # of the source of one document: far above thirty sheets, and a bound on time and memory
)
STYLE = "css/pdf.css"
# Setting type takes memory and a whole core: one document at a time on a machine, and few threads that wait for it.
PRESS = Turns("pdf", places=1, queue=2)

TOO_LONG = _("La page elle-même se lit et s’imprime depuis votre navigateur.")


@dataclass(frozen=True)
class PdfDocument:
    """What is to be set: a template of ``practices/pdf``, what it shows, and the name of the file."""

    template: str
    filename: str
    context: dict[str, Any] = field(default_factory=dict)

    def html(self, request: HttpRequest) -> str:
        """The whole text, typographically ready."""
        shown = {**self.context, "request": request, "root": request.build_absolute_uri("/")}
        return no_breaks(render_to_string(self.template, shown))


def pdf_response(request: HttpRequest, document: PdfDocument) -> HttpResponse:
    """The PDF to read in the browser or to keep; 503 with words where none can be made."""
    html = document.html(request)
    if len(html) > MOST_LETTERS:
        return _too_long(request)
    digest = _digest(html)
    etag = f'"{digest}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return _labelled(unchanged)
    try:
        pdf = _kept_or_set(html, digest, request)
    except BusyError:
        return _labelled(too_busy(request, wait=30))
    except TooMuchError:
        return _too_long(request)
    except UnavailableError:
        response = render(request, "practices/pdf/unavailable.html", {"back": _page_of(request)}, status=503)
        response["Retry-After"] = "120"
        return _labelled(response)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.filename}"'
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # an image may have to go: whoever keeps it asks again
    return _labelled(response)


def refusal(request: HttpRequest, title: Any, words: Any, back: str, status: int = 400) -> HttpResponse:
    """A page that says why there is no document for this address, with the way *back*."""
    context = {"title": title, "words": words, "back": back, "back_text": _("Revenir à la liste")}
    return _labelled(render(request, "practices/pdf/refusal.html", context, status=status))


def _too_long(request: HttpRequest) -> HttpResponse:
    return refusal(request, _("Trop long pour un seul document"), TOO_LONG, _page_of(request), status=413)


def _kept_or_set(html: str, digest: str, request: HttpRequest) -> bytes:
    """The document with this very text is set once a day, whoever asks for it."""
    key = f"pdf:{digest}"
    if kept := cache.get(key):
        return bytes(kept)
    with PRESS.take(PATIENCE):
        if kept := cache.get(key):  # somebody else has just set it
            return bytes(kept)
        pdf = set_type(html, request.build_absolute_uri("/"))
    cache.set(key, pdf, KEPT)
    return pdf


def _page_of(request: HttpRequest) -> str:
    """The address of the page whose document was asked for."""
    return request.path.rsplit("/", 1)[0] + "/"


def _digest(html: str) -> str:
    """Changes with the text, with the images that it shows (their names are in it) and with our style."""
    path = finders.find(STYLE)
    return hashlib.sha256(Path(str(path)).read_bytes() + html.encode()).hexdigest()[:40]


def _labelled(response: HttpResponse) -> HttpResponse:
    """A PDF says what a page says: search engines are sent to the page."""
    response["X-Robots-Tag"] = "noindex"
    return response
