"""The settings of moderation: what an association decides once, without a programmer."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page, Site

from home.privacy.register import NothingPersonal


@register_setting(icon="check")
class ModerationSettings(ClusterableModel, BaseSiteSetting):
    privacy: ClassVar = NothingPersonal("settings of the site")

    small_team = models.BooleanField(
        _("petite équipe"),
        default=False,
        help_text=_(
            "Permet à une personne d’approuver un texte qu’elle a elle-même écrit ou soumis. "
            "Chaque fois, c’est noté dans l’historique. À n’ouvrir que si personne d’autre ne peut relire."
        ),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("rappeler après (jours)"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Un texte qui attend depuis ce nombre de jours est rappelé aux personnes qui relisent."),
    )
    preview_days = models.PositiveSmallIntegerField(
        _("durée d’un lien de lecture (jours)"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Passé ce délai, le lien donné à un partenaire ne montre plus le brouillon."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("délai après une mission (jours)"),
        default=30,
        help_text=_(
            "Le temps de finir ses textes après la fin de la mission ; ensuite, on ne peut plus écrire."
        ),
    )

    class Meta:
        verbose_name = _("modération")

    @classmethod
    def of(cls, page: Page) -> ModerationSettings:
        """The settings of *page*'s site; the main site's for a page that is under none."""
        return cls.for_site(page.get_site() or Site.objects.get(is_default_site=True))

    @classmethod
    def main(cls) -> ModerationSettings:
        """The settings of the main site, for what concerns people rather than pages."""
        return cls.for_site(Site.objects.get(is_default_site=True))

    panels: ClassVar = [
        InlinePanel("questions", heading=_("Questions avant d’approuver"), label=_("Question")),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("reminder_days"), FieldPanel("preview_days"), FieldPanel("grace_days")]
                )
            ],
            heading=_("Délais"),
        ),
        FieldPanel("small_team"),
    ]


class ReviewQuestion(Orderable):
    """A question that whoever approves answers « yes » to, for every page or for one type of page."""

    privacy: ClassVar = NothingPersonal("settings of the site")

    class AskedOf(models.TextChoices):
        ALL = "", _("Toutes les pages")
        POSTS = "blog.blogpostpage", _("Les billets")
        SHEETS = "practices.practicepage", _("Les fiches")
        TERRITORIES = "practices.territorypage", _("Les territoires")
        PLAIN = "home.standardpage", _("Les pages simples")

    settings = ParentalKey(ModerationSettings, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(
        _("question"),
        max_length=255,
        help_text=_("Une affirmation que l’on coche : « Personne n’est reconnaissable… »"),
    )
    asked_of = models.CharField(_("pour"), max_length=60, choices=AskedOf, blank=True, default=AskedOf.ALL)

    class Meta(Orderable.Meta):
        verbose_name = _("question avant d’approuver")
        verbose_name_plural = _("questions avant d’approuver")

    def __str__(self) -> str:
        return self.text

    panels: ClassVar = [FieldPanel("text"), FieldPanel("asked_of")]
