"""The forms with which an administrator keeps accounts, and everybody their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.users.forms import UserCreationForm, UserEditForm

from home.moderation.roles import TERRITORY
from home.people.accounts import User
from home.people.signin import attempts, notices

ROLE_FIELDS = {"groups": CheckboxSelectMultiple, "referent_territories": CheckboxSelectMultiple}


class OwnNameForm(NameEmailForm):
    """One's own name and address. Another address is another door: it takes the password."""

    current_password = forms.CharField(
        label=_("Mot de passe actuel"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Seulement pour changer d’adresse."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email_before = self.instance.email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        email = cleaned.get("email")
        if email and email.lower() != self.email_before:
            self._ask_for_password(cleaned.get("current_password") or "")
        return cleaned

    def _ask_for_password(self, password: str) -> None:
        try:
            attempt = attempts.spend(self.instance, "password")
        except ValidationError as too_many:
            self.add_error("current_password", too_many)
            return
        if not self.instance.check_password(password):
            self.add_error("current_password", _("Votre mot de passe actuel, pour changer d’adresse."))
            return
        attempts.forgive(attempt)

    def save(self, commit: bool = True) -> Any:
        """Tell the address of before: it is where an intruder would not want it to be known."""
        user = super().save(commit)
        if user.email != self.email_before:
            notices.tell_new_address(user, self.email_before)
            log(user, "home.own_address", user=user)
        return user


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
