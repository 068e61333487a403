"""Screens for those who look after everybody's texts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.moderation.permissions import is_editor


class ForEditors(WagtailAdminTemplateMixin):
    """Refuses everybody else, before anything is looked up."""

    request: HttpRequest
    parents: tuple[tuple[Any, Any], ...] = ()

    @property
    def editor(self) -> Any:
        """Who asks. (Signed in, as in every view of the admin.)"""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_editor(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [{"url": url, "label": label} for url, label in self.parents]
        return [*super().get_breadcrumbs_items(), *steps, {"url": "", "label": self.get_page_title()}]


class EditorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user)
