"""« Propositions » in the admin: the list, and one of them with what to do about it."""

from __future__ import annotations

from dataclasses import replace
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
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from home.moderation import queue
from home.moderation.editor_views import EditorsMenuItem, ForEditors
from home.moderation.permissions import is_editor
from home.moderation.report_screens import MENU_HOOK
from home.moderation.right_of_reply import TooLateError
from home.moderation.scanner import Finding, findings, scan
from home.people.accounts import User
from practices.proposals.changes import Change, as_text
from practices.proposals.decisions import adopt, dismiss, proposed_changes
from practices.proposals.forms import ALL_NAMES
from practices.proposals.proposal import Proposal

TITLE = _("Propositions")
SHOWN = 50  # of those that are decided


class DismissalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi l’écarter ?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites pourquoi : la personne a pris le temps d’écrire.")},
        help_text=_("La personne qui a proposé reçoit ce message par courriel."),
    )


if TYPE_CHECKING:  # Django's own class can't be subscripted
    DismissalFormView = FormView[DismissalForm]
else:
    DismissalFormView = FormView


class ProposalsView(ForEditors, TemplateView):
    template_name = "practices/proposals/admin/list.html"
    page_title = TITLE
    header_icon = "doc-empty-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposals = Proposal.objects.select_related("sheet", "decided_by")
        return {
            **super().get_context_data(**kwargs),
            "waiting": proposals.waiting(),
            "decided": proposals.exclude(decided_at=None).order_by("-decided_at")[:SHOWN],
        }


class ProposalView(ForEditors, DismissalFormView):
    """« En faire un brouillon » and « Écarter »; a GET changes nothing."""

    template_name = "practices/proposals/admin/one.html"
    page_title = _("Proposition")
    header_icon = "doc-empty-inverse"
    form_class = DismissalForm
    parents = ((reverse_lazy("proposals"), TITLE),)

    @cached_property
    def proposal(self) -> Proposal:
        proposals = Proposal.objects.exclude(handed_over_at=None).select_related(
            "sheet", "draft", "decided_by"
        )
        return get_object_or_404(proposals, pk=self.kwargs["proposal_id"])

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "adopt" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            page = adopt(self.proposal, self.editor)
        except TooLateError as late:
            return self._too_late(late)
        messages.success(request, _("C’est un brouillon à votre nom. Complétez-le, puis soumettez-le."))
        return redirect("wagtailadmin_pages:edit", page.pk)

    def form_valid(self, form: DismissalForm) -> HttpResponse:
        try:
            dismiss(self.proposal, self.editor, form.cleaned_data["reason"])
        except TooLateError as late:
            return self._too_late(late)
        messages.success(self.request, _("La proposition est écartée. La personne reçoit votre message."))
        return redirect("proposals")

    def _too_late(self, late: TooLateError) -> HttpResponse:
        messages.warning(self.request, str(late))
        return redirect("proposals")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = proposed_changes(self.proposal)
        draft = self.proposal.draft
        return {
            **super().get_context_data(**kwargs),
            "proposal": self.proposal,
            "changes": changes,
            "overtaken": sum(change.is_overtaken for change in changes),
            "answers": "" if self.proposal.is_correction else as_text(self.proposal.content, ALL_NAMES),
            "findings": self._findings(changes),
            "draft": draft and draft.specific,
        }

    def _findings(self, changes: list[Change]) -> list[Finding]:
        """What in the proposal may lead to a person."""
        if self.proposal.draft and not self.proposal.is_correction:
            return findings(self.proposal.draft.specific.get_latest_revision_as_object())
        texts = [(change.label, change.said_after) for change in changes]
        texts.append((gettext("Mot à la modération"), str(self.proposal.content.get("note", ""))))
        return [replace(found, place=place) for place, text in texts for found in scan(text)]


@hooks.register("register_admin_urls")
def proposal_urls() -> list[URLPattern]:
    return [
        path("propositions/", ProposalsView.as_view(), name="proposals"),
        path("propositions/<int:proposal_id>/", ProposalView.as_view(), name="proposal"),
    ]


@hooks.register(MENU_HOOK)
def proposals_in_sidebar() -> MenuItem:
    return EditorsMenuItem(TITLE, reverse("proposals"), icon_name="doc-empty-inverse", order=3)


@hooks.register(queue.HOOK)
def proposals_in_queue(user: User) -> list[queue.QueueItem]:
    if not is_editor(user):
        return []
    waiting = Proposal.objects.waiting().select_related("sheet")
    return [
        queue.QueueItem(
            kind=proposal.kind,
            title=proposal.title,
            url=reverse("proposal", args=[proposal.pk]),
            since=proposal.handed_over_at,
        )
        for proposal in waiting
        if proposal.handed_over_at
    ]


@hooks.register("register_log_actions")
def register_adoption(actions: LogActionRegistry) -> None:
    @actions.register_action("practices.proposal_adopted")
    class Adopted(LogFormatter):
        label = _("Reprendre une proposition")
        message = _("A repris une proposition venue de l’extérieur")
