"""The ground: base page, home and plain pages, people, files, moderation, search, delivery."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Socle du site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only from here on.
        from home import checks  # noqa: F401, PLC0415
        from home.moderation import notifications, visibility  # noqa: PLC0415
        from home.people import signatures  # noqa: PLC0415

        notifications.connect()
        visibility.install()
        signatures.connect()
