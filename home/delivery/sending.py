"""Handing one message to the mail server."""

from __future__ import annotations

import logging

from django.core.mail import EmailMultiAlternatives

logger = logging.getLogger(__name__)


def deliver(message: EmailMultiAlternatives) -> bool:
    """Send one message; ``False`` when it failed.

    A mail server that is down must not undo what the person decided: the failure goes to the log.
    """
    try:
        message.send()
    except OSError:
        logger.exception("A mail could not be sent")
        return False
    return True
