"""The forms of signing in, with our words, and with tries that are counted."""

from __future__ import annotations

import hmac
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from home.people.signin import attempts

PASSWORD_HELP = _("Douze signes au moins. Une phrase se retient mieux qu’un mot compliqué.")
AGAIN = _("Le même mot de passe, encore une fois")
CODE = "code"


def _label(form: forms.Form, **labels: Any) -> None:
    """Our words; the label says it, a placeholder would go as soon as one writes."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):
    """allauth's; the first field keeps the name that it has had at this door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, login=_("Adresse électronique"), password=_("Mot de passe"))
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocomplete": "username webauthn"}
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else super().add_prefix(field_name)


class ForgottenForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, email=_("Adresse électronique de votre compte"))

    def clean_email(self) -> str:
        """Whatever is looked up is looked up once the answer has left (``entrance.ForgottenView``)."""
        return str(self.cleaned_data["email"]).lower()

    def send(self, request: Any) -> None:
        """Find the account and write to it."""
        super().clean_email()
        self.save(request)


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password1=_("Nouveau mot de passe"), password2=AGAIN)
        self.fields["password1"].help_text = PASSWORD_HELP


class OwnPasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(
            self,
            oldpassword=_("Mot de passe actuel"),
            password1=_("Nouveau mot de passe"),
            password2=AGAIN,
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HELP

    def clean_oldpassword(self) -> str:
        attempt = attempts.spend(self.user, "password")
        password = str(super().clean_oldpassword())
        attempts.forgive(attempt)
        return password


class ConfirmForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password=_("Votre mot de passe"))
        self.fields["password"].help_text = ""


def use_once(authenticator: Authenticator, code: str) -> bool:
    """Whether *code* of an application is newer than any that was used; from now on, it was used.

    allauth remembers used codes in the cache, which may forget them early; this is in the database.
    """
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(row.data["secret"])
        typed = code.replace(" ", "").strip()
        counters = [
            counter
            for counter in yield_hotp_counters_from_time()
            if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)).encode(), typed.encode())
        ]
        last = row.data.get("last_counter", -1)
        if not any(counter > last for counter in counters):
            return False
        row.data["last_counter"] = max(counters)
        row.save(update_fields=["data"])
        authenticator.data = row.data
    return True


class CountedCode:
    """A code of an application, or of recovery: tries are counted, and each code opens once."""

    user: Any
    fields: dict[str, forms.Field]

    def clean_code(self) -> str:
        attempt = attempts.spend(self.user, CODE)
        code = str(super().clean_code())  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP and not use_once(authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        attempts.forgive(attempt)
        return code

    def _name_code(self) -> None:
        _label(self, code=_("Code"))  # type: ignore[arg-type]
        self.fields["code"].help_text = _("Les six chiffres de votre application, ou un code de secours.")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True, "maxlength": 20}


class SecondStepForm(CountedCode, mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_code()


class ConfirmByCodeForm(CountedCode, mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_code()


class ApplicationForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, code=_("Le code que l’application montre"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 20}

    def clean_code(self) -> str:
        attempt = attempts.spend(self.user, "application")
        code = str(super().clean_code())
        attempts.forgive(attempt)
        return code


class WellFormed:
    """What a browser sends of a key is read by a library that trips over what no browser sends."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class KeySignInForm(WellFormed, webauthn.LoginWebAuthnForm):
    pass


class KeyStepForm(WellFormed, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmByKeyForm(WellFormed, webauthn.ReauthenticateWebAuthnForm):
    pass


class KeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, name=_("Le nom de cette clé, pour vous y retrouver"))
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60
        if "passwordless" in self.fields:
            _label(self, passwordless=_("Entrer avec cette clé seule, sans mot de passe"))
            self.fields["passwordless"].help_text = _(
                "La clé demande alors votre empreinte, votre visage ou son code."
            )

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
