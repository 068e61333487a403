"""What the editor says above a text about its review: why it came back, or that it waits for you."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import TaskState, WorkflowState


class ReviewNotePanel(Panel):
    """Stands first in the form; shows nothing when there is nothing to say."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "moderation/review_note.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self._sent_back() or self._waits_here())

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            state = self._sent_back()
            return {
                **context,
                "page": self.instance,
                "sent_back": state,
                "decision": getattr(state, "decision", None) if state else None,
                "waits_here": self._waits_here(),
            }

        def _sent_back(self) -> TaskState | None:
            """The step at which changes were asked for, while they are."""
            state = self.instance.current_workflow_state if self.instance.pk else None
            if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
                return None
            return state.current_task_state

        def _waits_here(self) -> bool:
            """Whether the person who edits is asked to review."""
            if not self.instance.pk or self.request is None:
                return False
            task = self.instance.current_workflow_task
            return bool(
                task and hasattr(task, "is_reviewer") and task.is_reviewer(self.instance, self.request.user)
            )
