"""The legal notice of the demonstration, plainly fictional."""

from __future__ import annotations

from wagtail.models import Site

from home.models import LegalSettings

NOTICE = {
    "publisher_name": "Association de démonstration",
    "publisher_address": "1 rue de l’Exemple\n75000 Paris",
    "publisher_phone": "00 00 00 00 00",
    "director": "Alix Exemple (nom fictif)",
    "host_name": "Votre propre machine",
    "host_address": "127.0.0.1",
    "host_phone": "00 00 00 00 00",
    "contact_email": "contact@demo.invalid",
}


def seed_settings() -> None:
    """Fill the legal notice, unless somebody has."""
    settings = LegalSettings.for_site(Site.objects.get(is_default_site=True))
    if settings.publisher_name:
        return
    for name, value in NOTICE.items():
        setattr(settings, name, value)
    settings.save()


def clear_settings() -> None:
    """Empty the legal notice if it is still the demonstration's."""
    LegalSettings.objects.filter(publisher_name=NOTICE["publisher_name"]).delete()
