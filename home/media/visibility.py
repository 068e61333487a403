"""Others' images and documents stay theirs: which files a person may know of.

Editors know of all. Everybody else knows of what they uploaded, of what a public page uses, and of what the newest
version of a text uses that they may read: their own, and for a référent·e those under review in their territory.
Whoever reads the site sees what a page they may read shows, and nothing else, whatever address they know.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import permissions as image_permissions
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from home.media.models import Document
from home.media.references import files_used
from home.moderation.permissions import is_editor
from home.moderation.shared_drafts import DraftLink
from home.moderation.visibility import under_review_for
from home.people.accounts import User

FileModel = type[models.Model]


def known_to(user: User, model: FileModel) -> Q:
    """The condition on images or documents that *user*, who is no editor, may know of."""
    return Q(uploaded_by_user=user) | Q(pk__in=used_in_public(model)) | Q(pk__in=used_in_drafts(user, model))


def used_in_public(model: FileModel) -> QuerySet[Any]:
    """Primary keys of the images or documents in the text of public pages, as a subquery.

    For a public page the index holds what is public, never what a draft makes of it.
    """
    public = Page.objects.live().public().annotate(key=Cast("pk", CharField())).values("key")
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=public,
    )
    return found.annotate(key=Cast("to_object_id", BigIntegerField())).values("key")


def used_in_drafts(user: User, model: FileModel) -> set[int]:
    """Primary keys of the images or documents in the newest versions of the drafts that *user* may read."""
    drafts = Page.objects.filter(
        Q(owner=user) | Q(pk__in=under_review_for(user)), has_unpublished_changes=True
    )
    newest = Revision.objects.filter(pk__in=drafts.values("latest_revision"))
    return set().union(*(files_used(revision, model) for revision in newest))


def may_know_files(user: User, model: FileModel, keys: set[int]) -> bool:
    """Whether *user* may know of all these files. One that doesn't exist is nobody's secret."""
    if not keys or is_editor(user):
        return True
    files = model._default_manager.filter(pk__in=keys)
    return not files.exclude(pk__in=files.filter(known_to(user, model)).values("pk")).exists()


class DiscreetFilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, without others' files. Lists, choosers, searches, forms and bulk actions ask it."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        files = super().instances_user_has_any_permission_for(user, actions)
        if not user.is_active or is_editor(user):
            return files
        return files.filter(known_to(user, self.model))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return bool(allowed) and may_know_files(user, self.model, {instance.pk})


def is_public(file: models.Model) -> bool:
    """Whether a page that everybody may read shows *file* today."""
    return bool(Page.objects.live().public().filter(pk__in=_pages_with(file)).exists())


def may_see(request: HttpRequest, file: models.Model) -> bool:
    """Whether whoever asks may see *file*, which is not public.

    They know of it in the admin; or they may read a page that shows it, behind a password or by the link to a draft.
    """
    user: Any = request.user
    if user.is_authenticated and may_know_files(user, type(file), {file.pk}):
        return True
    return _is_on_a_page_for(request, file) or _is_in_a_shared_draft(file)


def _pages_with(file: models.Model) -> QuerySet[Any]:
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(file),
        to_object_id=str(file.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return found.annotate(key=Cast("object_id", BigIntegerField())).values("key")


def _is_on_a_page_for(request: HttpRequest, file: models.Model) -> bool:
    for page in Page.objects.live().private().filter(pk__in=_pages_with(file)):
        if all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
            return True
    return False


def _is_in_a_shared_draft(file: models.Model) -> bool:
    """Whoever has the link has read the address of the file behind it; the address itself can't be guessed."""
    shared = DraftLink.objects.open().values("page__latest_revision")
    drafts = Revision.objects.filter(pk__in=shared).select_related("content_type")
    return any(file.pk in files_used(draft, type(file)) for draft in drafts)


@hooks.register("before_serve_document")
def serve_to_those_who_may_know(document: Document, request: HttpRequest) -> None:
    """404 for a document that no public page offers, unless the person may see it."""
    if not is_public(document) and not may_see(request, document):
        raise Http404


def install() -> None:
    """Give the policy objects that Wagtail's modules have imported our class. Called when the apps are ready."""
    for policy in (document_policy, image_permissions.permission_policy):
        policy.__class__ = DiscreetFilePolicy
