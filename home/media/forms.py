"""The form with which an image comes in."""

from __future__ import annotations

import struct
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import log

from home.media.consent import People

# What Pillow raises on a file that begins like an image and goes on like something else.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, DecompressionBombError)

DATES = ("consent_given_on", "consent_until", "consent_withdrawn_on")


class ReadableImageField(WagtailImageField):
    """Refuses an image that can't be read to its end: an upload cut short by a poor connection, for instance."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except UNREADABLE as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(BaseImageForm):
    """Asks whether one can recognise somebody, whatever the way in; ``Consent.clean`` holds the answer together.

    Uploading several at once, Wagtail keeps each file aside until its own form is whole.
    """

    file = ReadableImageField(label=_("Fichier"), widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in (self._meta.exclude or ()):
            del self.fields["file"]  # a field declared here is there even where Wagtail leaves it out
        people = self.fields["people"]
        people.required = True
        people.widget = forms.RadioSelect()
        people.choices = [choice for choice in People.choices if choice[0]]
        people.error_messages["required"] = _("Dites si l’on peut reconnaître quelqu’un sur cette image.")
        for name in DATES:
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if not self.instance.pk:
            del self.fields["consent_withdrawn_on"]

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if "consent_withdrawn_on" in self.changed_data and image.consent_withdrawn_on:
            day = image.consent_withdrawn_on.isoformat()
            log(instance=image, action="home.consent_withdrawn", data={"on": day})
        return image
