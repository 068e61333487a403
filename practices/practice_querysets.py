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
        return self.select_related("territory", "cover").prefetch_related(
            "theme_links__theme", "cover__renditions"
        )

    def for_export(self) -> PracticeQuerySet:
        """With everything that a file to take away holds."""
        return self._with_rows("tagged_items__tag", "sources", "transfers")

    def for_comparison(self) -> PracticeQuerySet:
        """With everything that stands side by side."""
        return self._with_rows("sources", "results", "building_blocks")

    def _with_rows(self, *rows: str) -> PracticeQuerySet:
        # No ``Prefetch`` with a queryset of its own: modelcluster's managers would forget whose rows they hold.
        bare = self.select_related(None).prefetch_related(None).select_related("territory", "practice_type")
        return bare.prefetch_related(
            "theme_links__theme", "theme_links__subtheme", "public_links__public", "actors__actor_type", *rows
        )

    def newest_first(self) -> PracticeQuerySet:
        return self.order_by("-first_published_at", "-pk")


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):  # type: ignore[misc]
    """``PracticePage.objects``, in the order of the tree like every page manager."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
