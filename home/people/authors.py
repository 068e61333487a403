"""Who signs a text, under the name that the person chose."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from home.admin.forms import SnippetForm
from home.privacy.activities import BYLINES
from home.privacy.register import STAYS, Kept


class Author(index.Indexed, TranslatableMixin, models.Model):
    """A byline. Pages keep a link to it, so that a byline changed later changes everywhere."""

    privacy: ClassVar = Kept(
        BYLINES,
        about={"user": STAYS},
        personal=(
            "byline_kind",
            "first_name",
            "last_name",
            "pseudonym",
            "collective",
            "minor",
            "slug",
            "bio",
        ),
    )

    class Byline(models.TextChoices):
        FULL_NAME = "full_name", _("Prénom et nom")
        FIRST_NAME = "first_name", _("Prénom seul")
        PSEUDONYM = "pseudonym", _("Pseudonyme")
        COLLECTIVE = "collective", _("Nom d’un collectif")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="authors",
    )
    byline_kind = models.CharField(
        _("signature"),
        max_length=20,
        choices=Byline,
        default=Byline.PSEUDONYM,
        help_text=_(
            "Le nom sous lequel vos textes paraissent. Vous pouvez en changer : il changera partout."
        ),
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    pseudonym = models.CharField(_("pseudonyme"), max_length=80, blank=True)
    collective = models.CharField(_("collectif"), max_length=120, blank=True)
    minor = models.BooleanField(
        _("personne mineure"),
        default=False,
        help_text=_("Une personne mineure signe d’un pseudonyme, ou au nom d’un collectif."),
    )
    slug = models.SlugField(
        _("adresse"),
        max_length=80,
        blank=True,
        help_text=_("Le dernier morceau de l’adresse publique. Vide : tiré de la signature."),
    )
    bio = models.TextField(
        _("présentation"),
        blank=True,
        max_length=500,
        help_text=_(
            "Deux ou trois phrases : ce que vous faites sur votre territoire, rien qui permette de vous trouver."
        ),
    )

    base_form_class = SnippetForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("auteur·rice")
        verbose_name_plural = _("auteur·rices")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="author_slug_locale"),
            models.UniqueConstraint(fields=["user", "locale"], name="author_user_locale"),
        ]

    def __str__(self) -> str:
        return self.byline

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Author.objects.filter(pk=self.pk).first()
        if before and before.slug == self.slug and before.byline != self.byline:
            self.slug = ""  # the address would go on saying a name that the person has left
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a byline without its name, and a minor's civil name."""
        super().clean()
        if not self.byline:
            raise ValidationError({"byline_kind": _("Remplissez le nom que cette signature demande.")})
        if self.minor and self.byline_kind in (self.Byline.FULL_NAME, self.Byline.FIRST_NAME):
            raise ValidationError(
                {"byline_kind": _("Une personne mineure signe d’un pseudonyme ou d’un collectif.")}
            )

    @property
    def byline(self) -> str:
        """The name to print; empty when the chosen kind has no name yet."""
        names = {
            self.Byline.FULL_NAME: f"{self.first_name} {self.last_name}".strip(),
            self.Byline.FIRST_NAME: self.first_name,
            self.Byline.PSEUDONYM: self.pseudonym,
            self.Byline.COLLECTIVE: self.collective,
        }
        return names[self.Byline(self.byline_kind)]

    @property
    def url(self) -> str:
        """The address of this author's posts."""
        return reverse("author", args=[self.slug])

    def _free_slug(self) -> str:
        """A slug taken from the byline, never from the civil name, with a number when it is taken."""
        stem = slugify(self.byline)[:70] or "signature"
        taken = set(
            Author.objects.filter(slug__startswith=stem).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
        return next(candidate for candidate in candidates if candidate not in taken)

    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("byline_kind"),
                FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
                FieldRowPanel([FieldPanel("pseudonym"), FieldPanel("collective")]),
                FieldPanel("minor"),
            ],
            heading=_("Signature"),
        ),
        FieldPanel("bio"),
        FieldPanel("slug"),
        FieldPanel("user"),
    ]
    search_fields: ClassVar = [
        index.AutocompleteField("pseudonym"),
        index.AutocompleteField("first_name"),
        index.AutocompleteField("collective"),
    ]
