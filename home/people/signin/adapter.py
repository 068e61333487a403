"""Where allauth asks this site: nobody signs up, mails and words are ours, tries are counted by ``attempts``."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.delivery.open_forms import visitor
from home.people.signin import attempts, notices
from home.people.signin.browsers import kind_of, remember
from home.people.signin.sealing import opened, sealed
from home.people.signin.second_factor import days_left

NO_MATCH = _("L’adresse et le mot de passe ne correspondent à aucun compte. Vérifiez l’un et l’autre.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NO_MATCH,
        "incorrect_password": _("Ce n’est pas le bon mot de passe."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "invalid_password_reset": _("Ce lien ne s’ouvre plus."),
        "rate_limited": _("Trop d’essais. Réessayez dans quelques minutes."),
        "too_many_login_attempts": _("Trop d’essais. Réessayez dans quelques minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """The passkey alone is asked for by a script; the other pages are pages."""
        return request.path == reverse("mfa_login_webauthn") and super().is_ajax(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Axes counts. A count by account alone, as allauth's, would let anybody keep its owner out."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account; ``None`` for a wrong password and for an account that is closed, alike."""
        user = super().authenticate(request, **credentials)
        if until := getattr(request, "sign_in_again_at", None):
            mail = gettext("D’ici là, « Mot de passe oublié » reste possible.")
            raise ValidationError(f"{attempts.too_many(until).message} {mail}", code="too_many")
        if user is None or not user.is_active:
            return None
        attempts.forgive(attempts.sign_in_of(request, credentials["email"]))
        return user

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, gettext("Ce compte est fermé."))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Any) -> None:
        user.came_before = user.last_login is not None
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Say who came in from a new place, and how long the second factor can wait."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if remember(request, response, user) and user.came_before:
            notices.tell_of_new_place(user, kind_of(request))
        days = days_left(request, user)
        if days is not None and response["Location"] != reverse("wagtailadmin_home"):  # which says so itself
            words = gettext("Protégez votre compte par un second facteur : il vous reste %(days)s jours.")
            messages.warning(request, words % {"days": days})
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The second factor where there is one: a stolen password must not be enough to take it away."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"] != "reauthenticate"]
        return strong or methods

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Without the name of the host that the request claims; ``send_password_reset_mail`` puts ours before it."""
        uid, _dash, token = key.partition("-")
        return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """To the address of the account, whatever was typed; an invitation is not passed over."""
        if user.has_usable_password():
            notices.send_reset_link(user, context["password_reset_url"])

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        notices.tell_of_change(user, str(notices.CHANGES[template_prefix]))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if words := message or notices.MESSAGES.get(message_template or ""):
            messages.add_message(request, level, str(words))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtailadmin_account")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's word
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Clé %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {
            "id": context.request.get_host().partition(":")[0],
            "name": str(settings.WAGTAIL_SITE_NAME),
        }
