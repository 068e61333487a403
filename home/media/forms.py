"""The form with which an image comes in."""

from __future__ import annotations

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# What Pillow raises on a file that begins like an image and goes on like something else.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, DecompressionBombError)


class ReadableImageField(WagtailImageField):
    """Refuses an image that can't be read to its end: an upload cut short by a poor connection, for instance."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except UNREADABLE as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(BaseImageForm):
    file = ReadableImageField(label=_("Fichier"), widget=BaseImageForm.Meta.widgets["file"])
