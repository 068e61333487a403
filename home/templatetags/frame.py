"""What the frame of every page needs: names, full addresses, which card shows which page."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from wagtail.models import Page

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return str(settings.WAGTAIL_SITE_NAME)


@register.simple_tag(takes_context=True)
def full_url(context: dict[str, Any], path: str | None = None) -> str:
    """*path*, or the page being asked without its query string, with scheme and host."""
    request = context.get("request")
    return str(request.build_absolute_uri(path or request.path)) if request else str(path or "")


@register.filter
def card_templates(page: Page) -> list[str]:
    """The templates that may show *page* as a card, the package's own first."""
    meta = page._meta
    return [f"{meta.app_label}/cards/{meta.model_name}.html", "home/cards/page.html"]


@register.filter
def page_kind(page: Page) -> str:
    """« Billet », « Fiche de pratique »…: the type of *page* for people."""
    name = str(page.specific_class._meta.verbose_name if page.specific_class else page._meta.verbose_name)
    return name[:1].upper() + name[1:]
