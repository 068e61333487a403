"""Rich text as it is shown: what the editor may write, and nothing else, whatever stands in the database (ADR 0028).

The editor's features are checked when a text is saved. A text also comes by import, by a restored backup, by an older
editor or by somebody's own request: it is cleaned again each time it is shown, by the template that Wagtail renders
every rich text with (``wagtailcore/shared/richtext.html``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

# What « bold », « italic », lists and links are made of.
TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}
SCHEMES = {"http", "https", "mailto", "tel"}
NUMBER = re.compile(r"[0-9]{1,18}")  # what a key of a database can be
ELSEWHERE = "external noopener"

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    tag_attribute_values={"a": {"rel": {ELSEWHERE}}},
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags={"script", "style", "iframe", "object", "template", "svg", "math"},
)


@lru_cache(maxsize=512)  # the same paragraphs are shown again and again
def cleaned(html: str) -> SafeString:
    """*html* with the tags, the attributes and the addresses that a text may have."""
    return mark_safe(_cleaner.clean(html))  # noqa: S308  # that is what it is for


class LinkElsewhere(LinkHandler):
    """A link to another site says so, and gives it no hand on the window that it was opened from.

    Not « nofollow »: whoever wrote it, somebody has read the text and followed its links before it was published.
    """

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return format_html('<a href="{}" rel="{}">', attrs.get("href", ""), ELSEWHERE)


class ByNumber(LinkHandler):
    """Looks up what has a number; anything else that calls itself one leads nowhere, rather than to an error."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        named = [str(attrs.get("id", "")) for attrs in attrs_list]
        found: list[Any] = super().get_many([{"id": one if NUMBER.fullmatch(one) else "0"} for one in named])
        return found


class LinkToPage(ByNumber, PageLinkHandler):
    pass


class LinkToDocument(ByNumber, DocumentLinkHandler):
    pass


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own, whose places these take
def only_links(features: FeatureRegistry) -> None:
    """A text has links and no embed: none that could fail, none for which another server would be asked."""
    for handler in (LinkElsewhere, LinkToPage, LinkToDocument):
        features.register_link_type(handler)
    features.embed_types.clear()
