"""A page that waits for its hour, with an image whose agreement ended meanwhile, is not published."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.delivery.mails import admin_url, send
from home.media.blocked import objections
from home.media.endings import moderators

logger = logging.getLogger(__name__)


def hold_back_scheduled_pages() -> None:
    """Unschedule the versions that are due and can't be published, so that the others can; tell once."""
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        page = revision.as_object()
        if reasons := objections(page):
            _hold_back(page, revision, reasons)


@transaction.atomic
def _hold_back(page: Page, revision: Revision, reasons: list[str]) -> None:
    scheduled = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    if not scheduled.update(approved_go_live_at=None):
        return
    logger.warning("Publication programmée retenue : page %s, %s", page.pk, ", ".join(reasons))
    log(instance=page, action="home.publication_held_back", revision=revision, data={"reasons": reasons})
    context = {"page": page, "reasons": reasons, "url": admin_url("wagtailadmin_pages:edit", page.pk)}
    send("media/mails/publication_held_back", moderators(), context)
