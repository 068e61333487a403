"""The moderators' queue: everything that waits for somebody, whatever it is about.

Texts under review stand in it, and whatever a function registered under the hook ``moderation_queue`` adds: reports of
readers, rights of reply, remarks of partners, images without agreement, drafts left behind.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from wagtail import hooks

from home.people.accounts import User

HOOK = "moderation_queue"  # ``(user) -> Iterable[QueueItem]``


@dataclass(frozen=True)
class QueueItem:
    """``kind`` and ``title`` are words to show, ``url`` is where one deals with it; ``due`` is a limit, if any."""

    kind: str
    title: str
    url: str
    since: datetime.datetime
    due: datetime.datetime | None = None


def waiting_for(user: User) -> list[QueueItem]:
    """What waits for *user*, who is an editor: what has a limit first, by limit; then the oldest first."""
    items = [item for add in hooks.get_hooks(HOOK) for item in add(user)]
    return sorted(items, key=lambda item: (item.due is None, item.due or item.since, item.title))
