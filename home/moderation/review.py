"""One screen to review a text: the text as readers will see it, what to verify, and the two answers.

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
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from home.moderation.claiming import claim_state
from home.moderation.decisions import Decision
from home.moderation.models import ReviewTask, refusal
from home.moderation.preferences import ReviewQuestion
from home.moderation.scanner import findings
from home.moderation.verdicts import (
    DecisionRefusedError,
    Verdict,
    decide,
    has_changed,
    questions_for,
    submitted_revision,
)

DONE = {
    Decision.Kind.APPROVE: _("« %(title)s » est approuvé."),
    Decision.Kind.REJECT: _(
        "Des changements sont demandés pour « %(title)s ». La personne qui l’a soumis reçoit votre message."
    ),
}


class DecisionForm(forms.Form):
    """Says only whether a decision is whole; whether it may be taken is for ``verdicts.decide``."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the version that was read
    questions = forms.MultipleChoiceField(
        label=_("Avant d’approuver, j’ai vérifié"), required=False, widget=forms.CheckboxSelectMultiple
    )
    accepts_changes = forms.BooleanField(
        label=_("J’ai lu ce qui a changé depuis que le texte a été soumis, et je l’approuve"), required=False
    )
    reason = forms.ChoiceField(
        label=_("Si vous demandez des changements : pourquoi ?"),
        required=False,
        choices=[("", _("Choisir une raison")), *Decision.Reason.choices],
    )
    comment = forms.CharField(
        label=_("Votre message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("La personne qui a soumis le texte le reçoit par courrier. Il reste dans l’historique."),
    )
    decision = forms.ChoiceField(choices=Decision.Kind.choices)

    def __init__(self, *args: Any, questions: list[ReviewQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["questions"]
        field.choices = [(question.pk, question.text) for question in questions]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == Decision.Kind.REJECT:
            self._ask_why(cleaned)
        return cleaned

    def _ask_why(self, cleaned: dict[str, Any]) -> None:
        errors = {}
        if not cleaned.get("comment", "").strip():
            errors["comment"] = _("Dites ce qu’il faut changer : un refus sans explication n’aide personne.")
        if not cleaned.get("reason"):
            errors["reason"] = _("Choisissez la raison qui s’en approche le plus.")
        if errors:
            raise ValidationError(errors)

    def verdict(self) -> Verdict:
        """What the person decided. For a valid form."""
        data = self.cleaned_data
        return Verdict(
            kind=Decision.Kind(data["decision"]),
            revision_id=data["revision"],
            comment=data["comment"],
            reason=data["reason"] if data["decision"] == Decision.Kind.REJECT else "",
            answers=frozenset(int(pk) for pk in data["questions"]),
            accepts_changes=data["accepts_changes"],
        )


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
                request, _("Ce texte n’attend pas de relecture : quelqu’un s’en est peut-être déjà occupé.")
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

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "questions": questions_for(self.page, self.task)}

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.page.latest_revision_id}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        verdict = form.verdict()
        try:
            decide(self.task_state, self.reviewer, verdict)
        except DecisionRefusedError as refused:
            return self._ask_again(form, str(refused))
        messages.success(self.request, DONE[verdict.kind] % {"title": self.page.draft_title})
        return redirect("wagtailadmin_home")

    def _ask_again(self, form: DecisionForm, reason: str) -> HttpResponse:
        """Show why, with what was typed; when the step is over there is nothing left to decide."""
        self.page = Page.objects.get(pk=self.page.pk).specific
        if self.page.current_workflow_task_state != self.task_state:
            messages.warning(self.request, reason)
            return redirect("wagtailadmin_home")
        form.add_error(None, reason)
        response: HttpResponse = self.form_invalid(form)
        return response

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
            **claim_state(self.task_state, self.reviewer),
            "findings": findings(self.page.get_latest_revision_as_object()),
            "page": self.page,
            "task": self.task,
            "task_state": self.task_state,
            "submitted_by": workflow_state.requested_by,
            "submitted": submitted_revision(self.task_state),
            "changed": has_changed(self.page, self.task_state),
            "latest": self.page.latest_revision,
            "can_edit": self.page.permissions_for_user(self.request.user).can_edit(),
            "refusal": refusal(self.page, self.reviewer),
            "earlier": workflow_state.task_states.exclude(comment="").order_by("finished_at"),
        }
