"""The form of a sheet: what one field alone cannot say."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from home.pages.forms import ModeratedPageForm
from practices.scales import ActorRole, State

TITLE_LENGTH = 100


class PracticePageForm(ModeratedPageForm):
    """Asks for a carrying actor and a coherent period once the sheet is submitted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if title := self.fields.get("title"):
            title.max_length = TITLE_LENGTH
            # The column's own limit, which is higher, would be named instead of this one.
            title.validators = [rule for rule in title.validators if not isinstance(rule, MaxLengthValidator)]
            title.widget.attrs["maxlength"] = TITLE_LENGTH

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if len(title) > TITLE_LENGTH:
            raise ValidationError(
                _("Le titre compte %(length)s caractères ; %(limit)s au plus.")
                % {"length": len(title), "limit": TITLE_LENGTH}
            )
        return title

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start[: len(end)]:
            self.add_error("end", _("La fin vient après le début."))
        if not self.is_deferred_validation:
            self._clean_for_review(cleaned)
        return cleaned

    def _clean_for_review(self, cleaned: dict[str, Any]) -> None:
        """What must be there before anybody is asked to read the sheet."""
        if cleaned.get("state") == State.ENDED and not cleaned.get("end"):
            self.add_error("end", _("La pratique est terminée : depuis quand ?"))
        actors = self.formsets.get("actors")
        # Rows are checked after the page; asking now whether they are valid has them read.
        if actors is not None and actors.is_valid() and not any(self._is_lead(form) for form in actors.forms):
            self.add_error(
                None, _("Indiquez au moins un acteur qui porte la pratique (partie 5, rôle « Porteur »).")
            )

    @staticmethod
    def _is_lead(form: Any) -> bool:
        row = getattr(form, "cleaned_data", None) or {}
        return bool(row.get("role") == ActorRole.LEAD and not row.get("DELETE"))
