"""The frame of every page: menu and footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    current: bool


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """``site_home`` and ``menu`` for the public frame, found only if a template asks for them."""
    return {"menu": lambda: menu(request), "site_home": lambda: site_home(request)}


def site_home(request: HttpRequest) -> Page | None:
    """The home page of the site that was asked."""
    site = Site.find_for_request(request)
    return site.root_page if site else None


def menu(request: HttpRequest) -> list[MenuItem]:
    """The public pages under the home page that are marked for menus."""
    home = site_home(request)
    if home is None:
        return []
    pages = home.get_children().live().public().in_menu()
    items = [(page.title, page.get_url(request) or "") for page in pages]
    return [MenuItem(title, url, current=bool(url) and request.path.startswith(url)) for title, url in items]
