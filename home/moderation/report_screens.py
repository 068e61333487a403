"""What readers reported, in the admin: the list, and one report with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from home.moderation import queue
from home.moderation.complaints import ContentReport
from home.moderation.editor_views import EditorsMenuItem, ForEditors
from home.moderation.permissions import is_editor
from home.moderation.right_of_reply import TooLateError, handle, may_handle
from home.people.accounts import User

TITLE = _("Signalements")
MENU_HOOK = "register_requests_menu_item"  # ``() -> MenuItem``, for what else comes from outside
SHOWN = 50  # of those that are handled


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("Ce qui a été fait"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites ce qui a été fait, ou pourquoi il n’y avait rien à faire.")},
        help_text=_("Pour les autres qui modèrent. La personne qui a signalé ne le lit pas."),
    )


if TYPE_CHECKING:  # Django's own class can't be subscripted
    OutcomeFormView = FormView[OutcomeForm]
else:
    OutcomeFormView = FormView


class ReportsView(ForEditors, TemplateView):
    template_name = "moderation/reports.html"
    page_title = TITLE
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports = ContentReport.objects.select_related("page", "handled_by")
        return {
            **super().get_context_data(**kwargs),
            "waiting": reports.waiting(),
            "handled": reports.exclude(handled_at=None).order_by("-handled_at")[:SHOWN],
        }


class ReportView(ForEditors, OutcomeFormView):
    template_name = "moderation/report.html"
    page_title = _("Signalement")
    header_icon = "warning"
    form_class = OutcomeForm
    parents = ((reverse_lazy("content_reports"), TITLE),)

    @cached_property
    def report(self) -> ContentReport:
        reports = ContentReport.objects.select_related("page", "handled_by")
        return get_object_or_404(reports, pk=self.kwargs["report_id"])

    def form_valid(self, form: OutcomeForm) -> HttpResponse:
        try:
            handle(self.report, self.editor, form.cleaned_data["outcome"])
        except TooLateError as late:
            messages.warning(self.request, str(late))
            return redirect("content_report", self.report.pk)
        messages.success(self.request, _("Le signalement est traité."))
        return redirect("content_reports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.report.page and self.report.page.specific
        rights = page.permissions_for_user(self.editor) if page else None
        return {
            **super().get_context_data(**kwargs),
            "report": self.report,
            "page": page,
            "reply": getattr(self.report, "reply", None),
            "may_handle": may_handle(self.report, self.editor),
            "can_edit": bool(rights and rights.can_edit()),
            "can_unpublish": bool(rights and rights.can_unpublish()),
        }


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("signalements/", ReportsView.as_view(), name="content_reports"),
        path("signalements/<int:report_id>/", ReportView.as_view(), name="content_report"),
    ]


@hooks.register("register_admin_menu_item")
def requests_in_sidebar() -> MenuItem:
    items = [
        EditorsMenuItem(TITLE, reverse("content_reports"), icon_name="warning", order=1),
        EditorsMenuItem(_("Droits de réponse"), reverse("rights_of_reply"), icon_name="openquote", order=2),
    ]
    menu = Menu(register_hook_name=MENU_HOOK, items=items)
    return SubmenuMenuItem(_("Demandes"), menu, name="requests", icon_name="mail", order=650)


@hooks.register(queue.HOOK)
def reports_in_queue(user: User) -> list[queue.QueueItem]:
    if not is_editor(user):
        return []
    return [
        queue.QueueItem(
            kind=gettext("Signalement"),
            title=f"{report.get_kind_display()} · {report.page or report.address or gettext('sans page')}",
            url=reverse("content_report", args=[report.pk]),
            since=report.created_at,
            due=report.due_at,
        )
        for report in ContentReport.objects.waiting().select_related("page")
    ]
