"""Others' drafts stay out of the page chooser and of the admin's own API."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from home.moderation.permissions import is_editor
from home.moderation.visibility import visible_to
from home.people.accounts import SignedInRequest


@hooks.register("construct_page_chooser_queryset")
def choose_among_visible_pages(pages: PageQuerySet, request: SignedInRequest) -> PageQuerySet:
    return pages if is_editor(request.user) else pages.filter(visible_to(request.user))


class DiscreetPagesAPIViewSet(PagesAdminAPIViewSet):
    """The sidebar's pages. Wagtail's makes a policy object of its own; this asks the site's.

    Reading is all the sidebar does: the API's actions know nothing of locks (an author could change a text during
    its review), and are left out.
    """

    actions: ClassVar[dict[str, Any]] = {}

    def get_base_queryset(self) -> PageQuerySet:
        return page_permission_policy.explorable_instances(self.request.user)


@hooks.register("construct_admin_api")
def register_discreet_pages(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", DiscreetPagesAPIViewSet)
