"""Others' drafts and files stay out of the page chooser and of the admin's own API."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from home.media.visibility import known_to
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


class DiscreetFiles:
    """For the images and the documents of the admin's API, which ask no policy."""

    def get_queryset(self) -> Any:
        files: Any = super().get_queryset()  # type: ignore[misc]
        user: Any = self.request.user  # type: ignore[attr-defined]
        return files if is_editor(user) else files.filter(known_to(user, files.model))


class DiscreetImagesAPIViewSet(DiscreetFiles, ImagesAdminAPIViewSet):
    pass


class DiscreetDocumentsAPIViewSet(DiscreetFiles, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own
def register_discreet_endpoints(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", DiscreetPagesAPIViewSet)
    router.register_endpoint("images", DiscreetImagesAPIViewSet)
    router.register_endpoint("documents", DiscreetDocumentsAPIViewSet)
