"""Finding posts, in the words of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from typing import Any


class BlogPostQuerySet(PageQuerySet):
    def published(self) -> BlogPostQuerySet:
        """What everybody may read."""
        return self.live().public()

    def for_cards(self) -> BlogPostQuerySet:
        """With everything that a card shows, in a fixed number of queries."""
        return self.select_related("territory", "cover").prefetch_related(
            "author_links__author", "theme_links__theme", "cover__renditions"
        )

    def newest_first(self) -> BlogPostQuerySet:
        return self.order_by("-date", "-pk")


class BlogPostManager(PageManager.from_queryset(BlogPostQuerySet)):  # type: ignore[misc]
    """``BlogPostPage.objects``."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
