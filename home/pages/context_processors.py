"""The frame of every page: menu and footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, Site

from home.pages.public import open_to_all

WITHOUT_PAGE = {"report_content", "shared_draft", "open_page_form"}


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    current: bool


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """What the public frame needs, found only if a template asks for it."""
    return {
        "menu": lambda: menu(request),
        "site_home": lambda: site_home(request),
        "report_address": lambda: report_address(request),
        # Set by home.moderation.draft_reader on the request with which it renders a draft.
        "shared_draft": getattr(request, "shared_draft", None),
    }


def report_address(request: HttpRequest) -> str:
    """Where to report the page being read. Those of a shared draft and of an alert are secrets, kept here."""
    form, match = reverse("report_content"), request.resolver_match
    if match and match.url_name in WITHOUT_PAGE:
        return form
    return f"{form}?page={quote(request.path)}"


def site_home(request: HttpRequest) -> Page | None:
    """The home page of the site that was asked."""
    site = Site.find_for_request(request)
    return site.root_page if site else None


def menu(request: HttpRequest) -> list[MenuItem]:
    """The public pages under the home page that are marked for menus."""
    home = site_home(request)
    if home is None:
        return []
    pages = open_to_all(home.get_children()).in_menu()
    items = [(page.title, page.get_url(request) or "") for page in pages]
    return [MenuItem(title, url, current=bool(url) and request.path.startswith(url)) for title, url in items]
