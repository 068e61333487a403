"""The panel above the form that quotes what the scanner found."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from home.moderation.scanner import Finding, findings
from home.moderation.scanner.warning import SEEN, seen_keys


class PassagesPanel(Panel):
    """Shows nothing when nothing was found.

    Its hidden field says what the person was warned of when they pressed « Soumettre ». Opening the form does not
    count: who comes back to a draft is warned once more.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "moderation/passages_panel.html"

        @cached_property
        def found(self) -> list[Finding]:
            """What stands in what was sent; in the newest version when nothing was."""
            scanned: list[Finding] | None = getattr(self.form, "found", None)
            return findings(self.instance) if scanned is None else scanned

        @property
        def seen(self) -> set[str]:
            """What has been shown in a warning, this one included."""
            if self.form is None or not self.form.is_bound:
                return set()
            shown = getattr(self.form, "found", None) or []
            return seen_keys(self.form.data) | {finding.key for finding in shown}

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.found or self.seen)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {
                **context,
                "findings": self.found,
                "field": SEEN,
                "seen": " ".join(sorted(self.seen)),
            }
