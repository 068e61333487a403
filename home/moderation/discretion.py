"""The middleware that keeps others' drafts out of every admin view that names a page or a file in its address.

Wagtail checks most of them; some (page chooser, bulk actions, usage…) show a title before they check. Here a view
that appears with the next version is covered as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.auth import permission_denied

from home.media.models import Document, Image
from home.media.visibility import FileModel, may_know_files
from home.moderation.permissions import is_editor
from home.moderation.visibility import may_know

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
FILE_ARGUMENTS: dict[str, FileModel] = {"image_id": Image, "document_id": Document, "doc_id": Document}
# Where the argument of an address is called « pk », whatever it is the key of.
FILE_NAMESPACES: dict[str, FileModel] = {
    "wagtailimages_chooser": Image,
    "wagtaildocs_chooser": Document,
    "images": Image,
    "documents": Document,
}
# Reports list every page of the site, and the list of tags every tag of a draft: they are for those who look
# after all of them.
EDITORS_NAMESPACES = ("wagtailadmin_reports", "wagtailsnippetchoosers_taggit_tag")


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
        if self._is_for_editors(request) or not self._may_know_all(request, args, kwargs):
            response: HttpResponseBase = permission_denied(request)
            return response
        return None

    @staticmethod
    def _may_know_all(request: HttpRequest, args: Any, kwargs: dict[str, Any]) -> bool:
        user: Any = request.user
        files = file_ids(request, kwargs)
        return may_know(user, page_ids(request, args, kwargs)) and all(
            may_know_files(user, model, keys) for model, keys in files.items()
        )

    @staticmethod
    def _is_for_editors(request: HttpRequest) -> bool:
        """Reports, and bulk actions but on files: they name whatever they are given before they check a right."""
        match = request.resolver_match
        if match is None:
            return False
        files = {model._meta.model_name for model in FILE_ARGUMENTS.values()}
        bulk = match.url_name == "wagtail_bulk_action" and match.kwargs["model_name"] not in files
        return bulk or any(namespace in EDITORS_NAMESPACES for namespace in match.namespaces)


def page_ids(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> set[int]:
    """The primary keys of pages that the address of *request* names."""
    names = [kwargs[name] for name in PAGE_ARGUMENTS if name in kwargs]
    names += args[:1]  # an address with nameless arguments compares versions of the page that comes first
    match = request.resolver_match
    if match and match.url_name == "ping" and kwargs.get("model_name") == "page":
        names.append(kwargs.get("object_id"))
    if match and match.url_name == CHOSEN:
        names += request.GET.getlist("id")
    return {int(name) for name in names if str(name).isdecimal()}


def file_ids(request: HttpRequest, kwargs: dict[str, Any]) -> dict[FileModel, set[int]]:
    """The primary keys of images and documents that the address of *request* names."""
    named = [(model, kwargs[name]) for name, model in FILE_ARGUMENTS.items() if name in kwargs]
    match = request.resolver_match
    if match and "pk" in kwargs:
        named += [
            (model, kwargs["pk"]) for name, model in FILE_NAMESPACES.items() if name in match.namespaces
        ]
    if match and match.url_name == "wagtail_bulk_action":
        models = {model._meta.model_name: model for model in FILE_ARGUMENTS.values()}
        if model := models.get(kwargs["model_name"]):
            named += [(model, key) for key in request.GET.getlist("id")]
    found: dict[FileModel, set[int]] = {}
    for model, key in named:
        if str(key).isdecimal():
            found.setdefault(model, set()).add(int(key))
    return found
