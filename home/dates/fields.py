"""The model and form fields of partial dates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.dates.partial import PartialDate

MAX_LENGTH = 10


class PartialDateFormField(forms.CharField):
    default_error_messages = {
        "invalid": _("Écrivez une année (2018), un mois (11/2018) ou un jour (27/11/2018)."),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return PartialDate.parse(text) if text else ""
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored date as French people type it; leave what could not be read as it was typed."""
        return "/".join(reversed(value.split("-"))) if isinstance(value, PartialDate) else value


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A column of ISO text; ``""`` when the date is not known. Values read from it are ``PartialDate``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = MAX_LENGTH
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return PartialDate(value) if value else value

    def to_python(self, value: Any) -> Any:
        if not value or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(
                PartialDateFormField.default_error_messages["invalid"], code="invalid"
            ) from error

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})
