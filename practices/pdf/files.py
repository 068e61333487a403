"""What a document may hold besides its own text: our style, our drawings, our images. Nothing is fetched anywhere.

A sheet is written by people, and its text may name any address. The machine that sets it must ask no other machine
and read no other file on its behalf.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.urls import reverse

from home.models import Rendition
from practices.pdf.drawings import drawing

STATIC_TYPES = (".css", ".svg", ".png", ".jpg")
SVG = "image/svg+xml"


class RefusedError(ValueError):
    """The address is none of those that a document may use."""


class OwnFiles:
    """Answers for the addresses of the site at *base* (scheme and host) from its storages; no request is made."""

    def __init__(self, base: str) -> None:
        self.site = urlsplit(base)[:2]

    def read(self, url: str) -> tuple[bytes, str]:
        """The bytes and the type of the file at *url*. Raises ``RefusedError``, which leaves an image out."""
        if url.startswith("dessin:"):
            return drawing(url).encode(), SVG
        parts = urlsplit(url)
        if parts[:2] != self.site:
            raise RefusedError(url)
        path = unquote(parts.path)
        if path.startswith(settings.STATIC_URL):
            return static_file(path.removeprefix(settings.STATIC_URL)), _type(path)
        return showable_rendition(path), _type(path)


def static_file(name: str) -> bytes:
    """The bytes of a static file, collected or not; ``RefusedError`` for what is none."""
    if not name.endswith(STATIC_TYPES):
        raise RefusedError(name)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    if found := finders.find(name):
        return Path(str(found)).read_bytes()
    raise RefusedError(name)


def showable_rendition(path: str) -> bytes:
    """The bytes of the rendition at *path*, whatever the storage; ``RefusedError`` when nobody may see it."""
    prefix = reverse("rendition", args=["x"]).removesuffix("x")
    found = Rendition.objects.select_related("image").filter(file=path.removeprefix(prefix)).first()
    if found is None or not found.image.is_showable:
        raise RefusedError(path)
    with default_storage.open(found.file.name) as file:
        return bytes(file.read())


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
