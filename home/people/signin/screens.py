"""What one does to one's own account, inside the admin: allauth's views in Wagtail's frame."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from home.people.signin.forms import use_once
from home.people.signin.second_factor import days_left, end_of_grace
from home.people.signin.sessions import end_others

SECOND_FACTOR = _("Second facteur")


class AccountScreen(WagtailAdminTemplateMixin):
    """A step below « Compte »."""

    header_icon = "key"
    parents: ClassVar[list[tuple[Any, Any]]] = [(reverse_lazy("wagtailadmin_account"), _("Compte"))]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [{"url": url, "label": label} for url, label in self.parents]
        return [*super().get_breadcrumbs_items(), *steps, {"url": "", "label": self.get_page_title()}]


class FactorScreen(AccountScreen):
    """A step below « Second facteur »."""

    parents: ClassVar = [*AccountScreen.parents, (reverse_lazy("mfa_index"), SECOND_FACTOR)]


class SecondFactorView(AccountScreen, mfa.IndexView):
    template_name = "people/signin/second_factor.html"
    page_title = SECOND_FACTOR

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by(
            "created_at"
        )
        return {
            **super().get_context_data(**kwargs),
            "keys": keys,
            "days_left": days_left(self.request, user),
            "is_needed": end_of_grace(user) is not None,
            "host_is_an_address": self.request.get_host().startswith(("127.", "[")),
        }


class ApplicationView(FactorScreen, totp.ActivateTOTPView):
    template_name = "people/signin/application.html"
    page_title = _("Une application de codes")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        application = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        use_once(application, form.cleaned_data["code"])  # it has just been seen on a screen
        return response


class RemoveApplicationView(FactorScreen, totp.DeactivateTOTPView):
    template_name = "people/signin/remove.html"
    page_title = _("Retirer l’application de codes")


class AddKeyView(FactorScreen, webauthn.AddWebAuthnView):
    template_name = "people/signin/add_key.html"
    page_title = _("Une clé d’accès")


class RemoveKeyView(FactorScreen, webauthn.RemoveWebAuthnView):
    template_name = "people/signin/remove.html"
    page_title = _("Retirer une clé d’accès")
    success_url = reverse_lazy("mfa_index")


class RecoveryCodesView(FactorScreen, codes.ViewRecoveryCodesView):
    template_name = "people/signin/codes.html"
    page_title = _("Codes de secours")


class NewRecoveryCodesView(FactorScreen, codes.GenerateRecoveryCodesView):
    template_name = "people/signin/new_codes.html"
    page_title = _("De nouveaux codes de secours")


class RecoveryCodesFileView(codes.DownloadRecoveryCodesView):
    template_name = "people/signin/codes.txt"
    content_type = "text/plain; charset=utf-8"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response["Content-Disposition"] = 'attachment; filename="codes-de-secours.txt"'
        response["Cache-Control"] = "private, no-store"
        return response


class Confirming(AccountScreen):
    """« Est-ce bien vous ? », before a factor is changed."""

    page_title = _("Confirmer que c’est vous")


class ConfirmView(Confirming, account.ReauthenticateView):
    template_name = "people/signin/confirm.html"


class ConfirmByCodeView(Confirming, mfa.ReauthenticateView):
    template_name = "people/signin/confirm.html"


class ConfirmByKeyView(Confirming, webauthn.ReauthenticateWebAuthnView):
    template_name = "people/signin/confirm_key.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)  # says what was wrong
        return redirect(self.request.get_full_path())


class OwnPasswordView(AccountScreen, account.PasswordChangeView):
    template_name = "people/signin/own_password.html"
    page_title = _("Changer de mot de passe")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.has_usable_password():
            return redirect("account_reset_password")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        log(self.request.user, "home.own_password", user=self.request.user)
        return response


class SignOutEverywhereView(AccountScreen, FormView):  # type: ignore[type-arg]
    template_name = "people/signin/everywhere.html"
    page_title = _("Déconnecter partout")
    form_class = forms.Form

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        end_others(self.request, user)
        log(user, "home.sign_out_everywhere", user=user)
        messages.success(self.request, gettext("Vos autres sessions sont fermées. Celle-ci continue."))
        return redirect(reverse("wagtailadmin_account"))


class PresenceView(View):
    """Whether there still is a session, with the token for what was typed before: asked by ``admin-session.js``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"token": get_token(request)})
