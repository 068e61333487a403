"""The middleware that keeps others' drafts out of every admin view that names a page in its address.

Wagtail checks most of them; some (page chooser, bulk actions, usage…) show a title before they check. Here a view
that appears with the next version is covered as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.auth import permission_denied

from home.moderation.permissions import is_editor
from home.moderation.visibility import may_know

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
# Reports list every page of the site: they are for those who look after all of them.
EDITORS_NAMESPACES = ("wagtailadmin_reports",)


class DiscretionMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse in Wagtail's own words what the person may not know of; ``None`` lets the view answer."""
        user: Any = request.user
        if not request.path.startswith("/admin/") or not user.is_authenticated or is_editor(user):
            return None
        if self._is_for_editors(request) or not may_know(user, page_ids(request, args, kwargs)):
            response: HttpResponseBase = permission_denied(request)
            return response
        return None

    @staticmethod
    def _is_for_editors(request: HttpRequest) -> bool:
        """Reports, and bulk actions on pages, which name the draft of every page they are given."""
        match = request.resolver_match
        if match is None:
            return False
        bulk = match.url_name == "wagtail_bulk_action" and match.kwargs["model_name"] == "page"
        return bulk or any(namespace in EDITORS_NAMESPACES for namespace in match.namespaces)


def page_ids(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> set[int]:
    """The primary keys of pages that the address of *request* names."""
    names = [kwargs[name] for name in PAGE_ARGUMENTS if name in kwargs]
    match = request.resolver_match
    if match and match.url_name == "revisions_compare":
        names += args[:1]
    if match and match.url_name == "ping" and kwargs.get("model_name") == "page":
        names.append(kwargs.get("object_id"))
    if match and match.url_name == CHOSEN:
        names += request.GET.getlist("id")
    return {int(name) for name in names if str(name).isdecimal()}
