"""Images and documents. File names are random, so that nobody can guess the address of another's upload."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from home.media.consent import CONSENT_FIELDS, Consent, ImageQuerySet
from home.media.files import random_name
from home.media.unwritable import shown_without
from home.privacy.activities import PICTURES
from home.privacy.register import EMPTIED, Kept


class Image(Consent, AbstractImage):
    privacy: ClassVar = Kept(
        PICTURES,
        about={"uploaded_by_user": EMPTIED},
        personal=("file", "title", "description", "caption", "credit", *CONSENT_FIELDS),
        what=_(
            "images : qui est d’accord, pour quoi, depuis quand et jusqu’à quand ; qui a envoyé le fichier"
        ),
    )

    # Wagtail's own Image is unused but present, and has taken the reverse name « image_set ».
    tags = TaggableManager(verbose_name=_("mots-clés"), blank=True, related_name="site_images")
    caption = models.CharField(_("légende"), max_length=255, blank=True)
    credit = models.CharField(
        _("crédit"),
        max_length=160,
        blank=True,
        help_text=_("Qui a fait cette image, et sous quelle licence."),
    )

    objects: ClassVar[Any] = ImageQuerySet.as_manager()  # the plugin can’t see through Wagtail’s query set

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "people",
        "consent_people",
        "consent_scope",
        "consent_given_on",
        "consent_until",
        "consent_paper",
        "consent_withdrawn_on",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        default_related_name = "site_images"
        verbose_name_plural = _("images")
        # A volunteer has to be able to choose the image just uploaded.
        permissions: ClassVar = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        return f"original_images/{random_name(filename)}"

    def create_rendition(self, filter: Any) -> Any:  # noqa: A002  (Wagtail's name)
        with shown_without():
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Any) -> Any:
        if not filters:  # Wagtail asks even when it has found them all
            return {}
        with shown_without():
            return super().create_renditions(*filters)

    @property
    def default_alt_text(self) -> str:
        """The description only: a file's name is no text for people who don't see the image."""
        return str(self.description) if self.is_showable else gettext("Image retirée")


class Rendition(AbstractRendition):
    privacy: ClassVar = Kept(PICTURES, personal=("file",), what=_("images : les fichiers que le site montre"))

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("image recadrée")
        verbose_name_plural = _("images recadrées")
        unique_together = (
            ("image", "filter_spec", "focal_point_key"),
        )  # the form that Wagtail's check looks for
        indexes = [models.Index(fields=["file"], name="rendition_file")]  # each address is looked up

    @property
    def url(self) -> str:
        """The site's own address, whatever the storage: one that S3 has signed would outlive an agreement."""
        return reverse("rendition", args=[self.file.name])

    def get_upload_to(self, filename: str) -> str:
        return f"images/{random_name(filename)}"


def document_path(document: models.Model, filename: str) -> str:
    """Where a document's file goes. (A module-level function, because migrations name it.)"""
    return f"documents/{random_name(filename)}"


class Document(AbstractDocument):
    privacy: ClassVar = Kept(
        PICTURES,
        about={"uploaded_by_user": EMPTIED},
        personal=("title", "file"),
        what=_("documents : le fichier, son titre, qui l’a envoyé"),
    )

    tags = TaggableManager(verbose_name=_("mots-clés"), blank=True, related_name="site_documents")
    file = models.FileField(_("fichier"), upload_to=document_path)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        default_related_name = "site_documents"
        verbose_name_plural = _("documents")
        permissions: ClassVar = [("choose_document", "Can choose document")]

    @property
    def filename(self) -> str:
        """The name under which a reader saves the file: the title, since the stored name says nothing."""
        return f"{slugify(self.title) or 'document'}{PurePosixPath(self.file.name).suffix}"
