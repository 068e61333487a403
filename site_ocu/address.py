"""The address of the site: ``BASE_URL`` is the one place that says it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps.registry import Apps
from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def point_default_site(apps: Apps, using: str, **kwargs: Any) -> None:
    """After every ``migrate``: give Wagtail's default site the host and port of ``BASE_URL``.

    Feeds, the sitemap and mails build their absolute addresses from that row. *apps* is the registry that
    migrations leave, which has no site once they went back to zero.
    """
    try:
        sites = apps.get_model("wagtailcore", "Site").objects.using(using)
    except LookupError:
        return
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or PORTS.get(address.scheme, PORTS["http"])
    sites.filter(is_default_site=True).update(hostname=address.hostname, port=port)
    Site.clear_site_root_paths_cache()
