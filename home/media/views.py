"""Renditions and documents, for those who may see them; originals, for nobody.

What no public page shows (any more) is not found, at an address that anybody may know.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from home.delivery.headers import FILE_DIRECTIVES
from home.media.consent import People
from home.media.models import Rendition
from home.media.visibility import is_public, may_see

NAME = re.compile(r"images/[\w.-]+")  # no other ever reaches the database: it may hold anything
YEAR = 365 * 24 * 3600
MINUTES = 5 * 60


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Send the rendition *name*; 404 for anything else, and for one of people who don't agree (any more).

    Names are random and never reused, so a browser may keep for a year what shows nobody; a cache that several
    readers share has to ask again after minutes, because the page may be gone. What shows people, or may show them,
    or isn't published, stays with one reader, for minutes.
    """
    if not NAME.fullmatch(name):
        raise Http404
    found = Rendition.objects.select_related("image").filter(file=name).first()
    if found is None or not found.image.is_showable or not default_storage.exists(name):
        raise Http404
    is_for_all = is_public(found.image)
    if not is_for_all and not may_see(request, found.image):
        raise Http404
    response = FileResponse(default_storage.open(name))
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, s-maxage={MINUTES}, immutable"
        if is_for_all and found.image.people == People.NOBODY
        else f"private, max-age={MINUTES}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Send a document as Wagtail does, to be asked for again each time: its page may be gone.

    A PDF opens in the browser, which sandboxes its own reader; anything else is saved, and could do nothing if it
    were opened in the place of a page.
    """
    response: Any = serve(request, document_id, document_filename)
    response["Cache-Control"] = "private, no-cache"
    if response.get("Content-Disposition", "").startswith("attachment"):
        response._csp_replace = {**FILE_DIRECTIVES, "sandbox": True}
    return response
