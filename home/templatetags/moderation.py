"""What templates of the admin ask about the person who looks."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from home.delivery import mail_layout, mails
from home.moderation import permissions

register = template.Library()

register.filter("quoted", mail_layout.quoted)


@register.filter
def is_editor(user: Any) -> bool:
    """Whether this person looks after everybody's texts."""
    return permissions.is_editor(user)


@register.filter
def may_be_edited_by(thing: Any, user: Any) -> bool:
    """Whether *user* may edit *thing*, if it is a page; whoever sees anything else edits it."""
    return not isinstance(thing, Page) or bool(thing.permissions_for_user(user).can_edit())


@register.simple_tag(takes_context=True)
def framed(context: Context, text_template: str) -> SafeString:
    """The HTML of a mail that Wagtail sends itself, in our frame, made from the template of its text."""
    given = {str(name): value for name, value in context.flatten().items()}
    told = {**given, "recipient": given["user"], "site_name": settings.WAGTAIL_SITE_NAME}
    text = mail_layout.tidy(render_to_string(text_template, told))
    why = render_to_string("mails/why.txt", told)
    return mark_safe(mails.framed(text, {**told, "why": why}))  # noqa: S308  # the frame escapes what it is given
