"""What templates of the admin ask about the person who looks."""

from __future__ import annotations

from typing import Any

from django import template

from home.delivery import mail_layout
from home.moderation import permissions

register = template.Library()

register.filter("quoted", mail_layout.quoted)


@register.filter
def is_editor(user: Any) -> bool:
    """Whether this person looks after everybody's texts."""
    return permissions.is_editor(user)
