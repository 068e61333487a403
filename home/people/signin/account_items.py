"""What « Compte » and the first screen offer and say about signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from home.people.accounts import SignedInRequest
from home.people.signin.second_factor import days_left


class GracePanel(Component):
    """How long a second factor can wait, in front of everything else."""

    name = "second_factor"
    template_name = "people/signin/grace_panel.html"
    order = 40

    def __init__(self, days: int) -> None:
        self.days = days

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"days": self.days}


@hooks.register("construct_homepage_panels", order=110)
def say_how_long_it_can_wait(request: SignedInRequest, panels: list[Component]) -> None:
    days = days_left(request, request.user)
    if days is not None:
        panels.insert(0, GracePanel(days))


@hooks.register("insert_global_admin_js")
def keep_what_is_typed() -> str:
    """A script that asks whether there still is a session before what was typed is sent."""
    return format_html('<script src="{}" type="module"></script>', static("js/admin-session.js"))


@hooks.register("register_account_menu_item", order=10)
def second_factor_in_account(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second facteur"),
        "help_text": _("Une application de codes ou une clé d’accès : un mot de passe volé ne suffit plus."),
    }


@hooks.register("register_account_menu_item", order=20)
def password_in_account(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("account_change_password"),
        "label": _("Changer de mot de passe"),
        "help_text": _("Vos autres sessions se ferment."),
    }


@hooks.register("register_account_menu_item", order=30)
def everywhere_in_account(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("sign_out_everywhere"),
        "label": _("Déconnecter partout"),
        "help_text": _("Un ordinateur partagé, un téléphone perdu : ferme toutes vos autres sessions."),
    }


@hooks.register("register_log_actions")
def register_sign_in_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("home.own_password", _("Changer de mot de passe"), _("A changé de mot de passe")),
        ("home.own_address", _("Changer d’adresse"), _("A changé d’adresse électronique")),
        ("home.second_factor", _("Changer de second facteur"), _("A changé de second facteur")),
        (
            "home.reset_second_factor",
            _("Retirer le second facteur"),
            _("Second facteur retiré par l’administration"),
        ),
        ("home.sign_out_everywhere", _("Déconnecter partout"), _("A fermé ses autres sessions")),
    ):
        actions.register_action(action, label, message)
