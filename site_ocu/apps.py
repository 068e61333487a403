"""The roof: settings, addresses, operations commands. No models."""

from django.apps import AppConfig


class SiteOcuConfig(AppConfig):
    name = "site_ocu"
    verbose_name = "OCU"
