"""What this package adds to Wagtail's admin. Each module registers its own hooks."""

from home.admin import autosave, content_checks, dashboard, guide, kept_copy, menus  # noqa: F401
from home.audit import report  # noqa: F401
from home.blocks import cleaning  # noqa: F401
from home.media import consent_hooks, history, visibility  # noqa: F401
from home.moderation import (  # noqa: F401
    audit,
    claim_views,
    discretion_hooks,
    draft_screens,
    outcomes,
    reply_screens,
    report_screens,
    review_hooks,
    review_times,
    right_of_reply,
)
from home.moderation.scanner import hooks  # noqa: F401
from home.people import handover_hooks, invite_views, leave_views, profile, reading, snippets  # noqa: F401
from home.people.signin import account_items, changes  # noqa: F401
