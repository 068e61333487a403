"""« À relire »: the texts that wait for a person, as the dashboard lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from home.moderation.claiming import ShownClaim, shown
from home.moderation.delays import reminder_delay, since_words
from home.moderation.preferences import ModerationSettings
from home.moderation.waiting import WaitingText, asked_of, is_own, texts_under_review
from home.people.accounts import User


@dataclass(frozen=True)
class QueueRow:
    """``own`` is a text that this person may not approve; a stale claim is nobody's any more."""

    text: WaitingText
    since: str
    overdue: bool
    own: bool
    claim: ShownClaim | None

    @property
    def page(self) -> Any:
        return self.text.page

    @property
    def taken(self) -> bool:
        """Whether somebody else takes care of it."""
        return bool(self.claim and not self.claim.mine and not self.claim.stale)


def review_queue(user: User) -> list[QueueRow]:
    """What waits for *user* to be read, the oldest first."""
    texts, delay = asked_of(user, texts_under_review()), reminder_delay()
    small_team, now = ModerationSettings.main().small_team, timezone.now()
    return [
        QueueRow(
            text,
            since_words(text.task_state.started_at),
            now - text.task_state.started_at >= delay,
            is_own(user, text) and not small_team,
            shown(text.claim, user, delay),
        )
        for text in texts
    ]
