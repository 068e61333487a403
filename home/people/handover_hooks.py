"""« Brouillon laissé »: in the moderators' queue, with a screen to take it over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.models import Page

from home.moderation.editor_views import ForEditors
from home.moderation.permissions import is_editor
from home.moderation.queue import HOOK, QueueItem
from home.people.accounts import User
from home.people.handover import left_drafts, take_over


@hooks.register(HOOK)
def left_drafts_in_queue(user: User) -> Iterator[QueueItem]:
    for page, mission in left_drafts():
        if mission.handed_over_at:
            yield QueueItem(
                kind=gettext("Brouillon laissé"),
                title=page.draft_title,
                url=reverse("left_draft", args=[page.pk]),
                since=mission.handed_over_at,
            )


class LeftDraftView(ForEditors, TemplateView):
    """Who left the text, the text, and « Je le reprends »."""

    template_name = "people/left_draft.html"
    page_title = _("Brouillon laissé")
    header_icon = "doc-empty"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_editor(request.user):
            raise PermissionDenied  # before anything is looked up
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        left = {page.pk: mission for page, mission in left_drafts()}
        if self.page.pk not in left:
            messages.info(request, _("Ce texte n’attend plus : quelqu’un s’en est peut-être déjà occupé."))
            return redirect("wagtailadmin_home")
        self.mission = left[self.page.pk]
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not take_over(self.page, self.editor):
            messages.info(request, _("Quelqu’un d’autre vient de reprendre ce texte."))
            return redirect("wagtailadmin_home")
        messages.success(
            request, _("« %(title)s » est à vous. Sa signature reste.") % {"title": self.page.draft_title}
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "page": self.page, "mission": self.mission}


@hooks.register("register_admin_urls")
def handover_urls() -> list[URLPattern]:
    return [path("brouillon-laisse/<int:page_id>/", LeftDraftView.as_view(), name="left_draft")]
