"""The form of a proposal: what is typed into it, what is wrong, what it says once it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from practices.proposals.content import Content, typed_date
from practices.proposals.fields import row_field, sheet_field
from practices.proposals.questions import (
    DATES,
    LABELS,
    NOT_OF_THE_SHEET,
    OPTIONAL_FROM,
    PUBLICS,
    REQUIRED,
    REQUIRED_ROWS,
    ROWS,
    SECTIONS,
)

MOST_ROWS = 100  # more than the longest sheet has paragraphs: rows above it would look taken away


class SheetForm(forms.Form):
    """The answers that are not rows, by the names of ``questions``."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _title, names in SECTIONS:
            for name in names:
                if name not in ROWS:
                    self.fields[name] = sheet_field(name)
                    self.fields[name].label = LABELS[name]
                    self.fields[name].required = name in REQUIRED

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("territory") and not cleaned.get("place") and "territory" not in self.errors:
            raise ValidationError({"territory": _("Choisissez un territoire, ou écrivez où cela se passe.")})
        return cleaned


class RowForm(forms.Form):
    """One row; empty ones are no rows, even where they have a key: that is how one takes a row away."""

    use_required_attribute = False
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in ROWS[kind].fields:
            self.fields[name] = row_field(kind, name)

    def has_changed(self) -> bool:
        return any(name not in ("key", "DELETE") for name in self.changed_data)

    @property
    def answers(self) -> list[Any]:
        """The fields to show."""
        return [self[name] for name in ROWS[self.kind].fields]

    def typed(self) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {name: _plain(self.data.get(self.add_prefix(name), "")) for name in self._names()}

    def content(self) -> dict[str, str]:
        """The same, of a valid form: cut to the key that it may have, dates as the site writes them."""
        return {name: _tidy(name, self.cleaned_data.get(name)) for name in self._names()}

    def _names(self) -> tuple[str, ...]:
        return ("key", *ROWS[self.kind].fields)


class BaseRows(forms.BaseFormSet[RowForm]):
    needed = ""  # what to say when there is no row

    def initial_form_count(self) -> int:
        """Of what was sent every row may be empty, those that the sheet has too."""
        return 0 if self.is_bound else super().initial_form_count()

    def kept(self) -> list[RowForm]:
        """The rows that say something."""
        return [
            form for form in self.forms if form.has_changed() and not form.data.get(form.add_prefix("DELETE"))
        ]

    def clean(self) -> None:
        if self.needed and not self.kept():
            raise ValidationError(self.needed)


@dataclass(frozen=True)
class Part:
    """One question: a ``field`` or, with ``rows``, several rows of them."""

    name: str
    field: Any = None
    rows: Any = None

    @property
    def row(self) -> Any:
        return ROWS[self.name]

    @property
    def is_choices(self) -> bool:
        return isinstance(self.field.field.widget, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class SectionOfForm:
    title: Any
    parts: list[Part]
    is_folded: bool


class Questions:
    """The whole form: to show *content*, or to read what was sent (*data*). *more* names rows to add one to."""

    def __init__(
        self,
        content: Content | None = None,
        data: QueryDict | None = None,
        *,
        correcting: bool = False,
        more: str = "",
    ) -> None:
        self.correcting, self.more = correcting, more
        self.form = SheetForm(data, initial=content)
        self.rows = {name: self._rows_of(name, content or {}, data) for name in ROWS}

    def _rows_of(self, name: str, content: Content, data: QueryDict | None) -> BaseRows:
        initial = content.get(name) or []
        spare = max(0, 1 - len(initial)) + (1 if self.more == name else 0)
        factory = forms.formset_factory(
            RowForm, BaseRows, extra=spare, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        rows: Any = factory(data, initial=initial, prefix=name, form_kwargs={"kind": name})
        rows.needed = "" if self.correcting else REQUIRED_ROWS.get(name, "")
        return rows

    @property
    def sections(self) -> Iterator[SectionOfForm]:
        for number, (title, names) in enumerate(SECTIONS):
            parts = [self._part(name) for name in names if not (self.correcting and name == "place")]
            optional = OPTIONAL_FROM <= number < len(SECTIONS) - 1
            yield SectionOfForm(title, parts, optional and not self._is_about(names))

    def _is_about(self, names: Iterable[str]) -> bool:
        """Whether one of *names* was just given another row, has an answer already, or was sent."""
        return self.form.is_bound or self.more in names or any(self.form.initial.get(name) for name in names)

    def _part(self, name: str) -> Part:
        if name in ROWS:
            return Part(name, rows=self.rows[name])
        return Part(name, field=self.form[name])

    def typed(self) -> Content:
        """What was typed, whatever it is, without the characters that no database takes."""
        content: Content = {
            name: _plain(self.form.data.get(name, "")) for name in self.form.fields if name != PUBLICS
        }
        data: Any = self.form.data
        content[PUBLICS] = sorted(_plain(one) for one in data.getlist(PUBLICS)[:MOST_ROWS])
        return content | {name: [form.typed() for form in rows.kept()] for name, rows in self.rows.items()}

    def is_complete(self) -> bool:
        """Whether it can go to the moderators. Every part is checked, so that everything wrong is said at once."""
        return all([self.form.is_valid(), *[rows.is_valid() for rows in self.rows.values()]])

    def content(self) -> Content:
        """What a complete form says."""
        content: Content = {name: _tidy(name, value) for name, value in self.form.cleaned_data.items()}
        content[PUBLICS] = sorted(self.form.cleaned_data[PUBLICS])
        return content | {name: [form.content() for form in rows.kept()] for name, rows in self.rows.items()}

    @cached_property
    def errors(self) -> list[tuple[str, Any, Any]]:
        """Each thing that is wrong: the anchor of its question, its name, and what to do."""
        found: list[tuple[str, Any, Any]] = []
        for name in self.form.errors:
            found += [
                (self.form[name].auto_id, self.form[name].label, text) for text in self.form.errors[name]
            ]
        for name, rows in self.rows.items():
            found += [(f"rangs-{name}", ROWS[name].label, text) for text in rows.non_form_errors()]
            for number, form in enumerate(rows.kept(), start=1):
                found += [
                    (form[field].auto_id, f"{ROWS[name].one} {number} · {form[field].label}", text)
                    for field, texts in form.errors.items()
                    for text in texts
                ]
        return found


def _plain(text: Any) -> str:
    """*text* without NUL, which databases refuse, and with the line ends of everybody else."""
    return str(text).replace("\0", "").replace("\r\n", "\n").strip()


def _tidy(name: str, value: Any) -> str:
    if name in DATES or name == "date":
        return typed_date(value)
    return _plain(value or "")


ALL_NAMES = {name for _title, names in SECTIONS for name in names} - {*NOT_OF_THE_SHEET}
EVERY_NAME = ALL_NAMES | {*NOT_OF_THE_SHEET}
