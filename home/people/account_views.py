"""Accounts in the admin: those an administrator keeps, and one's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
    NotificationsSettingsPanel,
)
from wagtail.users.models import UserProfile
from wagtail.users.views import users

from home.people.account_forms import AccountCreationForm, AccountEditForm, OwnNameForm


class EditView(users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An administrator by role must not take over the account that may do everything."""
        if self.object.is_superuser and not getattr(request.user, "is_superuser", False):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class UserViewSet(users.UserViewSet):
    edit_view_class = EditView

    def get_form_class(self, for_update: bool = False) -> type[AccountCreationForm | AccountEditForm]:
        return AccountEditForm if for_update else AccountCreationForm


class OwnNamePanel(NameEmailSettingsPanel):
    form_class = OwnNameForm

    def get_form(self) -> OwnNameForm:
        """One form a request. Wagtail asks for several, and each would count as a try to guess the password."""
        if not hasattr(self.request, "own_name_form"):
            self.request.own_name_form = super().get_form()
        form: OwnNameForm = self.request.own_name_form
        return form


class OwnAccountView(AccountView):
    """Without a portrait, which would be kept and shown nowhere, and without switches for mails we don't send.

    The password has a screen of its own (``home.people.signin.screens``), which ends the other sessions.
    """

    def get_panels(self) -> list[BaseSettingsPanel]:
        unused = (
            AvatarSettingsPanel,
            ChangePasswordPanel,
            NameEmailSettingsPanel,
            NotificationsSettingsPanel,
        )
        panels = [panel for panel in super().get_panels() if not isinstance(panel, unused)]
        user: Any = self.request.user
        return [OwnNamePanel(self.request, user, UserProfile.get_for_user(user)), *panels]
