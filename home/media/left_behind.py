"""Files that no row names: what a process that was killed between a file and its row leaves behind.

A file is written before its row is committed, and deleted after: whoever dies in between leaves a file that nothing
leads to. It may show somebody, hence it goes; a day later, hence no upload under way loses its file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.utils import timezone

from home.media.files import file_fields

# Where our models and Wagtail's put what people send, what is made of it, and what the probe of the media writes.
FOLDERS = ("original_images", "images", "documents", "wagtail_uploads", "avatar_images", ".readyz")
DAY = datetime.timedelta(days=1)


def left_behind() -> Iterator[str]:
    """The names of the files older than a day that no row names."""
    known = named()
    for name in stored():
        if name not in known and _is_old(name):
            yield name


def named() -> set[str]:
    """Every file that a row names."""
    return {
        str(name)
        for field in file_fields()
        for name in field.model._base_manager.values_list(field.name, flat=True).iterator()
    }


def stored() -> Iterator[str]:
    """Every file of the folders that are ours."""
    for folder in FOLDERS:
        try:
            _folders, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        yield from (f"{folder}/{name}" for name in files)


def _is_old(name: str) -> bool:
    return timezone.now() - default_storage.get_modified_time(name) > DAY
