"""Two people never change one page at the same moment: the second waits for the first, and sees what it did.

Wagtail's views read the page, then save all its columns: a text saved while it is being approved would take it off the
site again, or lose its own version. Here every POST of the admin that names a page holds that page's row from before
the view reads it until its changes are written (with SQLite: the one writer's turn).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from wagtail.models import Page

from home.moderation.discretion import page_ids

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def one_at_a_time(get_response: GetResponse) -> GetResponse:
    """Has to be the last middleware: what it holds is held while the view runs."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        named = _changed_pages(request)
        if not named:
            return get_response(request)
        with transaction.atomic():
            # In one order, so that two requests about the same pages never wait for each other.
            list(Page.objects.select_for_update().filter(pk__in=named).order_by("pk").values_list("pk"))
            response = get_response(request)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            return response

    return middleware


def _changed_pages(request: HttpRequest) -> set[int]:
    """Primary keys of the pages that *request* may change; none for one that only reads."""
    if request.method != "POST" or not request.path_info.startswith("/admin/"):
        return set()
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return set()
    match = request.resolver_match
    return page_ids(request, match.args, match.kwargs) | _pages_at_once(request, match.kwargs)


def _pages_at_once(request: HttpRequest, kwargs: dict[str, Any]) -> set[int]:
    """The pages that an action on several of them names; « all of the list » is too many to hold."""
    if kwargs.get("app_label") != "wagtailcore" or kwargs.get("model_name") != "page":
        return set()
    return {int(key) for key in request.GET.getlist("id") if key.isdecimal()}
