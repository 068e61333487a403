"""« Liens morts »: for those who look after everybody's texts, on the screen and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from home.delivery.spreadsheets import harmless
from home.moderation.editor_views import EditorsMenuItem
from home.moderation.permissions import is_editor
from practices.freshness.links import LinkCheck, LinkCheckQuerySet

TITLE = _("Liens morts")


@dataclass(frozen=True)
class DeadLink:
    """One page with one link: a line of the list and of its exports."""

    page: str
    url: str
    link: str
    since: str
    status: str


def answer(link: LinkCheck) -> str:
    """What the server said, in words."""
    if link.status is None:
        return gettext("pas de réponse")
    known = {404: gettext("page introuvable (404)"), 410: gettext("page supprimée (410)")}
    return known.get(link.status, gettext("erreur %(status)s") % {"status": link.status})


class DeadLinksView(ReportView):
    page_title = TITLE
    header_icon = "link"
    verbose_name_plural = _("liens morts")
    index_url_name = "dead_links"
    index_results_url_name = "dead_links_results"
    columns: ClassVar = [
        TitleColumn("page", label=_("Page"), get_url=lambda row: row.url),
        Column("link", label=_("Lien")),
        Column("status", label=_("Réponse")),
        Column("since", label=_("Depuis")),
    ]
    export_headings: ClassVar = {
        "page": _("Page"),
        "link": _("Lien"),
        "status": _("Réponse"),
        "since": _("Depuis"),
    }
    list_export: ClassVar = list(export_headings)
    custom_field_preprocess: ClassVar = {
        name: {"csv": harmless, "xlsx": force_str} for name in export_headings
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_editor(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_filename(self) -> str:
        return f"liens-morts-{timezone.localdate():%Y-%m-%d}"

    def get_queryset(self) -> LinkCheckQuerySet:
        public = Prefetch("pages", Page.objects.live().public().order_by("title"))
        return LinkCheck.objects.dead().prefetch_related(public).order_by("failed_since", "pk")

    def decorate_paginated_queryset(self, object_list: Iterable[LinkCheck]) -> list[DeadLink]:
        return [
            DeadLink(
                page=page.title,
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                link=link.url,
                since=date_format(timezone.localtime(link.failed_since), "SHORT_DATE_FORMAT")
                if link.failed_since
                else "",
                status=answer(link),
            )
            for link in object_list
            for page in link.pages.all()
        ]

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list))


@hooks.register("register_admin_urls")
def dead_links_urls() -> list[URLPattern]:
    return [
        path("reports/liens-morts/", DeadLinksView.as_view(), name="dead_links"),
        path(
            "reports/liens-morts/resultats/",
            DeadLinksView.as_view(results_only=True),
            name="dead_links_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def dead_links_menu_item() -> MenuItem:
    return EditorsMenuItem(TITLE, reverse("dead_links"), name="dead-links", icon_name="link", order=660)
