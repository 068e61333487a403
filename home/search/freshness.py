"""When pages are indexed: once a save has written the page and its rows, when a page is deleted, after a migration."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.db.models.signals import pre_delete
from wagtail.models import Page
from wagtail.search import index, signal_handlers

from home.search.models import Postings, SearchText, Spelling, TermWord
from home.search.terms import index_all_terms, registered


def index_again(page: Page) -> None:
    """Bring the indexes up to date with what the database holds of *page*, as Wagtail's own signal does."""
    signal_handlers.post_save_signal_handler(page)


def forget(instance: Model, **kwargs: Any) -> None:
    index.remove_object(instance)


def connect() -> None:
    """Called once, when the apps are ready: pages that Wagtail does not follow by itself leave the index with us."""
    for model in index.get_indexed_models():
        if not getattr(model, "search_auto_update", True):
            # Before, because what the index knows of a page goes with it.
            pre_delete.connect(forget, sender=model, dispatch_uid="home.search.forget")


def catch_up(**kwargs: Any) -> None:
    """Index the terms that migrations planted, and every page where none is indexed yet.

    Does nothing while migrations are on their way back and a table is missing.
    """
    models: list[type[Model]] = [
        Postings,
        SearchText,
        Spelling,
        TermWord,
        *registered(),
        *index.get_indexed_models(),
    ]
    needed = {model._meta.db_table for model in models}
    if needed <= set(connection.introspection.table_names()):
        index_all_terms()
        if not SearchText.objects.exists():
            call_command("update_index", verbosity=0)
