"""What moderation forgets after a set time (said on « Données personnelles »)."""

from __future__ import annotations

from home.moderation.complaints import ContentReport
from home.moderation.shared_drafts import DraftLink


def forget_what_is_over() -> None:
    """Delete old links with their remarks, and the addresses of people whose report was handled long ago."""
    DraftLink.objects.to_forget().delete()
    ContentReport.objects.with_contact_to_forget().update(contact="")
