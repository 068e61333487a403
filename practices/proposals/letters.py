"""The mails to whoever proposes: the link, a receipt, and what was decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from home.delivery.mails import compose
from home.delivery.outbox import queue
from practices.proposals.proposal import DECIDED_KEPT, UNSENT_KEPT, Proposal


def write_to(proposal: Proposal, mail: str, library_path: str, **context: Any) -> None:
    """Send « practices/proposals/mails/<mail> » to whoever made *proposal*, once the transaction is committed."""
    site = settings.WAGTAILADMIN_BASE_URL
    about = {
        "proposal": proposal,
        "title": " ".join(proposal.title.split()),
        "url": f"{site}{library_path}proposer/{proposal.token}/",
        "unsent_days": UNSENT_KEPT.days,
        "decided_days": DECIDED_KEPT.days,
        "why": gettext(
            "cette adresse a été donnée pour proposer une fiche ou une correction à la bibliothèque."
        ),
    }
    message = compose(f"practices/proposals/mails/{mail}", proposal.email, {**about, **context})
    queue(message)
