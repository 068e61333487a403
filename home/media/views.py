"""Renditions are public files, as long as the people on them agree; originals and documents are not."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from home.media.consent import People
from home.media.models import Rendition

NAME = re.compile(r"images/[\w.-]+")  # no other ever reaches the database: it may hold anything
YEAR = 365 * 24 * 3600
MINUTES = 5 * 60


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Send the rendition *name*; 404 for anything else, and for one of people who don't agree (any more).

    Names are random and never reused, so a browser may keep for a year what shows nobody. What shows people, or
    may show them, stays with one reader, for minutes: no cache must go on showing it when the agreement ends.
    """
    if not NAME.fullmatch(name):
        raise Http404
    found = Rendition.objects.select_related("image").filter(file=name).first()
    if found is None or not found.image.is_showable or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name))
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable"
        if found.image.people == People.NOBODY
        else f"private, max-age={MINUTES}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
