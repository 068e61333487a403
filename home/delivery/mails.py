"""Mails: written once as text, sent as text and HTML, after the transaction is safe.

A mail called « moderation/mails/approved » is two templates: ``…_subject.txt`` and ``….txt``. Its HTML part is the
same text in the frame ``mails/frame.html`` (``home.delivery.mail_layout`` says what becomes of it). Below both stands
why the person gets it: ``why`` of the context, or a sentence that is true of every account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from home.delivery.mail_layout import parts, tidy
from home.delivery.outbox import queue
from home.people.accounts import User


def admin_url(name: str, *args: Any) -> str:
    """The full address of the admin view *name*, for a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def send(mail: str, recipients: Iterable[User | str], context: Mapping[str, Any]) -> None:
    """Send *mail* to each recipient (an account or an address), once the transaction is committed.

    A mail server that is down holds nothing back: the mail waits in ``home.delivery.outbox``.
    The template gets *context*, ``recipient`` (the account or ``None``) and ``site_name``.
    """
    for recipient in dict.fromkeys(recipients):
        queue(compose(mail, recipient, context))


def compose(mail: str, recipient: User | str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    """The message for one recipient, not sent yet."""
    account = recipient if isinstance(recipient, User) else None
    full = {**context, "recipient": account, "site_name": settings.WAGTAIL_SITE_NAME}
    # One line: a line break in a title would make a header of its own.
    subject = " ".join(render_to_string(f"{mail}_subject.txt", full).split())
    text = tidy(render_to_string(f"{mail}.txt", full))
    why = tidy(render_to_string("mails/why.txt", full))
    message = EmailMultiAlternatives(
        subject,
        f"{text}\n\n-- \n{why}\n",
        to=[account.email if account else str(recipient)],
        headers={"Auto-Submitted": "auto-generated"},  # nobody’s « absent du bureau » answers it
    )
    message.attach_alternative(framed(text, {**full, "subject": subject, "why": why}), "text/html")
    return message


def framed(text: str, context: Mapping[str, Any]) -> str:
    """The HTML of the mail that says *text*; *context* gives ``site_name``, ``subject`` and ``why``."""
    return render_to_string("mails/frame.html", {**context, "parts": parts(text)})
