"""What is left of a name once rows are gone: in texts, their versions, addresses of pages, and the search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from home.people.renaming import LEFT_ALONE, Replacement, replace_everywhere
from home.search.models import Postings, Spelling
from home.search.stemming import fold
from home.search.terms import index_all_terms

NEW_ADDRESS = "ancienne-volontaire"
# Made again from what they index; written by nobody.
INDEXES = {"wagtailsearch", "contenttypes", "sessions"}
# Wagtail's index behind the searches of the admin, on SQLite.
WHOLE_AGAIN = "INSERT INTO wagtailsearch_indexentry_fts(wagtailsearch_indexentry_fts) VALUES ('optimize')"
OUR_INDEXES = {"home.Postings", "home.SearchText", "home.Spelling", "home.TermWord", "home.AuditEntry"}


def replace_names(names: Iterable[str], new: str) -> int:
    """Replace *names* and addresses, in any case, in every text of every model; return how many rows changed."""
    walked = [
        model
        for model in apps.get_models()
        if not model._meta.proxy
        and model._meta.app_label not in INDEXES
        and model._meta.label not in LEFT_ALONE | OUR_INDEXES
    ]
    return replace_everywhere(Replacement(names, new, ignore_case=True), walked)


def replace_addresses(names: Iterable[str]) -> int:
    """Give new addresses to the pages whose own holds a whole name; return how many. Old links to them break."""
    stems = sorted({slugify(name) for name in names} - {""})
    pages = [page for stem in stems for page in Page.objects.filter(slug__contains=stem)]
    for page in pages:
        _move(Page.objects.get(pk=page.pk), stems)
    for stem in stems:
        Redirect.objects.filter(
            models.Q(old_path__contains=stem) | models.Q(redirect_link__contains=stem)
        ).delete()
        for revision in Revision.objects.filter(content__icontains=stem):
            _rewrite(revision, "content", stems)
        for log in (PageLogEntry, ModelLogEntry):
            for entry in log.objects.filter(data__icontains=stem):
                _rewrite(entry, "data", stems)
    return len({page.pk for page in pages})


def delete_tags(names: Iterable[str]) -> None:
    """A tag that is somebody's name is no theme: under another name it would lead to nothing."""
    pattern = Replacement(names, "", ignore_case=True).pattern
    if pattern:
        Tag.objects.filter(pk__in=[tag.pk for tag in Tag.objects.all() if pattern.search(tag.name)]).delete()


def forget_in_search(names: Iterable[str]) -> None:
    """Lead from no part of *names* to a term, nor propose one to somebody who mistypes, unless a text still says it."""
    index_all_terms()
    folded = {fold(word) for name in names for word in re.findall(r"\w+", name)}
    for spelling in Spelling.objects.filter(folded__in=folded):
        if not Postings.objects.filter(key=spelling.key).exists():
            spelling.delete()
    _rewrite_full_text_index()


def _rewrite_full_text_index() -> None:
    """SQLite keeps the words of deleted rows in its index until it happens to merge the parts they stand in."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(WHOLE_AGAIN)


def _move(page: Page, stems: list[str]) -> None:
    """Past ``save``, which would have the old address lead to the new one: the old one is what has to go."""
    old, slug = page.url_path, _free(page, _replaced(page.slug, stems))
    new = f"{old[: -len(page.slug) - 1]}{slug}/"
    page._update_descendant_url_paths(old, new)
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=new)


def _rewrite(row: Any, name: str, stems: list[str]) -> None:
    content = json.loads(_replaced(json.dumps(getattr(row, name)), stems))
    type(row)._base_manager.filter(pk=row.pk).update(**{name: content})


def _replaced(text: str, stems: list[str]) -> str:
    for stem in stems:
        text = re.sub(rf"(?<![a-z0-9]){re.escape(stem)}(?![a-z0-9])", NEW_ADDRESS, text)
    return text


def _free(page: Page, slug: str) -> str:
    """*slug*, with a number when a sibling has it."""
    siblings = set(page.get_siblings(inclusive=False).values_list("slug", flat=True))
    candidates = [slug, *(f"{slug}-{number}" for number in range(2, len(siblings) + 3))]
    return next(candidate for candidate in candidates if candidate not in siblings)
