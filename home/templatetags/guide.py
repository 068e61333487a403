"""Links of the guide: to screens that exist, for people who may open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.moderation.permissions import is_editor

register = template.Library()


def _with(permission: str) -> Callable[[Any], bool]:
    return lambda user: bool(user.has_perm(permission))


# Who may open a screen; one that isn't named here is for everybody.
OPEN_TO: dict[str, Callable[[Any], bool]] = {
    "content_reports": is_editor,
    "invite": is_editor,
    "proposals": is_editor,
    "rights_of_reply": is_editor,
    "wagtailadmin_reports:site_history": is_editor,
    "wagtailsnippets_home_author:list": is_editor,
    "wagtailsnippets_home_mission:list": is_editor,
    "wagtailsnippets_practices_theme:list": is_editor,
    "wagtailredirects:index": _with("wagtailredirects.change_redirect"),
    "wagtailsettings:edit": _with("home.change_legalsettings"),
    "wagtailusers_users:index": _with("home.change_user"),
}


@register.simple_tag(takes_context=True)
def screen(context: template.Context, label: str, name: str, *args: Any) -> str | SafeString:
    """*label*, as a link to the screen called *name* when there is one and this person may open it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return label
    if not OPEN_TO.get(name, lambda _user: True)(context["request"].user):
        return label
    return format_html('<a href="{}">{}</a>', url, label)
