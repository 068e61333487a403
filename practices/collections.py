"""« Restitutions communes »: sheets and posts of several territories, gathered in an order and commented."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from home.blocks import BodyField
from home.blocks.prose import TEXT_FEATURES
from home.pages.base import BasePage
from home.privacy.activities import TEXTS
from home.privacy.register import Kept
from practices.gathering import Entry, collection_feed, gathered, territories_of
from practices.pdf.collection import collection_pdf

GATHERED = ["practices.PracticePage", "blog.BlogPostPage"]
ITEMS = [
    (
        "page",
        PageChooserBlock(label=_("Fiche ou billet"), page_type=GATHERED, icon="doc-full-inverse"),
    ),
    ("comment", RichTextBlock(label=_("Commentaire"), features=TEXT_FEATURES, icon="pilcrow")),
]


class CollectionIndexPage(BasePage):
    privacy: ClassVar = Kept(TEXTS, personal=("introduction",))

    max_count = 1
    has_own_text = False
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["practices.CollectionPage"]
    template = "practices/collection_index_page.html"

    class Meta:
        verbose_name = _("index des restitutions communes")
        verbose_name_plural = _("index des restitutions communes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        collections = CollectionPage.objects.child_of(self).live().public().order_by("-first_published_at")
        return {**super().get_context(request, *args, **kwargs), "collections": collections}


class CollectionPage(RoutablePageMixin, BasePage):
    """What a session, or several territories, found together."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "introduction",
            "opening",
            "items",
        ),
    )

    opening = RichTextField(
        _("présentation"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Pourquoi ces textes ensemble, et comment les lire."),
    )
    items = BodyField(
        ITEMS,
        verbose_name=_("fiches, billets et commentaires"),
        help_text=_("Dans l’ordre de lecture. Ce qui n’est plus public disparaît de lui-même."),
    )

    parent_page_types: ClassVar = ["practices.CollectionIndexPage"]
    subpage_types: ClassVar = []
    template = "practices/collection_page.html"
    page_description = _("Des fiches et des billets de plusieurs territoires, réunis et commentés.")

    class Meta:
        verbose_name = _("restitution commune")
        verbose_name_plural = _("restitutions communes")

    @cached_property
    def entries(self) -> list[Entry]:
        """What readers see of it, found once for a page, which shows it and tells machines."""
        return gathered(self)

    @property
    def schema_type(self) -> str:
        return "Collection"

    def schema_properties(self) -> dict[str, Any]:
        pages = [entry.page for entry in self.entries if entry.page]
        return {
            "headline": self.title,
            "datePublished": self.first_published_at,
            "dateModified": self.last_published_at,
            "hasPart": [
                {"@type": "CreativeWork", "name": page.title, "url": page.full_url} for page in pages
            ],
        }

    def extra_search_text(self) -> list[str]:
        """The titles and places of what is public today; the index is written again when this page is."""
        entries = gathered(self)
        return [
            *(entry.page.title for entry in entries if entry.page),
            *(place.title for place in territories_of(entries)),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "entries": self.entries,
            "territories": territories_of(self.entries),
            "feed_url": f"{self.get_url(request)}flux/",
            "pdf_url": f"{self.get_url(request)}restitution.pdf",
        }

    @path("flux/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return collection_feed(self, request)

    @path("restitution.pdf/")
    def collection_pdf(self, request: HttpRequest) -> HttpResponse:
        return collection_pdf(self, request)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("opening"), FieldPanel("items")]
