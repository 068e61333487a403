"""One screen to review a text: the text as readers will see it, and the two answers.

A référent·e gives the territory's view without any right to rewrite, hence without the editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from home.moderation.models import ReviewTask, refusal

DONE = {
    "approve": _("« %(title)s » est approuvé."),
    "reject": _(
        "Des changements sont demandés pour « %(title)s ». La personne qui l’a soumis reçoit votre message."
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
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the version that was read
    decision = forms.ChoiceField(
        choices=[("approve", _("Approuver")), ("reject", _("Demander des changements"))]
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "reject" and not cleaned.get("comment", "").strip():
            raise ValidationError(
                {"comment": _("Dites ce qu’il faut changer : un refus sans raison n’aide personne.")}
            )
        return cleaned


if TYPE_CHECKING:  # Django's own class can't be subscripted
    DecisionFormView = FormView[DecisionForm]
else:
    DecisionFormView = FormView


class ForReviewers:
    """Finds the page and the step it waits at; refuses whoever the step is not asked of."""

    request: HttpRequest
    page: Page
    task_state: TaskState

    @property
    def reviewer(self) -> Any:
        """Who asks. (Signed in, as in every view of the admin.)"""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        self.task_state = self.page.current_workflow_task_state
        if self.task_state is None:
            messages.info(
                request, _("Ce texte n’attend pas de relecture : quelqu’un s’en est peut-être déjà occupé.")
            )
            return redirect("wagtailadmin_home")
        if not isinstance(self.task, ReviewTask) or not self.task.is_reviewer(self.page, self.reviewer):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @property
    def task(self) -> Any:
        return self.task_state.task.specific


class ReviewedTextView(ForReviewers, View):
    """The newest version, as readers would see it. (Wagtail's own preview shows the one that was submitted.)"""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = self.page.get_latest_revision_as_object()
        response: HttpResponse = text.make_preview_request(request, text.default_preview_mode)
        return response


class ReviewView(ForReviewers, WagtailAdminTemplateMixin, DecisionFormView):
    template_name = "moderation/review.html"
    page_title = _("Relire")
    header_icon = "glasses"
    form_class = DecisionForm

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        decision, user = form.cleaned_data["decision"], self.reviewer
        if decision == "approve" and (reason := self._reason_to_wait(form) or refusal(self.page, user)):
            form.add_error(None, reason)
            return self.form_invalid(form)
        self.task.on_action(self.task_state, user, decision, comment=form.cleaned_data["comment"])
        messages.success(self.request, DONE[decision] % {"title": self.page.draft_title})
        return redirect("wagtailadmin_home")

    def _reason_to_wait(self, form: DecisionForm) -> str:
        """Nobody approves what they have not read: the text may have changed while it was on their screen."""
        if form.cleaned_data["revision"] in (None, self.page.latest_revision_id):
            return ""
        return gettext(
            "Le texte a changé depuis que vous l’avez ouvert. Le voici tel qu’il est maintenant : relisez-le."
        )

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.page.latest_revision_id}

    def get_page_subtitle(self) -> str:
        return str(self.page.draft_title)

    def get_header_title(self) -> str:
        return f"{self.page_title}\N{NO-BREAK SPACE}: {self.page.draft_title}"

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
            "refusal": refusal(self.page, self.reviewer),
            "earlier": workflow_state.task_states.exclude(comment="").order_by("finished_at"),
        }
