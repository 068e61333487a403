"""What a role can't use is not offered: « modifier » beside what one has chosen, and actions on several at once.

Wagtail's choosers and lists offer these without asking who looks. The two registries that they ask get a class that
does: it takes the person from the request that is being answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.admin_url_finder import finder_classes
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import BulkActionRegistry, bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.utils.registry import ObjectTypeRegistry

from home.media.models import Document, Image
from home.moderation.permissions import is_editor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


class AskingMiddleware:
    """Lets the registries know, while a request is answered, who asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _asked.set(request)
        try:
            return self.get_response(request)
        finally:
            _asked.reset(token)


def asking_user() -> Any:
    """Who asked for what is being made; ``None`` outside a request, as in ``run_periodic``."""
    request = _asked.get()
    return getattr(request, "user", None)


class EditLinksForWhoAsks(ObjectTypeRegistry):
    """Finds addresses to edit an object; without an explicit person, for whoever asks."""

    def get(self, obj: Any) -> Any:
        finder = super().get(obj)
        return finder and (lambda user=None: finder(user or asking_user()))


class BulkActionsForWhoAsks(BulkActionRegistry):
    """Lists the actions to offer. (Which of them are allowed is asked of each object, as ever.)"""

    def get_bulk_actions_for_model(self, app_label: str, model_name: str) -> list[type[BulkAction]]:
        actions: Iterable[type[BulkAction]] = super().get_bulk_actions_for_model(app_label, model_name)
        user, model = asking_user(), apps.get_model(app_label, model_name)
        return [action for action in actions if user is None or _is_offered(user, action, model)]


def _is_offered(user: Any, action: type[BulkAction], model: type[models.Model]) -> bool:
    if model in (Image, Document):
        return True
    if model is not Page:
        return bool(user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"))
    if action.action_type == "publish":
        return bool(page_permission_policy.user_has_permission(user, "publish"))
    return is_editor(user)


def install() -> None:
    """Give the two registries our classes. Called when the apps are ready."""
    finder_classes.__class__ = EditLinksForWhoAsks
    bulk_action_registry.__class__ = BulkActionsForWhoAsks
