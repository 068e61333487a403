"""The way from the home page to a page."""

from __future__ import annotations

from collections.abc import Iterable
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
    return [
        Breadcrumb(title=step.title, url=step.get_url(request) or "")
        for step in [*_above(page, site.root_page), page]
    ]


def _above(page: Page, root: Page) -> Iterable[Page]:
    """The pages between *root*, included, and *page*. Right under the home page there is nothing to look up."""
    if page.depth == root.depth + 1 and page.path.startswith(root.path):
        return [root]
    return page.get_ancestors().filter(depth__gte=root.depth)
