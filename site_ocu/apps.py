"""The roof: settings, addresses, operations commands. No models."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SiteOcuConfig(AppConfig):
    name = "site_ocu"
    verbose_name = "OCU"

    def ready(self) -> None:
        from site_ocu.address import point_default_site  # noqa: PLC0415  (models, once apps are ready)
        from site_ocu.backups import checks  # noqa: F401, PLC0415

        # Django tells only packages with models that migrations are done; the ground is the first of ours.
        post_migrate.connect(point_default_site, sender=apps.get_app_config("home"))
