"""The rows of a sheet: themes, publics, actors, sources, results, building blocks…

Links to closed lists are rows and not many-to-many fields, because the search index can filter on rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from home.dates import PartialDateField
from home.privacy.activities import BYLINES, TEXTS
from home.privacy.register import STAYS, Kept, NothingPersonal
from practices.scales import ActorRole, Transfer
from practices.widgets import GroupedByTheme


class PracticeTag(TaggedItemBase):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    content_object = ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class PracticeThemeManager(models.Manager["PracticeTheme"]):
    """Links with their theme: nobody asks for one without the other, and lists then cost one query less."""

    def get_queryset(self) -> models.QuerySet[PracticeTheme]:
        return super().get_queryset().select_related("theme")


class PracticeTheme(Orderable):
    """A theme of a sheet, and what of it where that can be said; the first row is the main theme."""

    privacy: ClassVar = NothingPersonal("a link between two texts")

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(
        "practices.Theme", verbose_name=_("thème"), on_delete=models.PROTECT, related_name="practice_links"
    )
    subtheme = models.ForeignKey(
        "practices.SubTheme",
        verbose_name=_("sous-thème"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practice_links",
        help_text=_("Facultatif : ce dont il s’agit plus précisément."),
    )

    objects = PracticeThemeManager()

    class Meta(Orderable.Meta):
        verbose_name = _("thème")
        constraints = [models.UniqueConstraint(fields=["practice", "theme"], name="practice_theme_once")]

    def clean(self) -> None:
        super().clean()
        if self.subtheme_id and self.subtheme.theme_id != self.theme_id:
            raise ValidationError({"subtheme": _("Ce sous-thème appartient à un autre thème.")})

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("theme", widget=Select), FieldPanel("subtheme", widget=GroupedByTheme)])
    ]


class PracticePublic(Orderable):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="public_links")
    public = models.ForeignKey(
        "practices.Public", verbose_name=_("public"), on_delete=models.PROTECT, related_name="practice_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("public")
        constraints = [models.UniqueConstraint(fields=["practice", "public"], name="practice_public_once")]

    panels: ClassVar = [FieldPanel("public", widget=Select)]


class PracticeAuthor(Orderable):
    """Who wrote the sheet. ``author`` is shown by its byline, whatever it becomes."""

    privacy: ClassVar = Kept(BYLINES, about={"author": STAYS})

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="author_links")
    author = models.ForeignKey(
        "home.Author", verbose_name=_("auteur·rice"), on_delete=models.CASCADE, related_name="practice_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("auteur·rice")

    panels: ClassVar = [FieldPanel("author")]


class PracticeActor(Orderable):
    privacy: ClassVar = Kept(TEXTS, personal=("name",))

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="actors")
    name = models.CharField(_("nom"), max_length=160)
    actor_type = models.ForeignKey(
        "practices.ActorType",
        verbose_name=_("type d’acteur"),
        null=True,
        on_delete=models.PROTECT,
        related_name="practice_actors",
    )
    role = models.CharField(_("rôle"), max_length=20, choices=ActorRole, default=ActorRole.LEAD)
    url = models.URLField(_("site"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("acteur")

    def __str__(self) -> str:
        return self.name

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("actor_type", widget=Select), FieldPanel("url")]),
    ]


class PracticeSource(Orderable):
    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "title",
            "publisher",
        ),
    )

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("titre"), max_length=255)
    publisher = models.CharField(_("éditeur"), max_length=160)
    date = PartialDateField(
        _("date"), blank=True, help_text=_("2018, 11/2018 ou 27/11/2018. Vide si elle n’est pas connue.")
    )
    url = models.URLField(
        _("lien"), max_length=500, blank=True, help_text=_("Vide pour un document imprimé.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("source")

    def __str__(self) -> str:
        return self.title

    panels: ClassVar = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("date")]),
        FieldPanel("url"),
    ]


class PracticeResult(Orderable):
    privacy: ClassVar = Kept(TEXTS, personal=("source",))

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="results")
    value = models.CharField(_("valeur"), max_length=60)
    unit = models.CharField(_("ce qui est compté"), max_length=160)
    date = PartialDateField(_("date"), help_text=_("Un chiffre sans date ne dit rien."))
    source = models.CharField(_("source"), max_length=255)

    class Meta(Orderable.Meta):
        verbose_name = _("résultat")

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
    ]


class PracticeBuildingBlock(Orderable):
    """A piece that another territory can take without taking the rest."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "title",
            "text",
            "conditions",
            "lesson",
        ),
        what=_("fiches : ce qu’on peut reprendre, ce qu’on a appris"),
    )

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="building_blocks")
    title = models.CharField(_("brique"), max_length=160)
    text = models.TextField(_("ce que c’est"))
    conditions = models.TextField(_("ce qu’il faut pour qu’elle tienne"), blank=True)
    lesson = models.TextField(_("ce qu’on en a appris"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("brique à reprendre")

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("conditions"),
        FieldPanel("lesson"),
    ]


class PracticeTransfer(Orderable):
    """Where the practice was taken up, or what it was adapted from."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "place",
            "note",
        ),
    )

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="transfers")
    kind = models.CharField(_("lien"), max_length=20, choices=Transfer, default=Transfer.TAKEN_UP_IN)
    place = models.CharField(_("lieu"), max_length=160)
    sheet = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("fiche"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    url = models.URLField(_("lien"), max_length=500, blank=True)
    note = models.CharField(_("en une phrase"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("reprise")

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("place")]),
        PageChooserPanel("sheet"),
        FieldPanel("url"),
        FieldPanel("note"),
    ]


class PracticeDocument(Orderable):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="document_links")
    document = models.ForeignKey(
        "home.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("document")

    panels: ClassVar = [FieldPanel("document")]
