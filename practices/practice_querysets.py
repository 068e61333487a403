"""Finding sheets, in the words of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from typing import Any


class PracticeQuerySet(PageQuerySet):
    def published(self) -> PracticeQuerySet:
        """What everybody may read."""
        return self.live().public()

    def for_cards(self) -> PracticeQuerySet:
        """With everything that a card shows, in a fixed number of queries."""
        return self.select_related("territory", "practice_type", "cover").prefetch_related(
            "theme_links__theme", "cover__renditions"
        )

    def newest_first(self) -> PracticeQuerySet:
        return self.order_by("-first_published_at", "-pk")


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):  # type: ignore[misc]
    """``PracticePage.objects``, in the order of the tree like every page manager."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
