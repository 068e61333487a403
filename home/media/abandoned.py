"""Files sent among several, whose form nobody filled in: Wagtail keeps them aside for ever, we for a day."""

from __future__ import annotations

import datetime

from django.utils import timezone
from wagtail.models import UploadedFile

KEPT = datetime.timedelta(days=1)


def forget_abandoned_uploads() -> None:
    """Delete what has waited for its form for longer than a day. Harmless when run again."""
    for upload in UploadedFile.objects.all():
        if _is_abandoned(upload):
            name, storage = upload.file.name, upload.file.storage
            upload.delete()
            storage.delete(name)


def _is_abandoned(upload: UploadedFile) -> bool:
    """A row without a date, whose file has one; or without its file."""
    try:
        return bool(upload.file.storage.get_modified_time(upload.file.name) < timezone.now() - KEPT)
    except (OSError, ValueError):
        return True
