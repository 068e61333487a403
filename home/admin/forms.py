"""The form behind every snippet that may one day be translated."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale


class SnippetForm(WagtailAdminModelForm):
    """Checks what must be unique in a language, although the language is not a field of the form.

    Django skips a constraint that names a field the form doesn't have; the database would refuse it with an error.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.locale_id is None:
            self.instance.locale = Locale.get_default()

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()
        return exclusions - {"locale"}
