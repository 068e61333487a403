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
        from home.admin import offered, tags  # noqa: PLC0415
        from home.media import endings, files  # noqa: PLC0415
        from home.media import visibility as file_visibility  # noqa: PLC0415
        from home.moderation import claiming, notifications, outcomes, visibility  # noqa: PLC0415
        from home.people import access  # noqa: PLC0415
        from home.search import freshness  # noqa: PLC0415

        claiming.connect()
        endings.connect()
        files.install()
        notifications.connect()
        outcomes.connect()
        visibility.install()
        file_visibility.install()
        tags.install()
        offered.install()
        access.install()  # after those that give a policy a class of its own
        freshness.connect()
