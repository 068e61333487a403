"""What the admin offers to a role beside its views: entries of menus, buttons, actions, panels, searches.

Everything is read from Wagtail's registries, so that what the next version registers, or the next hook, is found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from wagtail import hooks
from wagtail.admin.action_menu import PageActionMenu
from wagtail.admin.api.urls import admin_api
from wagtail.admin.menu import Menu, admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.site_summary import SiteSummaryPanel
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page

from home.admin.offered import AskingMiddleware
from home.models import User
from tests.permissions.table import COLUMNS

FILE = Path(__file__).with_name("offers.toml")
MENUS = {"menu": admin_menu, "settings": settings_menu, "reports": reports_menu, "help": help_menu}
Offers = dict[str, set[str]]  # by kind, the names of what is offered


def offered_to(person: User, texts: dict[str, Page]) -> Offers:
    """Everything *person* is shown, on the pages *texts* too, by what they are to the person."""
    request = RequestFactory().get("/admin/")
    request.user = person
    found: Offers = {}

    def ask(asked: HttpRequest) -> Any:
        found.update({kind: set(names) for kind, names in _offers(asked, texts)})

    AskingMiddleware(ask)(request)
    return found


def _offers(request: HttpRequest, texts: dict[str, Page]) -> Iterator[tuple[str, Iterable[str]]]:
    for name, menu in MENUS.items():
        yield name, _shown_in(menu, request)
    yield "searches", _names(admin_search_areas.search_items_for_request(request))
    yield "panels of the first screen", _panels(request)
    yield "summary of the first screen", _classes(SiteSummaryPanel(request).summary_items, request)
    yield "bulk actions", _bulk_actions(offered=True)
    for whose, page in texts.items():
        yield f"actions in the editor, {whose}", _editor_actions(request, page)
        yield f"buttons in the header, {whose}", _header_buttons(request, page)
        yield f"buttons in the list, {whose}", _list_buttons(request, page)


def registered() -> Offers:
    """What there is to offer, whoever looks, as far as the registries say it; and what concerns no one role."""
    return {
        **{name: set(_names(menu.registered_menu_items)) for name, menu in MENUS.items()},
        "searches": set(_names(admin_search_areas.registered_search_areas)),
        "bulk actions": set(_bulk_actions(offered=False)),
    }


def common() -> Offers:
    """Registries that make no difference between roles: each entry is known, or somebody has to look at it."""
    return {
        "hooks": set(hooks._hooks),
        "log actions": {action for action, _label in log_registry.get_choices()},
        "admin API": {
            f"{name}.{action}"
            for name, viewset in admin_api._endpoints.items()
            for action in ["read", *getattr(viewset, "actions", {})]
        },
        "account entries": {
            f"{fn.__module__}.{fn.__name__}" for fn in hooks.get_hooks("register_account_menu_item")
        },
        "userbar": {f"{fn.__module__}.{fn.__name__}" for fn in hooks.get_hooks("construct_wagtail_userbar")},
    }


def written() -> dict[str, dict[str, set[str]]]:
    """By kind, then by entry, the roles to which the file says that it is offered."""
    with FILE.open("rb") as file:
        tables = tomllib.load(file)["offered"]
    return {
        kind: {
            entry: {role for role, mark in zip(COLUMNS, marks.split(), strict=True) if mark == "•"}
            for entry, marks in table.items()
        }
        for kind, table in tables.items()
    }


def known() -> Offers:
    with FILE.open("rb") as file:
        return {kind: set(names) for kind, names in tomllib.load(file)["known"].items()}


def _shown_in(menu: Menu, request: HttpRequest) -> Iterator[str]:
    """The names of the entries of *menu* for whoever asks, those of submenus after the name of theirs."""
    for item in menu.menu_items_for_request(request):
        yield item.name
        if (inner := _submenu(item)) is not None:
            yield from (f"{item.name} > {name}" for name in _shown_in(inner, request))


def _names(items: Iterable[Any]) -> Iterator[str]:
    """The names of all these entries, those of submenus after the name of theirs."""
    for item in items:
        yield item.name
        if (inner := _submenu(item)) is not None:
            yield from (f"{item.name} > {name}" for name in _names(inner.registered_menu_items))


def _submenu(item: Any) -> Menu | None:
    """The menu inside *item*, but for those that have a table of their own."""
    inner = getattr(item, "menu", None)
    return inner if isinstance(inner, Menu) and inner not in MENUS.values() else None


def _panels(request: HttpRequest) -> Iterator[str]:
    panels: list[Any] = []
    for fn in hooks.get_hooks("construct_homepage_panels"):
        fn(request, panels)
    yield from _classes(panels, request)


def _classes(components: Iterable[Any], request: HttpRequest) -> Iterator[str]:
    for component in components:
        if getattr(component, "is_shown", lambda: True)():
            yield type(component).__name__


def _bulk_actions(*, offered: bool) -> Iterator[str]:
    for action in hooks.get_hooks("register_bulk_action"):
        for model in action.models:
            label, name = model._meta.app_label, model._meta.model_name
            if not offered or action in bulk_action_registry.get_bulk_actions_for_model(label, name):
                yield f"{label}.{name}: {action.action_type}"


def _editor_actions(request: HttpRequest, page: Page) -> Iterator[str]:
    specific = page.get_latest_revision_as_object()
    tester = specific.permissions_for_user(request.user)
    if not tester.can_edit():
        return
    menu = PageActionMenu(request, view="edit", page=specific, locked_for_user=tester.page_locked())
    yield from (item.name or type(item).__name__ for item in [menu.default_item, *menu.menu_items] if item)


def _header_buttons(request: HttpRequest, page: Page) -> Iterator[str]:
    yield from map(_led_to, get_page_header_buttons(page.specific, request.user, "/admin/", "edit"))


def _list_buttons(request: HttpRequest, page: Page) -> Iterator[str]:
    shown = wagtailadmin_tags.page_listing_buttons({"request": request}, page.specific, request.user)
    for button in shown["buttons"]:
        yield from map(_led_to, getattr(button, "dropdown_buttons", [button]))


def _led_to(button: Any) -> str:
    """The view that *button* leads to; its label where it leads nowhere by itself."""
    url = getattr(button, "url", None)
    return str(resolve(url.partition("?")[0]).view_name) if url else str(button.label)
