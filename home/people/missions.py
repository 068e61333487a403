"""Sessions of volunteers, the organisations that host them, and who goes where."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from home.admin.forms import SnippetForm
from home.moderation.preferences import ModerationSettings
from home.privacy.activities import BYLINES
from home.privacy.register import STAYS, Kept, NothingPersonal


class Organisation(index.Indexed, TranslatableMixin, models.Model):
    """A host organisation."""

    privacy: ClassVar = NothingPersonal("an organisation is nobody")

    name = models.CharField(_("nom"), max_length=160)
    slug = models.SlugField(_("adresse"), max_length=160)
    description = models.TextField(_("présentation"), blank=True, max_length=500)
    url = models.URLField(_("site"), blank=True)

    base_form_class = SnippetForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="organisation_slug_locale")]

    def __str__(self) -> str:
        return self.name

    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("url")]
    search_fields: ClassVar = [index.AutocompleteField("name")]


class Session(TranslatableMixin, models.Model):
    """One group of volunteers: prepared together, sent out, and back for a common restitution."""

    privacy: ClassVar = NothingPersonal("the calendar of a group")

    number = models.PositiveSmallIntegerField(_("numéro"))
    theme = models.CharField(_("thème"), max_length=200)
    start = models.DateField(_("début"))
    end = models.DateField(_("fin"))
    summary = models.TextField(_("présentation"), blank=True, max_length=800)

    base_form_class = SnippetForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["number", "locale"], name="session_number_locale")]

    def __str__(self) -> str:
        return gettext("Session %(number)s") % {"number": self.number}

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("La fin vient après le début.")})

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("theme")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("summary"),
    ]


def grace() -> datetime.timedelta:
    """How long one may finish one's texts once a mission is over."""
    return datetime.timedelta(days=ModerationSettings.main().grace_days)


class MissionQuerySet(models.QuerySet["Mission"]):
    """Missions by where they stand today. Nothing is stored: a date changed in the admin counts at once."""

    def dated(self) -> Self:
        """With ``begins`` and ``ends``: the mission's own dates, or those of its session."""
        return self.annotate(begins=Coalesce("start", "session__start"), ends=Coalesce("end", "session__end"))

    def running(self) -> Self:
        """Those that let their author write today: begun, and over for no longer than the grace time."""
        today = timezone.localdate()
        return self.dated().filter(begins__lte=today, ends__gte=today - grace())

    def upcoming(self) -> Self:
        return self.dated().filter(begins__gt=timezone.localdate())

    def over(self) -> Self:
        """Those whose grace time has passed as well."""
        return self.dated().filter(ends__lt=timezone.localdate() - grace())


class Mission(models.Model):
    """An author's stay on a territory with a host. It says for which territory the person writes."""

    privacy: ClassVar = Kept(BYLINES, about={"author": STAYS}, personal=("summary",))

    author = models.ForeignKey(
        "home.Author", verbose_name=_("auteur·rice"), on_delete=models.CASCADE, related_name="missions"
    )
    session = models.ForeignKey(
        "home.Session", verbose_name=_("session"), on_delete=models.PROTECT, related_name="missions"
    )
    # A territory page; the class lives in a package above this one, hence the generic page.
    territory = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("territoire"), on_delete=models.CASCADE, related_name="missions"
    )
    organisation = models.ForeignKey(
        "home.Organisation",
        verbose_name=_("organisation d’accueil"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="missions",
    )
    start = models.DateField(_("début"), null=True, blank=True, help_text=_("Vide : celui de la session."))
    end = models.DateField(_("fin"), null=True, blank=True, help_text=_("Vide : celle de la session."))
    summary = models.TextField(_("en quelques mots"), blank=True, max_length=500)
    handed_over_at = models.DateTimeField(
        _("brouillons confiés à la modération le"), null=True, blank=True, editable=False
    )

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["-session__number", "territory__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "session", "territory"], name="one_mission_per_session_and_territory"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.session} · {self.territory.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A mission that is prolonged will have to be handed over again."""
        if self.handed_over_at and self.last_day() >= timezone.localdate() - grace():
            self.handed_over_at = None
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.session_id and self.last_day() < self.first_day():
            raise ValidationError({"end": _("La fin vient après le début.")})

    def first_day(self) -> datetime.date:
        return self.start or self.session.start

    def last_day(self) -> datetime.date:
        """The end of the mission; the grace time comes after it."""
        return self.end or self.session.end

    panels: ClassVar = [
        FieldPanel("author"),
        FieldPanel("session"),
        PageChooserPanel("territory", "practices.TerritoryPage"),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("summary"),
    ]
