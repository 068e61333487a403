"""What the history says of a review beyond Wagtail's own entries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from home.moderation.decisions import Decision


@hooks.register("register_log_actions")
def register_review_actions(actions: LogActionRegistry) -> None:
    actions.register_action("home.decision")(DecisionFormatter)
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


class DecisionFormatter(LogFormatter):
    """What a reviewer verified before approving, or why they sent the text back. The data come from ``verdicts``."""

    label = _("Décider d’une relecture")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        if reason := data.get("reason"):
            return gettext("Changements demandés. Raison : %(reason)s") % {
                "reason": Decision.Reason(reason).label
            }
        parts = []
        if answers := data.get("answers"):
            parts.append(gettext("A vérifié : %(answers)s") % {"answers": " · ".join(answers)})
        if data.get("changed"):
            parts.append(
                gettext("A lu et approuvé ce qui avait changé depuis que le texte avait été soumis.")
            )
        return " ".join(parts)
