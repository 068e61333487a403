"""What the law asks every public site to say (LCEN, art. 6-III; RGPD; RGAA)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from home.privacy.activities import LEGAL
from home.privacy.register import STAYS, Kept


@register_setting(icon="doc-full")
class LegalSettings(BaseSiteSetting):
    privacy: ClassVar = Kept(
        LEGAL,
        about={"contact_email": STAYS},
        personal=("publisher_name", "publisher_address", "publisher_phone", "director"),
        what=_(
            "l’éditeur, son adresse et son téléphone, la direction de la publication, l’adresse de contact"
        ),
    )

    publisher_name = models.CharField(_("éditeur"), max_length=160, blank=True)
    publisher_address = models.TextField(_("adresse de l’éditeur"), max_length=300, blank=True)
    publisher_phone = models.CharField(_("téléphone de l’éditeur"), max_length=40, blank=True)
    director = models.CharField(
        _("direction de la publication"),
        max_length=160,
        blank=True,
        help_text=_("La personne qui représente légalement l’association."),
    )
    host_name = models.CharField(_("hébergeur"), max_length=160, blank=True)
    host_address = models.TextField(_("adresse de l’hébergeur"), max_length=300, blank=True)
    host_phone = models.CharField(_("téléphone de l’hébergeur"), max_length=40, blank=True)
    contact_email = models.EmailField(_("adresse de contact"), blank=True)
    accessibility_status = models.CharField(
        _("état de conformité au RGAA"),
        max_length=20,
        choices=[
            ("non", _("non conforme")),
            ("partielle", _("partiellement conforme")),
            ("totale", _("totalement conforme")),
        ],
        default="non",
        help_text=_("« Non conforme » tant qu’aucun audit n’a été fait."),
    )
    accessibility_notes = RichTextField(
        _("ce qui n’est pas encore accessible"), blank=True, features=["bold", "ul", "link"]
    )
    privacy_notes = RichTextField(
        _("complément sur les données personnelles"), blank=True, features=["bold", "ul", "link"]
    )

    class Meta:
        verbose_name = _("mentions légales")

    REQUIRED: ClassVar = [
        "publisher_name",
        "publisher_address",
        "publisher_phone",
        "director",
        "host_name",
        "host_address",
        "host_phone",
    ]

    def missing_fields(self) -> list[str]:
        """Labels of what the law asks for and the settings don't say yet."""
        return [
            str(self._meta.get_field(name).verbose_name) for name in self.REQUIRED if not getattr(self, name)
        ]

    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("publisher_name"),
                FieldPanel("publisher_address"),
                FieldPanel("publisher_phone"),
                FieldPanel("director"),
            ],
            heading=_("Éditeur"),
        ),
        MultiFieldPanel(
            [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
            heading=_("Hébergeur"),
        ),
        FieldPanel("contact_email"),
        MultiFieldPanel(
            [FieldPanel("accessibility_status"), FieldPanel("accessibility_notes")],
            heading=_("Accessibilité"),
        ),
        FieldRowPanel([FieldPanel("privacy_notes")], heading=_("Données personnelles")),
    ]
