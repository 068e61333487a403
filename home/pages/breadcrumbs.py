"""The way from the home page to a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Breadcrumb:
    title: str
    url: str


def breadcrumbs(page: Page, request: HttpRequest) -> list[Breadcrumb]:
    """From the site's home page to *page*, both included; only *page* itself on the home page."""
    site = Site.find_for_request(request)
    if site is None or page.depth is None:
        return []
    root_depth = site.root_page.depth
    above = page.get_ancestors().filter(depth__gte=root_depth)
    return [Breadcrumb(title=step.title, url=step.get_url(request) or "") for step in [*above, page]]
