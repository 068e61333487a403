"""The rows of a page form: what may not be there twice.

Django leaves out a uniqueness that names the page itself, which is no field of the row's form; the database would
refuse the second row with an error.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import UniqueConstraint


def has_twice(formset: Any) -> bool:
    """Whether two rows of *formset* are the same in what its model says is unique on a page."""
    if not formset.is_valid():
        return False  # it says itself what is wrong
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return any(_repeated(rows, names) for names in _unique_names(formset))


def _unique_names(formset: Any) -> list[tuple[str, ...]]:
    """The fields that must differ from row to row, constraint by constraint."""
    constraints = [entry for entry in formset.model._meta.constraints if isinstance(entry, UniqueConstraint)]
    return [
        tuple(name for name in entry.fields if name != formset.fk.name)
        for entry in constraints
        if formset.fk.name in entry.fields
    ]


def _repeated(rows: list[dict[str, Any]], names: tuple[str, ...]) -> bool:
    counted = Counter(tuple(row.get(name) for name in names) for row in rows)
    return any(count > 1 and any(values) for values, count in counted.items())
