"""What this package adds to Wagtail's admin. Each module registers its own hooks."""

from home.admin import autosave, dashboard, menus  # noqa: F401
from home.moderation import audit, discretion_hooks, review_hooks  # noqa: F401
from home.people import profile, snippets  # noqa: F401
