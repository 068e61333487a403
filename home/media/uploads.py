"""How a file is received: in memory, so that nothing has a name on a disk before it is clean."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

WORDS = 2 * 1024 * 1024  # what a form sends along with its file


class TooLargeUpload(InMemoryUploadedFile):
    """A file of which nothing but its name and its size were kept."""


class BoundedMemoryHandler(FileUploadHandler):
    """Keeps the files of a request as long as the whole request is no longer than a file may be.

    Of a longer one nothing is kept: its files come with their size and without content, so that the form can say
    how much is too much.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        longest = max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        self.keeps = content_length <= longest + WORDS

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.keeps:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        kind = InMemoryUploadedFile if self.keeps else TooLargeUpload
        return kind(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
