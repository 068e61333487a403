"""Territories: the towns and valleys that welcome, their context and what they committed to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from home.blocks import BodyField
from home.dates import PartialDateField
from home.pages.base import BasePage
from home.privacy.activities import TEXTS
from home.privacy.register import Kept
from practices.countries import COUNTRIES
from practices.map import territory_map
from practices.pdf.dossier import dossier_pdf
from practices.share_image import drawing_of, share_response
from practices.structured_data import place_properties
from practices.territory_listing import territory_context, territory_listing


class TerritoryKind(models.TextChoices):
    COMMUNE = "commune", _("Commune")
    DISTRICT = "arrondissement", _("Arrondissement")
    INTERMUNICIPAL = "intercommunalite", _("Intercommunalité")
    LIVING_AREA = "bassin-de-vie", _("Bassin de vie")
    DEPARTMENT = "departement", _("Département ou province")
    REGION = "region", _("Région")
    CITY_STATE = "ville-etat", _("Ville-État")


class TerritoryIndexPage(RoutablePageMixin, BasePage):
    privacy: ClassVar = Kept(TEXTS, personal=("introduction",))

    max_count = 1
    has_own_text = False
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["practices.TerritoryPage"]
    template = "practices/territory_index_page.html"

    class Meta:
        verbose_name = _("index des territoires")
        verbose_name_plural = _("index des territoires")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        territories = self._territories()
        drawn = territory_map(territories, request)
        return {
            **context,
            "territories": territories,
            "map": drawn,
            "share_drawing": drawing_of(self, request),
        }

    def _territories(self) -> list[TerritoryPage]:
        return list(territory_listing(TerritoryPage.objects.child_of(self).live().public()))

    @path("partage.png/")
    def share_picture(self, request: HttpRequest) -> HttpResponse:
        return share_response(self.title, self.introduction, territory_map(self._territories(), request))


class TerritoryPage(RoutablePageMixin, BasePage):
    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "introduction",
            "body",
        ),
    )

    country = models.CharField(_("pays"), max_length=2, choices=COUNTRIES, default="")
    region = models.CharField(_("région"), max_length=120, blank=True)
    kind = models.CharField(_("échelle"), max_length=20, choices=TerritoryKind, default="")
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("En degrés décimaux : le centre de la commune, jamais l’adresse d’un lieu."),
    )
    longitude = models.FloatField(
        _("longitude"), null=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    cover = models.ForeignKey(
        "home.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(
        verbose_name=_("contexte"),
        blank=True,
        help_text=_(
            "Qui accueille ici, depuis quand, avec qui. Le document de contexte de la mission en est la base."
        ),
    )

    parent_page_types: ClassVar = ["practices.TerritoryIndexPage"]
    subpage_types: ClassVar = []
    template = "practices/territory_page.html"
    page_description = _("Une ville ou un pays qui accueille : son contexte, ses engagements, ses pratiques.")

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")

    @property
    def schema_type(self) -> str:
        return "Place"

    def schema_properties(self) -> dict[str, Any]:
        return place_properties(self)

    def get_territory_id(self) -> int | None:
        return self.pk

    def extra_search_text(self) -> list[str]:
        words = [f"{row.title} {row.text}" for row in self.engagements.all()]
        return words + [partner.name for partner in self.partners.all()]

    def search_terms(self) -> list[models.Model]:
        return [self]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        shown = territory_map([self], request)
        return {
            **context,
            **territory_context(self, request),
            "map": shown,
            "share_drawing": drawing_of(self, request),
        }

    @path("partage.png/")
    def share_picture(self, request: HttpRequest) -> HttpResponse:
        return share_response(self.title, str(self.get_country_display()), territory_map([self], request))

    @path("dossier.pdf/")
    def dossier_pdf(self, request: HttpRequest) -> HttpResponse:
        return dossier_pdf(self, request)

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("country"), FieldPanel("region")]),
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("cover"),
            ],
            heading=_("1. Où"),
        ),
        FieldPanel("body", heading=_("2. Contexte")),
        InlinePanel(
            "engagements",
            heading=_("3. Engagements"),
            label=_("Engagement"),
            help_text=_(
                "Un texte voté ou signé, daté et cité. Ce qui se passe ensuite se décrit dans une fiche."
            ),
        ),
        InlinePanel("partners", heading=_("4. Partenaires"), label=_("Partenaire")),
        InlinePanel("figures", heading=_("5. Chiffres clés"), label=_("Chiffre")),
    ]


class Engagement(Orderable):
    """What a territory committed to: a dated and cited text, apart from what is done about it."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "title",
            "text",
            "quote",
        ),
    )

    territory = ParentalKey(TerritoryPage, on_delete=models.CASCADE, related_name="engagements")
    title = models.CharField(_("titre"), max_length=200)
    date = PartialDateField(_("date"), help_text=_("2018, 11/2018 ou 27/11/2018."))
    text = models.TextField(_("à quoi le territoire s’engage"))
    quote = models.TextField(_("extrait cité"), blank=True)
    source_title = models.CharField(_("source"), max_length=255)
    source_publisher = models.CharField(_("éditeur de la source"), max_length=160)
    source_url = models.URLField(_("lien"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("engagement")

    def __str__(self) -> str:
        return self.title

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("date")]),
        FieldPanel("text"),
        FieldPanel("quote"),
        FieldRowPanel([FieldPanel("source_title"), FieldPanel("source_publisher")]),
        FieldPanel("source_url"),
    ]


class TerritoryPartner(Orderable):
    privacy: ClassVar = Kept(TEXTS, personal=("name",))

    territory = ParentalKey(TerritoryPage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("nom"), max_length=160)
    role = models.CharField(_("rôle"), max_length=255, blank=True)
    url = models.URLField(_("site"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("partenaire")

    def __str__(self) -> str:
        return self.name

    panels: ClassVar = [FieldRowPanel([FieldPanel("name"), FieldPanel("url")]), FieldPanel("role")]


class TerritoryFigure(Orderable):
    privacy: ClassVar = Kept(TEXTS, personal=("source",), what=_("territoires : la source des chiffres"))

    territory = ParentalKey(TerritoryPage, on_delete=models.CASCADE, related_name="figures")
    value = models.CharField(_("chiffre"), max_length=60)
    label = models.CharField(_("ce qu’il compte"), max_length=160)
    date = models.CharField(_("date"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=255)

    class Meta(Orderable.Meta):
        verbose_name = _("chiffre clé")

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
    ]
