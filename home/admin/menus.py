"""Menus and lists show what a role can use, and nothing that leads to another site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ButtonWithDropdownFromHook
from wagtail.models import Page

from home.moderation.permissions import is_editor

LINKS_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_reports_menu")
def keep_reports_for_editors(request: HttpRequest, items: list[MenuItem]) -> None:
    """Without an entry, the menu itself is not shown."""
    if not is_editor(request.user):
        items.clear()


@hooks.register("construct_help_menu")
def drop_links_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own guides are in English, on its own site."""
    items[:] = [item for item in items if not item.name.startswith(LINKS_ELSEWHERE)]


@hooks.register("construct_page_listing_buttons")
def drop_others_drafts(buttons: list[Button], page: Page, user: Any, context: Any = None) -> None:
    """« Voir le brouillon » of a public page is for those who may open the draft; Wagtail shows it to all."""
    if page.permissions_for_user(user).can_edit():
        return
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    for button in buttons:
        if isinstance(button, ButtonWithDropdownFromHook):
            button.dropdown_buttons = [inner for inner in button.dropdown_buttons if inner.url != draft]
