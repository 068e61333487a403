"""Others' drafts stay theirs: which pages a person may know of in the admin.

Editors know of all. Everybody else knows of what is public, of their own texts and, for a référent·e, of the
texts of their territory that are under review.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from home.moderation.permissions import is_editor
from home.moderation.scope import draft_territory_id
from home.people.accounts import User


def visible_to(user: User) -> Q:
    """The condition on pages that *user*, who is no editor, may know of."""
    return Q(live=True) | Q(owner=user) | Q(pk__in=under_review_for(user))


def under_review_for(user: User) -> set[int]:
    """Primary keys of the pages under review that belong to the territories *user* is référent·e of."""
    territories = set(user.referent_territories.values_list("pk", flat=True))
    if not territories:
        return set()
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    pages = Page.objects.filter(pk__in=[state.object_id for state in states]).select_related(
        "latest_revision"
    )
    return {page.pk for page in pages if draft_territory_id(page) in territories}


def may_know(user: User, page_ids: set[int]) -> bool:
    """Whether *user* may know of all these pages. A page that doesn't exist is nobody's secret."""
    if is_editor(user):
        return True
    pages = Page.objects.filter(pk__in=page_ids)
    return not pages.exclude(pk__in=pages.filter(visible_to(user))).exists()


class DiscreetPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy, without others' drafts. Explorer, search, listings by type, history and API ask it."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> PageQuerySet:
        pages = super().instances_user_has_any_permission_for(user, actions)
        if not user.is_active or is_editor(user):
            return pages
        return pages.filter(visible_to(user))


def install() -> None:
    """Give the one policy object that Wagtail's modules have imported our class. Called when the apps are ready.

    Wagtail has no setting for it; replacing the name in ``wagtail.permissions`` would miss whoever imported before.
    """
    page_permission_policy.__class__ = DiscreetPagePermissionPolicy
