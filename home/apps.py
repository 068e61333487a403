"""The ground: base page, home and plain pages, people, files, moderation, search, delivery."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Socle du site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only from here on.
        from home import checks  # noqa: F401, PLC0415
        from home.admin import offered, tags  # noqa: PLC0415
        from home.audit import following  # noqa: PLC0415
        from home.delivery import checks as delivery_checks  # noqa: F401, PLC0415
        from home.delivery import spreadsheets  # noqa: PLC0415
        from home.logs import access as access_lines  # noqa: PLC0415
        from home.logs import reports  # noqa: PLC0415
        from home.media import endings, files  # noqa: PLC0415
        from home.media import visibility as file_visibility  # noqa: PLC0415
        from home.moderation import claiming, notifications, outcomes, visibility  # noqa: PLC0415
        from home.people import access  # noqa: PLC0415
        from home.people.signin import changes  # noqa: PLC0415
        from home.privacy import checks as privacy_checks  # noqa: F401, PLC0415
        from home.search import freshness  # noqa: PLC0415

        changes.connect()
        access_lines.connect()
        reports.start(settings.SENTRY_DSN)
        following.connect()
        spreadsheets.install()
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
