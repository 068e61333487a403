"""Wagtail's scheduled publication, without the pages that an image keeps back."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as PublishScheduled

from home.media.scheduled import hold_back_scheduled_pages


class Command(PublishScheduled):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            hold_back_scheduled_pages()
        super().handle(*args, **options)
