"""The door: signing in, the second step, a forgotten password. allauth's views, in the frame of the admin's door."""

from __future__ import annotations

import logging
from functools import partial
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.core import context as asking
from allauth.core import ratelimit
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from home.people.signin import attempts
from home.people.signin.forms import ForgottenForm

logger = logging.getLogger(__name__)
ADMIN = "wagtailadmin.access_admin"


class SignInView(account.LoginView):
    template_name = "wagtailadmin/login.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(ADMIN):
            logout(request)  # who has no role is sent here, and would be sent back for ever
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """« Recommencer » leads here from the second step: a new beginning."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": self.get_next_url() or ""}


class KeySignInView(webauthn.LoginWebAuthnView):
    """« Entrer avec une clé d’accès »: asked for and answered by a script of the sign-in page."""


class SecondStepView(mfa.AuthenticateView):
    template_name = "people/signin/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        types = {authenticator.type for authenticator in self.stage.login.user.authenticator_set.all()}
        return {
            **super().get_context_data(**kwargs),
            "has_key": "webauthn" in types,
            "has_codes": "totp" in types,
        }


class ForgottenView(account.PasswordResetView):
    """The same answer at the same moment whoever is asked about: the account is looked for once it has left."""

    template_name = "people/signin/forgotten.html"

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="reset_password", key=email):
            form.add_error(
                None, gettext("Trop de demandes. Regardez vos courriers, ou réessayez dans une heure.")
            )
            return self.render_to_response(
                self.get_context_data(form=form), status=HTTPStatus.TOO_MANY_REQUESTS
            )
        response: Any = redirect("account_reset_password_done")
        # Django closes a response after its last byte is on its way.
        response._resource_closers.append(partial(_send, form, self.request))
        answer: HttpResponse = response
        return answer


def _send(form: ForgottenForm, request: HttpRequest) -> None:
    try:
        with asking.request_context(request):
            form.send(request)
    except Exception:
        logger.exception("A link to a new password could not be sent")


class ForgottenDoneView(account.PasswordResetDoneView):
    template_name = "people/signin/forgotten_done.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}


class NewPasswordView(account.PasswordResetFromKeyView):
    template_name = "people/signin/new_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        attempts.forgive_all(self.reset_user.email)
        response: HttpResponse = super().form_valid(form)
        return response


class NewPasswordDoneView(account.PasswordResetFromKeyDoneView):
    template_name = "people/signin/new_password_done.html"


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What allauth's limits answer with."""
    return render(request, "people/signin/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
