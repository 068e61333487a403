"""The practice sheet and the library that holds the sheets (DOMAIN §3)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from home.blocks import BodyField
from home.blocks.prose import TEXT_FEATURES
from home.dates import PartialDateField
from home.pages.base import INTRODUCTION_LENGTH, BasePage
from home.privacy.activities import TEXTS
from home.privacy.register import STAYS, Kept
from practices.alerts.screens import alert_form, one_alert, stop_alert
from practices.comparison import comparison_context
from practices.exports import csv_response, geojson_response, json_response
from practices.forms import PracticePageForm
from practices.freshness.checks import with_latest_check
from practices.library import library_context, library_feed, library_list
from practices.listing import say_address
from practices.map import library_map, territory_map
from practices.pdf.selection import selection_pdf
from practices.pdf.sheet import sheet_pdf
from practices.practice_querysets import PracticeManager
from practices.proposals.screens import correct, propose, resume, withdraw_proposal
from practices.scales import EVIDENCE_MEANINGS, ActorRole, BudgetBand, Evidence, PeoplePlace, State
from practices.search_terms import SEARCHED_LINKS, terms_of
from practices.share_image import share_response
from practices.sheet_context import sheet_context
from practices.sheet_panels import PRACTICE_PANELS
from practices.structured_data import sheet_properties
from practices.taxonomy import Theme

TITLE_LENGTH = 100
MONTHS_UNTIL_STALE = 12


class PracticeIndexPage(RoutablePageMixin, BasePage):
    """The library. Everything it shows is in the address: see ``practices.listing``."""

    privacy: ClassVar = Kept(TEXTS, personal=("introduction",))

    max_count = 1
    has_own_text = False
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["practices.PracticePage"]
    template = "practices/practice_index_page.html"

    class Meta:
        verbose_name = _("bibliothèque de pratiques")
        verbose_name_plural = _("bibliothèques de pratiques")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **library_context(self, request)}

    @path("")
    def listed(self, request: HttpRequest) -> HttpResponse:
        """The list, which says its address to the script that swaps it in."""
        return say_address(self.render(request))

    @path("comparer/")
    def comparison(self, request: HttpRequest) -> HttpResponse:
        context = {**super().get_context(request), **comparison_context(self, request)}
        return TemplateResponse(request, "practices/compare/comparison.html", context)

    @path("partage.png/")
    def share_picture(self, request: HttpRequest) -> HttpResponse:
        listing = library_list(self, request)
        labels = " · ".join(chip.label for chip in listing.chips)
        count = ngettext("%(count)s fiche", "%(count)s fiches", listing.total) % {"count": listing.total}
        return share_response(labels or self.title, count, library_map(listing))

    @path("export.csv/")
    def csv_file(self, request: HttpRequest) -> HttpResponseBase:
        return csv_response(library_list(self, request), request)

    @path("export.json/")
    def json_file(self, request: HttpRequest) -> HttpResponseBase:
        return json_response(library_list(self, request), request)

    @path("export.geojson/")
    def geojson_file(self, request: HttpRequest) -> HttpResponseBase:
        return geojson_response(library_list(self, request), request)

    @path("flux/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return library_feed(self, request)

    @path("prevenez-moi/")
    def alert_form(self, request: HttpRequest) -> HttpResponse:
        return alert_form(self, request)

    @path("prevenez-moi/<str:token>/")
    def alert(self, request: HttpRequest, token: str) -> HttpResponse:
        return one_alert(self, request, token)

    @path("prevenez-moi/<str:token>/arreter/")
    def stop_alert(self, request: HttpRequest, token: str) -> HttpResponse:
        return stop_alert(self, request, token)

    @path("proposer/")
    def propose(self, request: HttpRequest) -> HttpResponse:
        return propose(self, request)

    @path("proposer/<str:token>/")
    def proposal(self, request: HttpRequest, token: str) -> HttpResponse:
        return resume(self, request, token)

    @path("proposer/<str:token>/retirer/")
    def withdraw_proposal(self, request: HttpRequest, token: str) -> HttpResponse:
        return withdraw_proposal(self, request, token)

    @path("selection.pdf/")
    def selection_pdf(self, request: HttpRequest) -> HttpResponse:
        return selection_pdf(self, request)


class PracticePage(RoutablePageMixin, BasePage):
    """What a territory does, told so that another can take it up: with its limits and its sources."""

    privacy: ClassVar = Kept(
        TEXTS,
        about={"checked_by": STAYS},
        personal=("introduction", "problem", "body", "limits", "means", "people_place_note", "differently"),
        what=_("fiches : leur texte, qui les a vérifiées"),
    )

    # What must be filled is asked for when a sheet is submitted or published, not when a draft is saved:
    # Wagtail defers ``blank=False`` for drafts, and « null » leaves the column empty until then.
    introduction = models.TextField(
        _("chapô"),
        max_length=INTRODUCTION_LENGTH,
        help_text=_(
            "Qui fait quoi, pour qui, depuis quand : deux phrases. Une personne élue qui ne lit que le chapô "
            "doit savoir si la fiche la concerne."
        ),
    )
    territory = models.ForeignKey(
        "practices.TerritoryPage",
        verbose_name=_("territoire"),
        null=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    practice_type = models.ForeignKey(
        "practices.PracticeType",
        verbose_name=_("type de pratique"),
        null=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    cover = models.ForeignKey(
        "home.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("où en est la pratique ?"), max_length=20, choices=State, default="")
    state_date = PartialDateField(
        _("état connu au"), help_text=_("À quelle date cet état était-il vrai ? 2018, 11/2018 ou 27/11/2018.")
    )
    state_source = models.CharField(_("source de cet état"), max_length=255)
    start = PartialDateField(_("début"), blank=True, help_text=_("2018, 11/2018 ou 27/11/2018."))
    end = PartialDateField(_("fin"), blank=True, help_text=_("Seulement si la pratique a pris fin."))

    problem = RichTextField(
        _("à quel problème répond-elle ?"),
        features=TEXT_FEATURES,
        help_text=_("Ce qui n’allait pas, pour qui, et ce que les réponses existantes laissaient de côté."),
    )
    body = BodyField(
        verbose_name=_("ce qui est fait"),
        help_text=_(
            "Comment cela marche, étape par étape : qui accueille, qui décide, qui paie, à quel rythme."
        ),
    )
    limits = RichTextField(
        _("limites et points de vigilance"),
        features=TEXT_FEATURES,
        help_text=_(
            "Ce qui ne marche pas, ce qui dépend d’une personne ou d’un budget, ce que des personnes concernées "
            "reprochent. C’est la partie que les autres territoires lisent en premier. « Aucune identifiée à ce jour » "
            "est une réponse ; le silence n’en est pas une."
        ),
    )
    source_conflicts = RichTextField(
        _("là où les sources divergent"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Deux dates, deux chiffres : donnez les deux."),
    )

    legal_basis = RichTextField(_("base juridique"), blank=True, features=TEXT_FEATURES)
    budget_band = models.CharField(_("budget"), max_length=20, choices=BudgetBand, blank=True)
    means = models.TextField(
        _("moyens"), blank=True, help_text=_("Ce qu’il a fallu : un local, du temps, du matériel.")
    )
    staff = models.CharField(_("personnel salarié"), max_length=160, blank=True)
    volunteers = models.CharField(_("bénévoles"), max_length=160, blank=True)
    funders = models.CharField(_("qui finance"), max_length=255, blank=True)
    people_place = models.CharField(
        _("place des personnes concernées"), max_length=20, choices=PeoplePlace, blank=True
    )
    people_place_note = models.TextField(_("comment ?"), blank=True)
    transfer_conditions = RichTextField(
        _("conditions d’une reprise ailleurs"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_(
            "Ce qu’il faut réunir pour faire de même : une volonté, une compétence légale, un partenaire."
        ),
    )
    differently = RichTextField(_("ce qu’on ferait autrement"), blank=True, features=TEXT_FEATURES)

    evidence = models.CharField(
        _("sur quoi s’appuie la fiche ?"), max_length=20, choices=Evidence, default=Evidence.DECLARED
    )
    checked_on = models.DateField(_("vérifiée le"), null=True)
    checked_by = models.ForeignKey(
        "home.Author", verbose_name=_("vérifiée par"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    archived_on = models.DateField(
        _("archivée le"),
        null=True,
        blank=True,
        help_text=_("La fiche reste lisible et citée ; plus personne ne la tient à jour, et la page le dit."),
    )
    archived_note = models.CharField(
        _("pourquoi"), max_length=255, blank=True, help_text=_("En une phrase, pour qui la lit.")
    )
    licence = models.CharField(_("licence"), max_length=80, default="CC BY-SA 4.0")
    tags = ClusterTaggableManager(through="practices.PracticeTag", blank=True, verbose_name=_("mots-clés"))

    objects = PracticeManager()

    base_form_class = PracticePageForm
    parent_page_types: ClassVar = ["practices.PracticeIndexPage"]
    subpage_types: ClassVar = []
    template = "practices/practice_page.html"
    writing_label = _("Décrire une pratique")
    page_description = _("Une pratique d’un territoire, décrite pour que d’autres la reprennent.")

    class Meta:
        verbose_name = _("fiche de pratique")
        verbose_name_plural = _("fiches de pratiques")

    @property
    def themes(self) -> list[Theme]:
        """The main theme, then the secondary ones."""
        return [link.theme for link in self.theme_links.all()]

    @property
    def main_theme(self) -> Theme | None:
        return next(iter(self.themes), None)

    @property
    def lead_actors(self) -> list[models.Model]:
        """Those who carry the practice."""
        return [actor for actor in self.actors.all() if actor.role in (ActorRole.LEAD, ActorRole.CO_LEAD)]

    @property
    def partners(self) -> list[models.Model]:
        """Everybody else who takes part, with their role."""
        return [actor for actor in self.actors.all() if actor.role not in (ActorRole.LEAD, ActorRole.CO_LEAD)]

    @property
    def evidence_meaning(self) -> str:
        return str(EVIDENCE_MEANINGS[Evidence(self.evidence)])

    @property
    def is_archived(self) -> bool:
        """Whether the sheet is kept as it was, for whoever still reads or cites it."""
        return self.archived_on is not None

    @property
    def is_stale(self) -> bool:
        """Whether the sheet was checked more than twelve months ago: « à actualiser ». An archived one never is."""
        if self.checked_on is None or self.is_archived:
            return False
        today = timezone.localdate()
        months = (today.year - self.checked_on.year) * 12 + today.month - self.checked_on.month
        return months > MONTHS_UNTIL_STALE or (
            months == MONTHS_UNTIL_STALE and today.day > self.checked_on.day
        )

    @property
    def schema_type(self) -> str:
        return "Article"

    def schema_properties(self) -> dict[str, Any]:
        return sheet_properties(self)

    def get_territory_id(self) -> int | None:
        return self.territory_id

    def with_content_json(self, content: dict[str, Any]) -> PracticePage:
        return with_latest_check(super().with_content_json(content))

    def missing_rows(self) -> list[str]:
        needed = {
            "theme_links": _("thèmes"),
            "public_links": _("publics"),
            "actors": _("acteurs"),
            "sources": _("sources"),
        }
        missing = [str(label) for name, label in needed.items() if not getattr(self, name).exists()]
        if self.actors.exists() and not any(actor.role == ActorRole.LEAD for actor in self.actors.all()):
            missing.append(gettext("un acteur qui porte la pratique"))
        return missing

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What the search index is rebuilt from, with all that it asks of a sheet."""
        return cls.objects.select_related("territory", "practice_type").prefetch_related(
            "actors", "building_blocks", "public_links__public", *SEARCHED_LINKS
        )

    def extra_search_text(self) -> list[str]:
        words = [actor.name for actor in self.actors.all()]
        return words + [f"{row.title} {row.text}" for row in self.building_blocks.all()]

    def search_terms(self) -> list[models.Model]:
        publics = [link.public for link in self.public_links.all()]
        return terms_of(self, *publics, self.practice_type)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **sheet_context(self, request)}

    @path("partage.png/")
    def share_picture(self, request: HttpRequest) -> HttpResponse:
        place = [self.territory] if self.territory else []
        return share_response(
            self.title, " · ".join(one.title for one in place), territory_map(place, request)
        )

    @path("corriger/")
    def correct(self, request: HttpRequest) -> HttpResponse:
        return correct(self, request)

    @path("fiche.pdf/")
    def sheet_pdf(self, request: HttpRequest) -> HttpResponse:
        return sheet_pdf(self, request)

    content_panels: ClassVar = [*BasePage.content_panels, *PRACTICE_PANELS]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.FilterField("territory_id"),
        index.FilterField("practice_type_id"),
        index.FilterField("state"),
        index.RelatedFields("theme_links", [index.FilterField("theme_id")]),
        index.RelatedFields("public_links", [index.FilterField("public_id")]),
    ]
