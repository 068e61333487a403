"""How good the search is, and how good Wagtail's own would be over the same texts: recall@10 and nDCG@10.

The stock search is what a Wagtail site gets without doing anything more: ``.search()`` on pages whose title weighs
more than their texts, which the database cuts into words itself. It is given everything that stands on a page.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tests.seeded.search_quality import NDCG, RECALL, Quality, quality


@dataclass
class SearchMeasure:
    """The stock search has no limits to keep; ours has."""

    name: str
    recall: float
    ndcg: float
    promised: bool

    @property
    def kept(self) -> bool:
        return not self.promised or (self.recall >= RECALL and self.ndcg >= NDCG)

    def facts(self) -> dict[str, Any]:
        return {**asdict(self), "kept": self.kept}


def search_measures() -> list[SearchMeasure]:
    """Both searches over the demonstration's sheets and posts. Call it before others are generated."""
    return [
        _measure("recherche ordinaire de Wagtail", quality(_stock), promised=False),
        _measure("recherche du site", quality(_ours), promised=True),
    ]


def _measure(name: str, found: Quality, *, promised: bool) -> SearchMeasure:
    return SearchMeasure(name, round(found.recall, 3), round(found.ndcg, 3), promised)


def _stock(text: str) -> list[str]:
    slugs = _slugs()
    return [slugs[page.pk] for page in _public().search(text) if page.pk in slugs]


def _ours(text: str) -> list[str]:
    from home.search.answers import search_pages  # noqa: PLC0415  (once Django is set up)

    slugs = _slugs()
    return [slugs[pk] for pk in search_pages(_public(), text) if pk in slugs]


def _public() -> Any:
    from wagtail.models import Page  # noqa: PLC0415

    return Page.objects.live().public()


def _slugs() -> dict[int, str]:
    """The slugs of the sheets and posts, by primary key."""
    from blog.models import BlogPostPage  # noqa: PLC0415
    from practices.models import PracticePage  # noqa: PLC0415

    return dict(_public().type(PracticePage, BlogPostPage).values_list("pk", "slug"))
