"""What every page of the site has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.search import index

from home.media.blocked import PublicationRefused, refusal_to_publish
from home.moderation.complaints import RightOfReply
from home.moderation.panels import ReviewNotePanel
from home.moderation.permissions import TerritoryPermissionTester
from home.moderation.scanner.panel import PassagesPanel
from home.pages.breadcrumbs import breadcrumbs
from home.pages.forms import ModeratedPageForm
from home.search.freshness import index_again
from home.search.indexing import page_texts

INTRODUCTION_LENGTH = 280


class BasePage(Page):
    """Title and introduction, what search engines and social networks show, and French search."""

    introduction = models.TextField(
        _("chapô"),
        blank=True,
        max_length=INTRODUCTION_LENGTH,
        help_text=_(
            "Deux phrases qui disent l’essentiel. Elles paraissent aussi dans les listes et les partages."
        ),
    )
    social_image = models.ForeignKey(
        "home.Image",
        verbose_name=_("image de partage"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Montrée quand quelqu’un partage la page. Vide : l’image de la page, s’il y en a une."),
    )

    base_form_class = ModeratedPageForm
    # Whether the page says something of its own. A list of other pages names nobody: one replies to what it leads to.
    has_own_text: ClassVar[bool] = True
    # How the dashboard invites to write such a page; empty where nobody is invited to.
    writing_label: Any = ""

    class Meta:
        abstract = True

    @property
    def share_image(self) -> models.Model | None:
        """The image of Open Graph: the chosen one, else the cover; never one that is withheld."""
        chosen = [self.social_image, getattr(self, "cover", None)]
        return next((image for image in chosen if image and image.is_showable), None)

    @property
    def description(self) -> str:
        """One or two sentences for machines: the search description, else the introduction."""
        return str(self.search_description or self.introduction)

    @property
    def schema_type(self) -> str | None:
        """The schema.org type of this page, or ``None`` where none fits."""
        return None

    def schema_properties(self) -> dict[str, Any]:
        """What schema.org wants to know of this type beyond name, address and description."""
        return {}

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's own answer, in one query instead of two where no page of the line is restricted or an alias."""
        marked = Q(alias_of__isnull=False) | Q(view_restrictions__isnull=False)
        if self.get_ancestors(inclusive=True).filter(marked).exists():
            restrictions: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
            return restrictions
        return PageViewRestriction.objects.none()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page and its rows, then index it: Wagtail's own signal comes before the rows are there."""
        super().save(*args, **kwargs)
        index_again(self)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raise ``PublicationRefused`` when *revision* has an image that nobody may see, whoever publishes it."""
        if reason := refusal_to_publish(revision.as_object()):
            raise PublicationRefused(reason)
        super().publish(revision, *args, **kwargs)

    def get_territory_id(self) -> int | None:
        """Primary key of the territory this page belongs to."""
        return None

    def missing_rows(self) -> list[str]:
        """Labels of the rows (sources, themes…) without which the page can't be public."""
        return []

    def get_admin_display_title(self) -> str:
        """A public page keeps its public title in lists: the one of a draft may be somebody else's secret."""
        return str(self.title if self.live else self.draft_title or self.title)

    def permissions_for_user(self, user: AbstractBaseUser) -> TerritoryPermissionTester:
        return TerritoryPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = breadcrumbs(self, request)
        context["replies"] = RightOfReply.objects.standing_on(self) if self.has_own_text else []
        return context

    def extra_search_text(self) -> list[str]:
        """Words of its own to find this page by that stand neither in its introduction nor in its text."""
        return []

    def search_terms(self) -> list[models.Model]:
        """What the page is found by that has words of its own: themes, places, people (``home.search.terms``)."""
        return []

    def plain_text(self) -> str:
        """Everything that is written on the page, for the searches of the admin."""
        return " ".join(text for texts in page_texts(self).values() for text in texts)

    search_auto_update = False  # a save indexes once its rows are written: see ``save``
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("plain_text")]
    content_panels: ClassVar = [
        ReviewNotePanel(),
        PassagesPanel(),
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("Adresse et recherche"),
        ),
        FieldPanel("social_image"),
    ]
    settings_panels: ClassVar = [PublishingPanel(), CommentPanel()]
