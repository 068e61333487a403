"""What changed in a text since it was submitted, or since it was published: for whoever reviews it.

Wagtail's own comparison is for people who may edit the page; a référent·e may not.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.models import Page

from home.moderation.review import ForReviewers
from home.moderation.verdicts import submitted_revision

SUBMITTED, PUBLISHED, LATEST = "soumis", "publie", "latest"


class ReviewedChangesView(ForReviewers, RevisionsCompareView):
    page_title = _("Ce qui a changé")
    header_icon = "history"

    def setup(self, request: HttpRequest, page_id: int, since: str) -> None:
        super().setup(request, page_id, since, LATEST)

    def get_object(self, queryset: Any = None) -> Page:
        return get_object_or_404(Page, pk=self.pk).specific

    def get_edit_handler(self) -> Any:
        return self.object.get_edit_handler()

    def get_page_subtitle(self) -> str:
        return str(self.object.draft_title)

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Page, str]:
        if revision_id == SUBMITTED:
            return submitted_revision(self.task_state).as_object(), gettext("Soumis")
        if revision_id == PUBLISHED:
            return self.object, gettext("Publié")
        latest, _heading = super()._get_revision_and_heading(LATEST)
        return latest, gettext("Maintenant")
