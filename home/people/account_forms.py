"""The forms with which an administrator keeps accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.models import Page
from wagtail.users.forms import UserCreationForm, UserEditForm

from home.moderation.roles import TERRITORY
from home.people.accounts import User

ROLE_FIELDS = {"groups": CheckboxSelectMultiple, "referent_territories": CheckboxSelectMultiple}


class SignInForm(LoginForm):
    """Wagtail's, with a French word beside the second field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mot de passe")


class AccountFields(forms.ModelForm):  # type: ignore[type-arg]
    """A role is a group; the all-mighty account is made by a command, not by ticking a box."""

    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=150)
    last_name = forms.CharField(label=_("Nom"), required=False, max_length=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        app_label, model = TERRITORY.lower().split(".")
        territories = Page.objects.filter(content_type__app_label=app_label, content_type__model=model)
        field: Any = self.fields["referent_territories"]
        field.queryset = territories.order_by("title")
        self.fields["groups"].label = _("Rôle")
        self.fields["groups"].help_text = _("Ce que la personne peut faire sur le site.")


class AccountCreationForm(AccountFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = UserCreationForm.Meta.fields | {"referent_territories"}
        widgets = ROLE_FIELDS


class AccountEditForm(AccountFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        model = User
        fields = UserEditForm.Meta.fields | {"referent_territories"}
        widgets = ROLE_FIELDS
