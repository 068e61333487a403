"""Wagtail's scheduled publication, without the pages that an image keeps back, and one whole change at a time.

Wagtail takes the hour off a version before it makes the page public: a process that is killed in between leaves a page
that nobody publishes any more. Here each page is one transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as PublishScheduled
from wagtail.models import Page, Revision

from home.media.scheduled import hold_back_scheduled_pages


class Command(PublishScheduled):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            hold_back_scheduled_pages()
            take_off_what_expired()
            publish_what_is_due()
        super().handle(*args, **options)  # what is neither a page nor due this very moment


def take_off_what_expired() -> None:
    expired = Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
    for page in list(expired):
        with transaction.atomic():
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish_what_is_due() -> None:
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for revision in list(due):
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
