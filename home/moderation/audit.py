"""What the history says of a review beyond Wagtail's own entries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_review_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "home.approve_own_revision",
        _("Approuver son propre texte"),
        _("A approuvé un texte de sa main : le réglage « petite équipe » le permettait"),
    )
    actions.register_action(
        "home.territory_review_skipped",
        _("Passer le regard du territoire"),
        _("Regard du territoire passé : personne d’autre n’est référent·e de ce territoire"),
    )
