"""The one job that forgets: each time limit of the register, enforced as it is worded."""

from __future__ import annotations

import logging

from django.db import transaction

from home.privacy.registry import kept

logger = logging.getLogger(__name__)


class ForgettingError(Exception):
    """Some limits could not be enforced; the others were."""


def forget_what_is_over() -> int:
    """Enforce every limit; return how many rows went or were emptied. Harmless when run again.

    One limit that fails keeps none of the others from being held: all are tried before ``ForgettingError``.
    """
    count, failed = 0, []
    for model, entry in kept().items():
        for limit in entry.limits:
            try:
                with transaction.atomic():
                    count += limit.enforce(model)
            except Exception:
                logger.exception("A time limit of %s could not be held", model._meta.label)
                failed.append(model._meta.label)
    if failed:
        raise ForgettingError(", ".join(failed))
    return count
