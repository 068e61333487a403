"""What a list of pages found by words shows of each of them."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from home.pages.base import BasePage
from home.search import extracts

register = template.Library()


@register.filter
def extract(page: BasePage, typed: str) -> SafeString:
    """The sentences of *page* that answer *typed*, with the words marked; its introduction where none does."""
    return extracts.extract(page, typed)


@register.filter
def marked(text: str, typed: str) -> SafeString:
    """*text* with the words of *typed* marked."""
    return extracts.marked(text, typed)
