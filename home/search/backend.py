"""The search index of the public site, filled through Wagtail's own seam.

As one of ``WAGTAILSEARCH_BACKENDS`` it hears of every page that is saved, published, withdrawn or deleted, and
``manage.py update_index`` builds it anew. It is asked through ``home.search.query``, not through ``.search()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page
from wagtail.search.backends.base import BaseIndex, BaseSearchBackend

from home.search import postings, vocabulary
from home.search.indexing import page_entry
from home.search.terms import index_all_terms

if TYPE_CHECKING:
    from collections.abc import Iterable


class FrenchIndex(BaseIndex):
    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Index the pages among *items* that are live, forget those that are not."""
        pages = [item for item in items if hasattr(item, "search_terms")]
        entries = [page_entry(page) for page in pages if page.live]
        postings.write(entries)
        vocabulary.keep(word for entry in entries for word in entry.words.values())
        postings.forget([page.pk for page in pages if not page.live])

    def delete_item(self, item: Model) -> None:
        if isinstance(item, Page):
            postings.forget([item.pk])

    def reset(self) -> None:
        postings.forget_everything()


class FrenchRebuilder:
    """Builds the index anew in one transaction: readers find the old one until the new one is whole."""

    def __init__(self, index: FrenchIndex) -> None:
        self.index = index
        self.transaction = transaction.atomic()

    def start(self) -> FrenchIndex:
        self.transaction.__enter__()
        self.index.reset()
        return self.index

    def finish(self) -> None:
        index_all_terms()
        self.transaction.__exit__(None, None, None)


class FrenchSearchBackend(BaseSearchBackend):
    index_class = FrenchIndex
    rebuilder_class = FrenchRebuilder


SearchBackend = FrenchSearchBackend
