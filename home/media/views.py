"""Renditions are public files; originals and documents are not."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

PUBLIC_FOLDER = "images"
YEAR = 365 * 24 * 3600


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Send the rendition *name*; 404 for anything outside the folder of renditions.

    Names are random and never reused, so a browser may keep the file for a year.
    """
    parts = PurePosixPath(name).parts
    if len(parts) != 2 or parts[0] != PUBLIC_FOLDER or ".." in parts or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name))
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
