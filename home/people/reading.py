"""Before and after a mission: one's own texts to read, and a word on the first screen that says why not to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.people.access import reason_to_wait
from home.people.accounts import SignedInRequest

GetResponse = Callable[[HttpRequest], HttpResponseBase]
EDITOR = "wagtailadmin_pages:edit"


class ReadInsteadOfEditing:
    """Sends whoever opens the editor on their own text outside a mission to a screen where they can read it.

    Lists and mails lead to the editor; « vous n’avez pas accès » would be no answer to somebody who wrote the text.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match, user = request.resolver_match, request.user
        if match is None or match.view_name != EDITOR or request.method != "GET" or not user.is_authenticated:
            return None
        is_own = Page.objects.filter(pk=kwargs["page_id"], owner=user).exists()
        return redirect("own_text", kwargs["page_id"]) if is_own and not user.writes_now() else None


class OfOwnPage:
    """Finds a page of the person who asks; 404 for anybody else's."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def own_page(self) -> Page:
        found: Page = get_object_or_404(Page, pk=self.kwargs["page_id"], owner=self.request.user)
        return found


class OwnTextView(OfOwnPage, WagtailAdminTemplateMixin, TemplateView):
    template_name = "people/own_text.html"
    page_title = _("Lire mon texte")
    header_icon = "doc-empty"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        page = self.own_page()
        return {**super().get_context_data(**kwargs), "page": page, "reason": reason_to_wait(user)}


class OwnTextPreview(OfOwnPage, View):
    """The newest version as readers would see it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = self.own_page().get_latest_revision_as_object()
        response: HttpResponse = text.make_preview_request(request, text.default_preview_mode)
        return response


class AccessPanel(Component):
    """Says why the person can't write today, and since when. Nothing when they can."""

    name = "access"
    template_name = "people/access_panel.html"
    order = 50

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"reason": self.reason}


@hooks.register("register_admin_urls")
def reading_urls() -> list[URLPattern]:
    return [
        path("mes-textes/<int:page_id>/", OwnTextView.as_view(), name="own_text"),
        path("mes-textes/<int:page_id>/apercu/", OwnTextPreview.as_view(), name="own_text_preview"),
    ]


@hooks.register(
    "construct_homepage_panels", order=100
)  # after the panels of home.admin.dashboard, in front of them
def say_why_not_to_write(request: SignedInRequest, panels: list[Component]) -> None:
    if reason := reason_to_wait(request.user):
        panels.insert(0, AccessPanel(reason))
