"""Rows of a page (themes, publics, signatures…) that must not be there twice."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint


def drop_repeated(page: Any, formset: Any) -> None:
    """Keep one of each of *page*'s rows that *formset*'s model wants to be unique.

    Within a form Wagtail says so itself. Two windows on the same text can each add the same row, though: the second
    one does not know of the first, and the database would answer with an error.
    """
    manager = getattr(page, formset.rel_name)
    for names in _unique_names(formset):
        seen = set()
        for row in list(manager.all()):
            values = tuple(getattr(row, name) for name in names)
            if values in seen:
                manager.remove(row)
            seen.add(values)


def permit_untouched(formset: Any) -> None:
    """Let new rows of *formset* be left as they were opened. Their place in the order says nothing of their content."""
    for form in formset.forms:
        if form.instance.pk is None:
            form.empty_permitted = True
            form.use_required_attribute = False  # Django refuses the two together
            if "ORDER" in form.fields:
                with suppress(ValidationError):  # the form itself says what is wrong with it
                    form.initial["ORDER"] = form.fields["ORDER"].to_python(form["ORDER"].data)


def _unique_names(formset: Any) -> list[list[str]]:
    """The attributes that must differ from row to row, constraint by constraint."""
    model, parent = formset.model, formset.fk.name
    constraints = [entry for entry in model._meta.constraints if isinstance(entry, UniqueConstraint)]
    return [
        [model._meta.get_field(name).attname for name in entry.fields if name != parent]
        for entry in constraints
        if parent in entry.fields
    ]
