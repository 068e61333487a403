"""The library of practices: themes, territories, sheets, filters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Bibliothèque de pratiques")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only from here on.
        from practices import search_terms  # noqa: PLC0415

        search_terms.connect()
