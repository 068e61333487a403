"""What a page says to machines: schema.org as plain dictionaries, ready for JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from home.pages.breadcrumbs import Breadcrumb

if TYPE_CHECKING:
    from home.pages.base import BasePage

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def page_nodes(page: BasePage, steps: list[Breadcrumb], request: HttpRequest) -> list[Node]:
    """The page itself when a schema.org type fits it, and the way to it when there is one."""
    nodes = [_page_node(page, request)] if page.schema_type else []
    return [*nodes, breadcrumb_list(steps, request)] if len(steps) > 1 else [*nodes, website(request)]


def website(request: HttpRequest) -> Node:
    """The site, for its home page."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.WAGTAIL_SITE_NAME,
        "url": request.build_absolute_uri("/"),
        "inLanguage": settings.LANGUAGE_CODE,
    }


def breadcrumb_list(steps: list[Breadcrumb], request: HttpRequest) -> Node:
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.title,
                "item": request.build_absolute_uri(step.url),
            }
            for place, step in enumerate(steps, start=1)
        ],
    }


def _page_node(page: BasePage, request: HttpRequest) -> Node:
    url = request.build_absolute_uri(page.get_url(request) or request.path)
    node = {
        "@context": CONTEXT,
        "@type": page.schema_type,
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.description,
    }
    return {**node, **page.schema_properties()}
