"""``BASE_URL`` is the one place that says the site's address."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from wagtail.models import Page, Site

from site_ocu.address import point_default_site


@pytest.mark.django_db
class TestPointDefaultSite:
    @pytest.mark.parametrize(
        ("base_url", "hostname", "port"),
        [
            ("https://exemple.org", "exemple.org", 443),
            ("http://exemple.org", "exemple.org", 80),
            ("http://127.0.0.1:8103", "127.0.0.1", 8103),
        ],
    )
    def test_gives_the_site_its_host_and_port(
        self, base_url: str, hostname: str, port: int, settings: Any
    ) -> None:
        settings.WAGTAILADMIN_BASE_URL = base_url

        point_default_site(apps, using="default")

        site = Site.objects.get(is_default_site=True)
        assert (site.hostname, site.port, site.root_url) == (hostname, port, base_url)

    def test_is_what_pages_build_their_addresses_from(self, settings: Any) -> None:
        blog = Page.objects.get(slug="blog")
        assert blog.full_url is not None  # fills the cache of roots
        settings.WAGTAILADMIN_BASE_URL = "https://exemple.org"

        point_default_site(apps, using="default")

        assert Page.objects.get(slug="blog").full_url == "https://exemple.org/blog/"

    def test_leaves_other_sites_alone(self, settings: Any) -> None:
        other = Site.objects.create(hostname="autre.exemple.org", root_page=Page.objects.get(slug="blog"))
        settings.WAGTAILADMIN_BASE_URL = "https://exemple.org"

        point_default_site(apps, using="default")

        other.refresh_from_db()
        assert other.hostname == "autre.exemple.org"

    def test_does_nothing_when_there_are_no_tables_left(self) -> None:
        point_default_site(Apps(), using="default")
