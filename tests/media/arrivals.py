"""What the tests of files that come in share: what is stored, and what people send."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.media import crafted, papers
from tests.media.crafted import MARK

AJAX = {"x-requested-with": "XMLHttpRequest"}
FOLDERS = ("original_images", "documents", "wagtail_uploads", "avatar_images", "images")


def everything_stored() -> dict[str, bytes]:
    """The bytes of every file in the storage."""
    found = {}
    for folder in FOLDERS:
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                with default_storage.open(f"{folder}/{name}") as file:
                    found[f"{folder}/{name}"] = file.read()
    return found


def photo(**options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("Amina à Liège.jpg", crafted.photo("JPEG", **options))


def report() -> SimpleUploadedFile:
    return SimpleUploadedFile("Rapport d’Amina.docx", papers.docx())


def check(stored: dict[str, bytes], count: int = 1) -> None:
    assert len(stored) >= count
    for name, data in stored.items():
        assert MARK.encode() not in data
        assert b"Amina" not in name.encode()
