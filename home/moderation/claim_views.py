"""The addresses behind « Je m’en occupe » and « Je le rends », and what the history says of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from home.moderation.claiming import ClaimRefusedError, give_back, may_claim, take
from home.moderation.review import ForReviewers


class ClaimView(ForReviewers, View):
    """Takes the step, and opens the review screen: who takes a text is about to read it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_claim(self.page, self.task, self.reviewer):
            messages.warning(request, _("C’est votre texte : une autre personne doit l’approuver."))
            return redirect("wagtailadmin_home")
        try:
            take(self.task_state, self.reviewer, take_over=bool(request.POST.get("take_over")))
        except ClaimRefusedError as refused:
            messages.warning(request, str(refused))
            return redirect("wagtailadmin_home")
        messages.success(request, _("C’est noté : les autres savent que vous vous en occupez."))
        return redirect("review", page_id=self.page.pk)


class ReleaseView(ForReviewers, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if give_back(self.task_state, self.reviewer):
            messages.success(request, _("C’est rendu : quelqu’un d’autre peut s’en occuper."))
        return redirect("wagtailadmin_home")


@hooks.register("register_admin_urls")
def claim_urls() -> list[URLPattern]:
    return [
        path("relecture/<int:page_id>/prendre/", ClaimView.as_view(), name="claim"),
        path("relecture/<int:page_id>/rendre/", ReleaseView.as_view(), name="release"),
    ]


@hooks.register("register_log_actions")
def register_claim_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("home.claim_taken_over")
    class TakenOver(LogFormatter):
        label = _("Reprendre la relecture de quelqu’un")

        def format_message(self, log_entry: Any) -> str:
            return gettext("A repris la relecture de %(name)s") % {"name": log_entry.data.get("from", "")}
