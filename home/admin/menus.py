"""Menus show what a role can use, and nothing that leads to another site."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.moderation.permissions import is_editor

EDITORS_MENUS = {"reports"}
LINKS_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_main_menu")
def hide_editors_menus(request: HttpRequest, items: list[MenuItem]) -> None:
    if not is_editor(request.user):
        items[:] = [item for item in items if item.name not in EDITORS_MENUS]


@hooks.register("construct_help_menu")
def drop_links_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own guides are in English, on its own site."""
    items[:] = [item for item in items if not item.name.startswith(LINKS_ELSEWHERE)]
