"""What was sent among several and left without a form is forgotten after a day."""

from __future__ import annotations

import datetime
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import UploadedFile

from home.media.abandoned import forget_abandoned_uploads
from tests.documents import small_png

pytestmark = pytest.mark.django_db


def waiting_for(hours: int) -> UploadedFile:
    upload = UploadedFile.objects.create(file=ContentFile(small_png(), name="a.png"))
    then = (timezone.now() - datetime.timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(upload.file.name), (then, then))
    return upload


def test_the_old_ones_go_with_their_files_and_the_others_stay() -> None:
    old, young = waiting_for(25), waiting_for(23)

    forget_abandoned_uploads()

    assert list(UploadedFile.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(young.file.name)


def test_one_whose_file_is_gone_goes_too() -> None:
    upload = waiting_for(1)
    default_storage.delete(upload.file.name)

    forget_abandoned_uploads()

    assert not UploadedFile.objects.exists()
