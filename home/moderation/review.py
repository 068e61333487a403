"""One screen to review a text: the text as readers will see it, and the two answers.

A référent·e gives the territory's view without any right to rewrite, hence without the editor.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from home.moderation.models import ReviewTask, refusal

DONE = {
    "approve": _("« %(title)s » est approuvé."),
    "reject": _(
        "Des changements sont demandés pour « %(title)s ». La personne qui l’a soumis reçoit votre message."
    ),
}


class DecisionForm(forms.Form):
    comment = forms.CharField(
        label=_("Votre message"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("La personne qui a soumis le texte le reçoit par courrier. Il reste dans l’historique."),
    )
    decision = forms.ChoiceField(
        choices=[("approve", _("Approuver")), ("reject", _("Demander des changements"))]
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "reject" and not cleaned.get("comment", "").strip():
            raise ValidationError(
                {"comment": _("Dites ce qu’il faut changer : un refus sans raison n’aide personne.")}
            )
        return cleaned


class ReviewView(WagtailAdminTemplateMixin, FormView):
    template_name = "moderation/review.html"
    page_title = _("Relire")
    header_icon = "glasses"
    form_class = DecisionForm
    page: Page
    task_state: TaskState

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        self.task_state = self.page.current_workflow_task_state
        if self.task_state is None:
            messages.info(
                request, _("Ce texte n’attend pas de relecture : quelqu’un s’en est peut-être déjà occupé.")
            )
            return redirect("wagtailadmin_home")
        if not isinstance(self.task, ReviewTask) or not self.task.is_reviewer(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def task(self) -> Any:
        return self.task_state.task.specific

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        decision, user = form.cleaned_data["decision"], self.request.user
        if decision == "approve" and (reason := refusal(self.page, user)):
            form.add_error(None, reason)
            return self.form_invalid(form)
        self.task.on_action(self.task_state, user, decision, comment=form.cleaned_data["comment"])
        messages.success(self.request, DONE[decision] % {"title": self.page.draft_title})
        return redirect("wagtailadmin_home")

    def get_page_subtitle(self) -> str:
        return str(self.page.draft_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": _("Relire"), "sublabel": self.page.draft_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        workflow_state = self.task_state.workflow_state
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "task": self.task,
            "task_state": self.task_state,
            "submitted_by": workflow_state.requested_by,
            "can_edit": self.page.permissions_for_user(self.request.user).can_edit(),
            "refusal": refusal(self.page, self.request.user),
            "earlier": workflow_state.task_states.exclude(comment="").order_by("finished_at"),
        }
