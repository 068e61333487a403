"""The ground: base page, home and plain pages, people, files, moderation, search, delivery."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Socle du site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import checks  # noqa: F401
        from home.moderation import notifications

        notifications.connect()
