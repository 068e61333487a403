"""Whom to write to about what nobody has submitted: reports, replies, remarks."""

from __future__ import annotations

from home.moderation.roles import ADMINISTRATORS, MODERATORS
from home.people.accounts import User


def moderation() -> list[User]:
    """The active moderators and administrators, each once."""
    return _members(MODERATORS, ADMINISTRATORS)


def direction() -> list[User]:
    """Who answers for the publication before the law: the administrators; failing them, the moderators."""
    return _members(ADMINISTRATORS) or _members(MODERATORS)


def _members(*names: str) -> list[User]:
    return list(User.objects.filter(is_active=True, groups__name__in=names).distinct())
