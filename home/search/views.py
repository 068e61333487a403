"""Search over everything public."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.search.query import search_pages

PER_PAGE = 10
MAX_LENGTH = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The public pages that hold all words of ``?q=``, best first."""
    text = request.GET.get("q", "").strip()[:MAX_LENGTH]
    found = search_pages(Page.objects.live().public(), text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {result.pk: result for result in Page.objects.filter(pk__in=page.object_list).specific()}
    page.object_list = [shown[key] for key in page.object_list]
    return render(
        request, "search/results.html", {"query": text, "results": page, "total": page.paginator.count}
    )
