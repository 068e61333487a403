"""The first page: what an editor chose, and what the other packages add by themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from home.blocks.prose import TEXT_FEATURES
from home.pages.base import BasePage
from home.pages.sections import home_sections
from home.privacy.activities import TEXTS
from home.privacy.register import Kept, NothingPersonal


class HomePage(BasePage):
    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "introduction",
            "welcome",
        ),
    )

    welcome = RichTextField(
        _("mot d’accueil"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Qui parle ici, et ce qu’on y trouve : deux courts paragraphes."),
    )

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "blog.BlogIndexPage",
        "practices.PracticeIndexPage",
        "practices.TerritoryIndexPage",
        "practices.CollectionIndexPage",
        "home.StandardPage",
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("page d’accueil")
        verbose_name_plural = _("pages d’accueil")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = self.highlights.select_related("page").all()
        pages = [highlight.page for highlight in chosen if highlight.page.live]
        return {
            **context,
            "highlights": [page.specific for page in pages],
            "sections": home_sections(request),
        }

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("welcome"),
        InlinePanel(
            "highlights",
            heading=_("À la une"),
            label=_("Page"),
            max_num=3,
            help_text=_(
                "Jusqu’à trois pages choisies. Les derniers billets et les fiches viennent d’eux-mêmes."
            ),
        ),
    ]


class HomePageHighlight(Orderable):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="highlights")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("page à la une")

    panels: ClassVar = [
        PageChooserPanel("page", ["blog.BlogPostPage", "practices.PracticePage", "practices.TerritoryPage"])
    ]
