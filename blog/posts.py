"""The blog and its posts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.search import index

from blog.listing import blog_context, blog_feed
from blog.post_querysets import BlogPostManager
from home.blocks import BodyField
from home.pages.base import BasePage
from home.pages.forms import SIGNATURE_HELP
from home.people.models import Author
from home.privacy.activities import BYLINES, TEXTS
from home.privacy.register import STAYS, Kept, NothingPersonal
from practices.listing import say_address
from practices.models import PracticePage, Theme
from practices.search_terms import SEARCHED_LINKS, terms_of


class BlogIndexPage(RoutablePageMixin, BasePage):
    privacy: ClassVar = Kept(TEXTS, personal=("introduction",))

    max_count = 1
    has_own_text = False
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["blog.BlogPostPage"]
    template = "blog/blog_index_page.html"

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **blog_context(self, request)}

    @path("")
    def listed(self, request: HttpRequest) -> HttpResponse:
        """The list, which says its address to the script that swaps it in."""
        return say_address(self.render(request))

    @path("flux/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return blog_feed(self, request)


class BlogPostTag(TaggedItemBase):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    content_object = ParentalKey("blog.BlogPostPage", on_delete=models.CASCADE, related_name="tagged_items")


class BlogPostPage(BasePage):
    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "introduction",
            "body",
        ),
    )

    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Celle de ce que vous racontez, ou d’aujourd’hui.")
    )
    territory = models.ForeignKey(
        "practices.TerritoryPage",
        verbose_name=_("territoire"),
        null=True,
        on_delete=models.PROTECT,
        related_name="posts",
    )
    session = models.ForeignKey(
        "home.Session",
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    cover = models.ForeignKey(
        "home.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Facultative : sans elle, la page dessine la sienne. Personne de reconnaissable sans accord écrit."
        ),
    )
    cover_alt = models.CharField(
        _("texte de remplacement"),
        max_length=255,
        blank=True,
        help_text=_("Ce que l’image montre, pour qui ne la voit pas."),
    )
    body = BodyField(
        verbose_name=_("texte"),
        help_text=_(
            "Racontez ce que vous avez vu et compris. Pas de nom, pas de visage, pas d’adresse qui désigne quelqu’un."
        ),
    )
    tags = ClusterTaggableManager(through=BlogPostTag, blank=True, verbose_name=_("mots-clés"))

    objects = BlogPostManager()

    parent_page_types: ClassVar = ["blog.BlogIndexPage"]
    subpage_types: ClassVar = []
    template = "blog/blog_post_page.html"
    writing_label = _("Écrire un billet")
    page_description = _("Un texte du blog : une rencontre, une journée, une question.")

    class Meta:
        verbose_name = _("billet")
        verbose_name_plural = _("billets")

    @property
    def authors(self) -> list[Author]:
        return [link.author for link in self.author_links.all()]

    @property
    def byline(self) -> str:
        """The names that the authors chose, separated by commas."""
        return ", ".join(author.byline for author in self.authors)

    @property
    def themes(self) -> list[Theme]:
        return [link.theme for link in self.theme_links.all()]

    @property
    def main_theme(self) -> Theme | None:
        return next(iter(self.themes), None)

    @property
    def schema_type(self) -> str:
        return "BlogPosting"

    def schema_properties(self) -> dict[str, Any]:
        """Dates, bylines and themes; ``name`` is called headline there as well."""
        return {
            "headline": self.title,
            "datePublished": self.date,
            "dateModified": self.last_published_at,
            "author": [{"@type": "Person", "name": author.byline} for author in self.authors],
            "about": [theme.name for theme in self.themes],
        }

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What the search index is rebuilt from, with all that it asks of a post."""
        return cls.objects.select_related("territory").prefetch_related(*SEARCHED_LINKS)

    def get_territory_id(self) -> int | None:
        return self.territory_id

    def search_terms(self) -> list[models.Model]:
        return terms_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        related = [link.practice_id for link in self.related_practices.all()]
        return {
            **context,
            "authors": [link.author for link in self.author_links.select_related("author")],
            "themes": [link.theme for link in self.theme_links.select_related("theme")],
            "practices": PracticePage.objects.published().for_cards().filter(pk__in=related),
        }

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("session", widget=Select)]),
                PageChooserPanel("territory"),
                InlinePanel(
                    "author_links", heading=_("Signature"), label=_("Auteur·rice"), help_text=SIGNATURE_HELP
                ),
                InlinePanel("theme_links", heading=_("Thèmes"), label=_("Thème"), max_num=3),
            ],
            heading=_("1. Quand, où, par qui"),
        ),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("2. Image")),
        FieldPanel("body", heading=_("3. Texte")),
        InlinePanel("related_practices", heading=_("4. Fiches liées"), label=_("Fiche"), max_num=4),
        FieldPanel("tags", heading=_("5. Mots-clés")),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.FilterField("date"),
        index.FilterField("territory_id"),
        index.FilterField("session_id"),
        index.RelatedFields("theme_links", [index.FilterField("theme_id")]),
        index.RelatedFields("author_links", [index.FilterField("author_id")]),
    ]


class BlogPostAuthor(Orderable):
    privacy: ClassVar = Kept(BYLINES, about={"author": STAYS})

    post = ParentalKey(BlogPostPage, on_delete=models.CASCADE, related_name="author_links")
    author = models.ForeignKey(
        "home.Author", verbose_name=_("auteur·rice"), on_delete=models.CASCADE, related_name="post_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("auteur·rice")
        constraints = [models.UniqueConstraint(fields=["post", "author"], name="post_author_once")]

    panels: ClassVar = [FieldPanel("author")]


class BlogPostTheme(Orderable):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    post = ParentalKey(BlogPostPage, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(
        "practices.Theme", verbose_name=_("thème"), on_delete=models.PROTECT, related_name="post_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("thème")
        constraints = [models.UniqueConstraint(fields=["post", "theme"], name="post_theme_once")]

    panels: ClassVar = [FieldPanel("theme", widget=Select)]


class RelatedPractice(Orderable):
    privacy: ClassVar = NothingPersonal("a link between two texts")

    post = ParentalKey(BlogPostPage, on_delete=models.CASCADE, related_name="related_practices")
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("fiche"),
        on_delete=models.CASCADE,
        related_name="related_posts",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("fiche liée")
        constraints = [models.UniqueConstraint(fields=["post", "practice"], name="post_practice_once")]

    panels: ClassVar = [PageChooserPanel("practice")]
