"""The form of a proposal. Every kind of field is taken from the sheet's own, so that the limits are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from practices.forms import TITLE_LENGTH
from practices.proposals.content import Content, typed_date
from practices.proposals.questions import (
    DATES,
    LABELS,
    NOT_OF_THE_SHEET,
    OPTIONAL_FROM,
    PASSAGES,
    PUBLICS,
    REQUIRED,
    REQUIRED_ROWS,
    RICH,
    ROWS,
    SECTIONS,
    THEMES,
)
from practices.taxonomy import ActorType, PracticeType, Public, Theme

LONGEST = 10_000  # characters of one answer
MOST_ROWS = 100  # more than the longest sheet has paragraphs: rows above it would look taken away
NOTHING = ("", "—")
PLACE_LENGTH = 160


class SheetForm(forms.Form):
    """The answers that are not rows, by the names of ``questions``."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _title, names in SECTIONS:
            for name in names:
                if name not in ROWS:
                    self.fields[name] = _field(name)
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
            self.fields[name] = _row_field(kind, name)

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


def answers(name: str) -> dict[str, str]:
    """The words of each value that the list *name* offers (a field, or « rows.field »); empty for free text."""
    kind, _dot, column = name.partition(".")
    field = _row_field(kind, column) if column else _field(kind)
    return dict(_flat(getattr(field, "choices", [])))


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        elif value:
            yield str(value), str(label)


def _field(name: str) -> forms.Field:
    if name in RICH or name == "note":
        return _text()
    if name == "place":
        return forms.CharField(max_length=PLACE_LENGTH, required=False)
    if name in THEMES:
        return forms.ChoiceField(choices=[NOTHING, *_themes()])
    if name == PUBLICS:
        return forms.MultipleChoiceField(choices=_terms(Public), widget=forms.CheckboxSelectMultiple)
    if name == "practice_type":
        return forms.ChoiceField(choices=[NOTHING, *_terms(PracticeType)])
    if name == "territory":
        places = apps.get_model("practices", "TerritoryPage").objects.live().public().order_by("title")
        return forms.ChoiceField(choices=[NOTHING, *places.values_list("slug", "title")])
    sheet: Any = apps.get_model("practices", "PracticePage")
    field = _as_form_field(sheet._meta.get_field(name))
    if name == "title":
        return forms.CharField(max_length=TITLE_LENGTH)
    return field


def _row_field(kind: str, name: str) -> forms.Field:
    if kind == PASSAGES:
        return _text(label=_("Texte"), rows=8)
    if name == "actor_type":
        return forms.ChoiceField(
            label=_("De quel genre ?"), required=False, choices=[NOTHING, *_terms(ActorType)]
        )
    model: Any = apps.get_model(ROWS[kind].model)
    column = model._meta.get_field(name)
    field = _as_form_field(column)
    field.required = not column.blank
    return field


def _as_form_field(column: Any) -> forms.Field:
    """The form field of a model's: the same limits and help, choices with « — » where the model has no default."""
    label = str(column.verbose_name)
    label = label[:1].upper() + label[1:]
    if column.choices:
        usual = column.get_default()
        given = [] if usual else [NOTHING]
        return forms.ChoiceField(
            label=label, choices=[*given, *column.choices], initial=usual, required=False
        )
    if isinstance(column, models.URLField):
        return forms.URLField(
            label=label, max_length=column.max_length, help_text=column.help_text, assume_scheme="https"
        )
    field: Any = column.formfield(label=label, required=False)
    if isinstance(column, models.TextField):
        field.widget = forms.Textarea(attrs={"rows": 4})
        field.max_length = column.max_length or LONGEST
    return field


def _text(label: Any = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}))


def _terms(model: Any) -> list[tuple[str, str]]:
    return list(model.objects.values_list("slug", "name"))


def _themes() -> list[tuple[str, list[tuple[str, str]]]]:
    themes = list(Theme.objects.all())
    return [
        (str(pillar.label), [(theme.slug, theme.name) for theme in themes if theme.pillar == pillar])
        for pillar in Theme.Pillar
    ]


def _plain(text: Any) -> str:
    """*text* without NUL, which databases refuse, and with the line ends of everybody else."""
    return str(text).replace("\0", "").replace("\r\n", "\n").strip()


def _tidy(name: str, value: Any) -> str:
    if name in DATES or name == "date":
        return typed_date(value)
    return _plain(value or "")


ALL_NAMES = {name for _title, names in SECTIONS for name in names} - {*NOT_OF_THE_SHEET}
