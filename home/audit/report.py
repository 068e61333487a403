"""« Journal de sécurité »: the audit trail, for administrators, on the screen and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from home.audit.entries import AuditEntry
from home.delivery.spreadsheets import harmless
from home.people.accounts import User

TITLE = _("Journal de sécurité")


def may_read_the_trail(user: Any) -> bool:
    """Whether *user* looks after the accounts: administrators, and the account that may do everything."""
    return bool(user.has_perm("home.change_user"))


class AuditFilters(WagtailFilterSet):
    class Meta:
        model = AuditEntry
        fields: ClassVar = {"action": ["exact"], "at": ["date"]}


@dataclass(frozen=True)
class Line:
    """One entry, in words."""

    at: str
    action: str
    actor: str
    thing: str
    detail: str
    request_id: str


class AuditView(ReportView):
    page_title = TITLE
    header_icon = "lock"
    model = AuditEntry
    filterset_class = AuditFilters
    verbose_name_plural = _("entrées")
    index_url_name = "audit"
    index_results_url_name = "audit_results"
    paginate_by = 50
    headings: ClassVar = {
        "at": _("Quand"),
        "action": _("Quoi"),
        "actor": _("Qui"),
        "thing": _("Sur quoi"),
        "detail": _("Précision"),
        "request_id": _("Requête"),
    }
    columns: ClassVar = [Column(name, label=label) for name, label in headings.items()]
    export_headings: ClassVar = headings
    list_export: ClassVar = list(headings)
    custom_field_preprocess: ClassVar = {name: {"csv": harmless, "xlsx": force_str} for name in headings}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_the_trail(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_filename(self) -> str:
        return f"journal-de-securite-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> Any:
        return AuditEntry.objects.all()

    def decorate_paginated_queryset(self, object_list: Iterable[AuditEntry]) -> list[Line]:
        entries = list(object_list)
        people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
        return [
            Line(
                at=date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
                action=entry.get_action_display(),
                actor=_who(entry, people),
                thing=entry.thing,
                detail=entry.detail,
                request_id=entry.request_id,
            )
            for entry in entries
        ]

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list))


def _who(entry: AuditEntry, people: dict[int, User]) -> str:
    """The account as it is called today, or its number once it is gone."""
    if entry.actor_id is None:
        return gettext("personne, ou une commande")
    return str(people.get(entry.actor_id) or f"home.User#{entry.actor_id}")


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_the_trail(request.user)


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern]:
    return [
        path("reports/journal-de-securite/", AuditView.as_view(), name="audit"),
        path(
            "reports/journal-de-securite/resultats/",
            AuditView.as_view(results_only=True),
            name="audit_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    return AuditMenuItem(TITLE, reverse("audit"), name="audit", icon_name="lock", order=900)
