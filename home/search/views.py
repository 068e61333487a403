"""Search over everything public."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.search.answers import answer
from home.search.parsing import MAX_LENGTH
from home.search.query import Found

PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The public pages that answer ``?q=``, best first; those of the nearest spelling where none has every word."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]
    pages = Page.objects.live().public()
    given = answer(pages, text)
    found = given.found
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"query": text, "shown": given.shown, "answer": given, "found": found}
    context |= {"results": page, "total": page.paginator.count, **_results(page, found)}
    return render(request, "search/results.html", context)


def _results(page: ResultPage[Any], found: Found) -> dict[str, Any]:
    """Puts the pages in the place of their keys; which of them is the first with only some of the words."""
    keys = list(page.object_list)
    by_key = {result.pk: result for result in Page.objects.filter(pk__in=keys).specific()}
    page.object_list = [by_key[key] for key in keys]
    places = {result.get_territory_id() for result in page.object_list if hasattr(result, "get_territory_id")}
    titles = dict(Page.objects.live().public().filter(pk__in=places - {None}).values_list("pk", "title"))
    for result in page.object_list:
        result.found_in = titles.get(getattr(result, "get_territory_id", lambda: None)(), "")
    first_partial = next((key for key in found.keys[found.complete :] if key in keys), None)
    return {"first_partial": first_partial}
