"""The agreement of the people whom one can recognise on an image: what is asked, and whether it holds today.

An image of people whose agreement has ended is *withheld*: nobody gets to see it any more (``Consent.get_rendition``).
An image of which nobody has said whether it shows people stays where it is, and is no part of a new publication.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractRendition, Filter
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from home.media.placeholder import Placeholder


class People(models.TextChoices):
    """No value for a minor whom one can recognise: such an image has no place on the site (DOMAIN §5)."""

    UNSAID = "", _("Pas encore dit")
    NOBODY = "nobody", _("Non, personne")
    RECOGNISABLE = "recognisable", _("Oui, des personnes majeures, qui sont d’accord")


CONSENT_FIELDS = (
    "people",
    "consent_people",
    "consent_scope",
    "consent_given_on",
    "consent_until",
    "consent_paper",
    "consent_withdrawn_on",
)


def in_force(today: datetime.date) -> Q:
    """The condition on images whose agreement holds on *today*; the last day is part of it."""
    withdrawn = Q(consent_withdrawn_on__isnull=True) | Q(consent_withdrawn_on__gt=today)
    expired = Q(consent_until__isnull=True) | Q(consent_until__gte=today)
    return Q(consent_given_on__lte=today) & withdrawn & expired


class ImageQuerySet(WagtailImageQuerySet):
    def showable(self) -> ImageQuerySet:
        """The images that readers may see."""
        return self.filter(~Q(people=People.RECOGNISABLE) | in_force(timezone.localdate()))

    def withheld(self) -> ImageQuerySet:
        """The images of people whose agreement is missing or has ended."""
        return self.exclude(pk__in=self.model.objects.showable().values("pk"))

    def publishable(self) -> ImageQuerySet:
        """The images with which a page may be published."""
        return self.showable().exclude(people=People.UNSAID)


class Consent(models.Model):
    """What an image knows of the people on it, and the guard that everything that shows it goes through."""

    people = models.CharField(
        _("peut-on reconnaître quelqu’un ?"),
        max_length=12,
        choices=People,
        default=People.UNSAID,
        blank=True,
        help_text=_(
            "Un visage, mais aussi un vêtement, un tatouage, une maison ou une plaque peuvent désigner quelqu’un. "
            "Une image où l’on reconnaît un·e mineur·e n’a pas sa place sur le site : ne l’envoyez pas."
        ),
    )
    consent_people = models.CharField(
        _("qui est d’accord"), max_length=255, blank=True, help_text=_("Chaque personne reconnaissable.")
    )
    consent_scope = models.CharField(
        _("d’accord pour quoi"),
        max_length=255,
        blank=True,
        help_text=_("Ce site, un réseau social, une brochure…"),
    )
    consent_given_on = models.DateField(_("accord donné le"), null=True, blank=True)
    consent_until = models.DateField(
        _("accord valable jusqu’au"), null=True, blank=True, help_text=_("Vide : sans limite.")
    )
    consent_paper = models.CharField(
        _("où est le papier"),
        max_length=255,
        blank=True,
        help_text=_("Le dossier ou le classeur où l’accord signé est gardé."),
    )
    consent_withdrawn_on = models.DateField(
        _("accord retiré le"),
        null=True,
        blank=True,
        help_text=_("À partir de ce jour, l’image disparaît du site. Personne n’a à dire pourquoi."),
    )
    # What the moderators were told, so that a job that runs again, or late, tells everything once.
    consent_ended_told_on = models.DateField(null=True, blank=True, editable=False)
    consent_ending_told_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """An agreement is whole, or there is nobody to agree; then nothing about anybody is kept."""
        super().clean()
        if errors := self._consent_errors():
            raise ValidationError(errors)
        if self.people == People.NOBODY:
            self._forget_consent()

    @property
    def consent_problem(self) -> str:
        """Why a page can't be published with this image, in a few words; empty when it can."""
        if self.people == People.UNSAID:
            return str(_("on n’a pas encore dit si quelqu’un y est reconnaissable"))
        return "" if self.people == People.NOBODY else self._end_of_consent()

    @property
    def is_showable(self) -> bool:
        """Whether readers may see this image today."""
        return self.people != People.RECOGNISABLE or not self._end_of_consent()

    def get_rendition(self, filter: Filter | str) -> AbstractRendition | Placeholder:  # noqa: A002  # Wagtail's name
        """The recropped image; for a withheld one a neutral drawing of that size, without a file or a row."""
        if self.is_showable:
            return super().get_rendition(filter)  # type: ignore[misc]
        return self._placeholder(self._clean_filter(filter))

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition | Placeholder]:
        """As ``get_rendition``, for several at once, by their specification."""
        if self.is_showable:
            return super().get_renditions(*filters)  # type: ignore[misc]
        cleaned = [self._clean_filter(entry) for entry in filters]
        return {entry.spec: self._placeholder(entry) for entry in cleaned}

    def _end_of_consent(self) -> str:
        """Why the agreement of the people on this image doesn't hold today; empty when it does."""
        today = timezone.localdate()
        if self.consent_withdrawn_on and self.consent_withdrawn_on <= today:
            return str(_("accord retiré"))
        if self.consent_until and self.consent_until < today:
            return str(_("accord arrivé à son terme"))
        if not self.consent_given_on or self.consent_given_on > today:
            return str(_("aucun accord enregistré"))
        return ""

    def _consent_errors(self) -> dict[str, Any]:
        if self.people == People.NOBODY and self.consent_withdrawn_on:
            return {
                "people": _(
                    "Quelqu’un a retiré son accord pour cette image : on ne peut plus dire qu’elle ne montre personne."
                )
            }
        if self.people != People.RECOGNISABLE:
            return {}
        mandatory = ("consent_people", "consent_scope", "consent_given_on", "consent_paper")
        missing = _("À remplir, puisqu’on peut reconnaître quelqu’un.")
        errors = {name: missing for name in mandatory if not getattr(self, name)}
        return {**errors, **self._date_errors()}

    def _date_errors(self) -> dict[str, Any]:
        given, errors = self.consent_given_on, {}
        if given and given > timezone.localdate():
            errors["consent_given_on"] = _("Cette date n’est pas encore passée.")
        if given and self.consent_until and self.consent_until <= given:
            errors["consent_until"] = _("L’accord prend fin après avoir été donné.")
        if given and self.consent_withdrawn_on and self.consent_withdrawn_on < given:
            errors["consent_withdrawn_on"] = _("L’accord est retiré après avoir été donné.")
        return errors

    def _forget_consent(self) -> None:
        self.consent_people = self.consent_scope = self.consent_paper = ""
        self.consent_given_on = self.consent_until = None

    def _clean_filter(self, entry: Filter | str) -> Filter:
        whole = Filter(spec=entry) if isinstance(entry, str) else entry
        return self.clean_filter_for_svg(whole)  # type: ignore[attr-defined]  # of AbstractImage

    def _placeholder(self, entry: Filter) -> Placeholder:
        size = entry.get_transform(self).size
        return Placeholder(image=self, filter_spec=entry.spec, width=round(size[0]), height=round(size[1]))
