"""« Fiches à vérifier » in the admin: a panel on the first screen, the list, one sheet, and the click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from home.admin.dashboard import OwnTextsPanel, RequestPanel
from home.moderation.permissions import is_editor
from home.people.accounts import SignedInRequest, User
from practices.freshness.checks import CheckRefusedError, check
from practices.freshness.due import due_for, may_check
from practices.freshness.links import LinkCheck
from practices.models import PracticePage

TITLE = _("Fiches à vérifier")
SHOWN = 5  # on the first screen
PER_PAGE = 25


class DuePanel(RequestPanel):
    """The sheets that this person may say « toujours exact » of; nothing for who has none."""

    name = "due_sheets"
    template_name = "practices/freshness/panel.html"
    order = OwnTextsPanel.order + 2

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        due = due_for(self.user)
        return {
            "sheets": due.select_related("territory")[:SHOWN],
            "total": due.count(),
            "csrf_token": get_token(self.request),
            "dead_links": dead_links_shown_to(self.user),
        }


def dead_links_shown_to(user: User) -> int:
    """How many links of public pages are dead, for those who look after all of them."""
    return LinkCheck.objects.dead().count() if is_editor(user) else 0


class DueSheetsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "practices/freshness/due.html"
    page_title = TITLE
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        sheets = Paginator(due_for(user).select_related("territory"), PER_PAGE)
        page = sheets.get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "sheets": page, "total": sheets.count}


class CheckSheetView(WagtailAdminTemplateMixin, TemplateView):
    """What the mail leads to: the sheet's facts, its sources to open, and the button. Any day, not only when due."""

    template_name = "practices/freshness/check.html"
    page_title = _("Toujours exacte ?")
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        self.sheet = get_object_or_404(PracticePage, pk=kwargs["page_id"], live=True)
        if not may_check(user, self.sheet):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            made = check(self.sheet, request.user)
        except CheckRefusedError as refused:
            messages.warning(request, str(refused))
            return redirect("wagtailadmin_home" if request.user.author() else "author_profile")
        words = gettext("« %(title)s » : vérifiée aujourd’hui par %(name)s. La fiche le dit.")
        messages.success(request, words % {"title": self.sheet.title, "name": made.checked_by})
        return redirect("due_sheets" if due_for(request.user).exists() else "wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [{"url": reverse("due_sheets"), "label": TITLE}, {"url": "", "label": self.sheet.title}]
        return [*super().get_breadcrumbs_items(), *steps]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "sheet": self.sheet,
            "sources": self.sheet.sources.all(),
            "can_edit": self.sheet.permissions_for_user(user).can_edit(),
        }


@hooks.register("register_admin_urls")
def freshness_urls() -> list[URLPattern]:
    return [
        path("fiches-a-verifier/", DueSheetsView.as_view(), name="due_sheets"),
        path("fiches-a-verifier/<int:page_id>/", CheckSheetView.as_view(), name="check_sheet"),
    ]


@hooks.register("construct_homepage_panels", order=50)  # after the panels of home.admin.dashboard
def due_sheets_on_the_dashboard(request: SignedInRequest, panels: list[Component]) -> None:
    if due_for(request.user).exists() or dead_links_shown_to(request.user):
        panels.append(DuePanel(request))


@hooks.register("register_page_header_buttons")
def check_button(
    page: Page, user: User, next_url: str | None = None, view_name: str = "", **kwargs: Any
) -> Iterator[Button]:
    """Beside the other things one does with a sheet, for those who answer for it."""
    sheet = page.specific_deferred
    if isinstance(sheet, PracticePage) and may_check(user, sheet):
        address = reverse("check_sheet", args=[sheet.pk])
        yield Button(_("Toujours exacte ?"), address, icon_name="date", priority=75)


@hooks.register("register_log_actions")
def register_check(actions: LogActionRegistry) -> None:
    @actions.register_action("practices.sheet_checked")
    class Checked(LogFormatter):
        label = _("Vérifier une fiche")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Vérifiée : toujours exacte, dit %(name)s") % {
                "name": log_entry.data.get("byline", "")
            }
