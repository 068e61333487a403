"""The one seam through which every file reaches the storage, whoever sends it and however (ADR 0026).

Forms, several uploads at once, choosers, replacements, imports, a line in a shell: all of them end in
``FieldFile.save``, and there the file is cleaned, or refused, before a byte of it is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile, ImageFieldFile
from wagtail.images.models import AbstractRendition, WagtailImageFieldFile
from wagtail.models import UploadedFile

from home.media.cleaning import words
from home.media.cleaning.answers import Refused, Remark
from home.media.cleaning.image import strip_our_own
from home.media.cleaning.intake import take
from home.media.cleaning.kinds import DOCUMENTS, IMAGES, Kind, kind_of
from home.media.telling import tell


class FileRefused(ValidationError):  # noqa: N818  # an answer to whoever sent it
    """A file that the site doesn't take; its message says why, in French, and what to do."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(words.refusal(refused), code=refused.code)


class CleanContent(ContentFile):  # type: ignore[type-arg]
    """A file that was cleaned. Nothing but ``cleaned`` makes one."""

    remarks: tuple[Remark, ...] = ()


def random_name(filename: str) -> str:
    """Return a name that says nothing, with the extension of *filename* in lower case."""
    return f"{uuid4().hex}{PurePosixPath(filename).suffix.lower()[:10]}"


def size_limit(welcome: Collection[Kind]) -> int:
    """How many bytes a file may have: images and documents have their own limits."""
    return int(
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        if set(welcome) <= IMAGES
        else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    )


def cleaned(
    content: File[Any], name: str, welcome: Collection[Kind], of_any_size: bool = False
) -> CleanContent:
    """*content* made clean, under the name that its content gives it. Raises ``FileRefused``.

    *of_any_size*: it is stored already, and too late to say that it is too large.
    """
    if isinstance(content, CleanContent):
        return content
    try:
        if content.size > (limit := size_limit(welcome)) and not of_any_size:
            raise Refused("too_large", size=content.size, limit=limit)
        answer = take(read(content), PurePosixPath(name).suffix.lower().lstrip("."), welcome)
    except Refused as refused:
        raise FileRefused(refused) from refused
    clean = CleanContent(answer.data, name=f"{PurePosixPath(name).stem or 'fichier'}.{answer.extension}")
    clean.remarks = answer.remarks
    tell(answer.remarks)
    return clean


def stripped(content: File[Any], name: str) -> CleanContent:
    """A picture that the site itself has just made of another, without what may have come along from it."""
    data = read(content)
    return CleanContent(strip_our_own(data, kind_of(data)), name=name)


def read(content: File[Any]) -> bytes:
    content.open()
    content.seek(0)
    data: bytes | str = content.read()
    return data.encode() if isinstance(data, str) else data


class CleanFile(FieldFile):
    """A stored file: what is given to ``save`` is cleaned first."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        clean = self.cleaned(name, content)
        instance: Any = self.instance
        if hasattr(instance, "file_hash"):
            # Wagtail may have taken both from what was sent.
            instance.file_size = clean.size
            instance.file_hash = hashlib.sha1(read(clean), usedforsecurity=False).hexdigest()
        super().save(random_name(str(clean.name)), clean, save=save)

    def cleaned(self, name: str, content: File[Any]) -> CleanContent:
        if isinstance(self.instance, AbstractRendition):
            return stripped(content, name)
        return cleaned(content, name, welcome_in(self))

    def clean_before_it_is_saved(self) -> None:
        """Put the clean file in the place of the one that was sent, so that its size and its shape are known."""
        is_stored: bool = getattr(self, "_committed")  # noqa: B009  # Django's own, and in no stub
        if is_stored or isinstance(self.file, CleanContent):
            return
        clean = self.cleaned(str(self.name), self.file)
        self.file, self.name = clean, clean.name
        self.__dict__.pop("_dimensions_cache", None)
        setattr(self.instance, self.field.attname, self)  # which reads its shape again


class CleanImageFile(CleanFile, ImageFieldFile):
    """The same, for Django's images."""


class CleanWagtailImageFile(CleanFile, WagtailImageFieldFile):
    """The same, for Wagtail's images."""


# Uploading several at once, Wagtail keeps a file aside until its form is filled in.
KEPT_ASIDE = {"image": IMAGES, "document": DOCUMENTS}
CLEAN = {FieldFile: CleanFile, ImageFieldFile: CleanImageFile, WagtailImageFieldFile: CleanWagtailImageFile}


def welcome_in(file: FieldFile) -> Collection[Kind]:
    """The kinds of files that the field takes. What Wagtail keeps aside is for an image or for a document."""
    if isinstance(file.instance, UploadedFile):
        return KEPT_ASIDE.get(getattr(file.instance.for_content_type, "model", ""), IMAGES | DOCUMENTS)
    return IMAGES if isinstance(file.field, models.ImageField) else DOCUMENTS


def file_fields() -> Iterator[Any]:
    """Every field of every model, of Wagtail's and of other packages as well, that stores files."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                yield field


def validate_clean(value: Any) -> None:
    """What a model answers to ``full_clean``: forms that know nothing of us show it beside the field."""
    if isinstance(value, CleanFile):
        value.clean_before_it_is_saved()


def install() -> None:
    """Give every field that stores files a class of files that cleans. Called when the apps are ready."""
    for field in file_fields():
        if not issubclass(field.attr_class, CleanFile):
            field.attr_class = CLEAN[field.attr_class]  # a class that isn't there yet stops the start: add it
            # What Django computes once, not what the field was given: that would ask for migrations.
            field.__dict__["validators"] = [*field.validators, validate_clean]
