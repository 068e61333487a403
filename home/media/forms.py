"""The forms with which images and documents come in."""

from __future__ import annotations

from typing import Any

import willow
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import log

from home.media.cleaning.kinds import DOCUMENTS, IMAGES
from home.media.consent import People
from home.media.files import cleaned

DATES = ("consent_given_on", "consent_until", "consent_withdrawn_on")


class CleanImageField(WagtailImageField):
    """Gives the form the clean image, which may have another shape than the one sent, or says what is wrong with it."""

    default_validators: list[Any] = []  # the name says nothing (home.media.cleaning.kinds)

    def to_python(self, data: Any) -> Any:
        sent: Any = forms.FileField.to_python(self, data)
        if sent is None:
            return None
        clean: Any = cleaned(sent, sent.name, IMAGES)
        clean.image = willow.Image.open(clean)
        clean.content_type = clean.image.mime_type
        clean.seek(0)
        return clean


class CleanDocumentField(WagtailDocumentField):
    """Gives the form the clean document, or says what is wrong with it."""

    def to_python(self, data: Any) -> Any:
        sent: Any = forms.FileField.to_python(self, data)
        return sent and cleaned(sent, sent.name, DOCUMENTS)


class DocumentForm(BaseDocumentForm):
    file = CleanDocumentField(label=_("Fichier"), widget=BaseDocumentForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in (self._meta.exclude or ()) or "file" not in (self._meta.fields or ()):
            self.fields.pop("file", None)


class ImageForm(BaseImageForm):
    """Asks whether one can recognise somebody, whatever the way in; ``Consent.clean`` holds the answer together.

    Uploading several at once, Wagtail keeps each file aside until its own form is whole.
    """

    file = CleanImageField(label=_("Fichier"), widget=BaseImageForm.Meta.widgets["file"])

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
