"""Reading a PDF as a program does."""

from __future__ import annotations

import io
from typing import Any

from django.test import Client
from pypdf import PdfReader


def read(address: str) -> PdfReader:
    """Open the document at *address*, signed out; it has to be one."""
    response = Client().get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text(document: PdfReader) -> str:
    """What it says, with plain spaces and without hyphens at the ends of lines."""
    pages = "\n".join(page.extract_text() for page in document.pages)
    for hyphen in ("-\n", "\u2010\n", "\u00ad\n"):
        pages = pages.replace(hyphen, "")
    return " ".join(pages.split())


def outline(document: PdfReader) -> list[str]:
    """The titles of the bookmarks, whatever their level, in their order."""
    return list(_titles(document.outline))


def _titles(entries: Any) -> Any:
    for entry in entries:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield " ".join(entry.title.split())


def fonts(document: PdfReader) -> dict[str, bool]:
    """Each font by name, and whether its letters are in the file."""
    found = {}
    for page in document.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            face = font.get_object()
            child = face["/DescendantFonts"][0].get_object() if "/DescendantFonts" in face else face
            holder = child["/FontDescriptor"].get_object()
            found[str(face["/BaseFont"])] = any(key.startswith("/FontFile") for key in holder)
    return found


def images(document: PdfReader) -> int:
    """How many different images are in it."""
    return len({image.data for page in document.pages for image in page.images})
