"""What the history says of images and of the people on them. No name: the history outlives an agreement."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter


class Withdrawal(LogFormatter):
    label = _("Retirer un accord")

    def format_message(self, log_entry: Any) -> str:
        day = date_format(datetime.date.fromisoformat(log_entry.data["on"]))
        return gettext("Accord des personnes retiré, à compter du %(day)s") % {"day": day}


class Withholding(LogFormatter):
    label = _("Retirer une image du site")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Image retirée du site : %(reason)s") % {"reason": log_entry.data["reason"]}


class HoldingBack(LogFormatter):
    label = _("Retenir une publication programmée")

    def format_message(self, log_entry: Any) -> str:
        reasons = ", ".join(log_entry.data["reasons"])
        return gettext("Publication programmée retenue : %(reasons)s") % {"reasons": reasons}


@hooks.register("register_log_actions")
def register_image_actions(actions: LogActionRegistry) -> None:
    actions.register_action("home.consent_withdrawn")(Withdrawal)
    actions.register_action("home.image_withheld")(Withholding)
    actions.register_action("home.publication_held_back")(HoldingBack)
    actions.register_action(
        "home.image_shown_again",
        _("Montrer de nouveau une image"),
        _("Image de nouveau montrée : l’accord vaut"),
    )
