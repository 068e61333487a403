"""The closed lists by which sheets are found. Editors change them; volunteers choose from them."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from home.admin.forms import SnippetForm
from home.privacy.register import NothingPersonal


class Term(TranslatableMixin, models.Model):
    """One value of a closed list: a name for people, a slug for addresses, a place in the order."""

    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(
        _("adresse"), max_length=80, help_text=_("Paraît dans les adresses : ne plus la changer.")
    )
    order = models.PositiveSmallIntegerField(_("rang"), default=0)

    base_form_class = SnippetForm

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="%(class)s_slug_locale")]

    def __str__(self) -> str:
        return self.name

    panels: ClassVar = [FieldPanel("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("order")])]


class Theme(index.Indexed, ClusterableModel, Term):
    privacy: ClassVar = NothingPersonal("a closed list that editors keep")

    class Pillar(models.TextChoices):
        RIGHTS = "rights", _("Accès aux droits")
        INTERCULTURALITY = "interculturality", _("Interculturalité")
        PARTICIPATION = "participation", _("Participation")

    pillar = models.CharField(_("pilier"), max_length=20, choices=Pillar)
    definition = models.TextField(_("définition"), blank=True, max_length=500)
    synonyms = models.TextField(
        _("autres mots"),
        blank=True,
        help_text=_("Un par ligne : les mots avec lesquels on cherche ce thème. La recherche les connaît."),
    )

    class Meta(Term.Meta):
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")

    panels: ClassVar = [
        *Term.panels,
        FieldPanel("pillar"),
        FieldPanel("definition"),
        FieldPanel("synonyms"),
        InlinePanel("subthemes", heading=_("Sous-thèmes"), label=_("Sous-thème")),
    ]
    search_fields: ClassVar = [index.AutocompleteField("name"), index.SearchField("synonyms")]


class SubTheme(TranslatableMixin, Orderable):
    privacy: ClassVar = NothingPersonal("a closed list that editors keep")

    theme = ParentalKey(Theme, on_delete=models.CASCADE, related_name="subthemes")
    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(_("adresse"), max_length=80)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("sous-thème")
        verbose_name_plural = _("sous-thèmes")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Themes and sub-themes share one parameter of the library's address: a slug names one of them."""
        super().clean()
        others = SubTheme.objects.filter(slug=self.slug, locale=self.locale).exclude(pk=self.pk)
        if others.exists() or Theme.objects.filter(slug=self.slug, locale=self.locale).exists():
            raise ValidationError({"slug": _("Un autre thème ou sous-thème a déjà cette adresse.")})

    panels: ClassVar = [FieldRowPanel([FieldPanel("name"), FieldPanel("slug")])]


class Public(Term):
    privacy: ClassVar = NothingPersonal("a closed list that editors keep")

    class Meta(Term.Meta):
        verbose_name = _("public")
        verbose_name_plural = _("publics")


class ActorType(Term):
    privacy: ClassVar = NothingPersonal("a closed list that editors keep")

    class Meta(Term.Meta):
        verbose_name = _("type d’acteur")
        verbose_name_plural = _("types d’acteur")


class PracticeType(Term):
    privacy: ClassVar = NothingPersonal("a closed list that editors keep")

    definition = models.TextField(_("définition"), blank=True, max_length=500)

    class Meta(Term.Meta):
        verbose_name = _("type de pratique")
        verbose_name_plural = _("types de pratique")

    panels: ClassVar = [*Term.panels, FieldPanel("definition")]
