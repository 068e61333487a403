"""The fields of a proposal's form. Every kind is taken from the sheet's own, so that the limits are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.forms import TITLE_LENGTH
from practices.proposals.content import split_tags
from practices.proposals.questions import PASSAGES, PUBLICS, RICH, ROWS, TAGS, THEMES
from practices.taxonomy import ActorType, PracticeType, Public, Theme

LONGEST = 10_000  # characters of one answer
NOTHING = ("", "—")
PLACE_LENGTH = 160
MOST_TAGS, TAG_LENGTH = 12, 100


class TagsField(forms.CharField):
    """Free words with a comma between them, as Wagtail's own field takes them."""

    default_error_messages: ClassVar = {
        "too_many": _("Douze mots-clés au plus : gardez ceux que quelqu’un chercherait."),
        "too_long": _("Un mot-clé a cent caractères au plus : séparez-les par des virgules."),
    }

    def clean(self, value: Any) -> str:
        tags = split_tags(super().clean(value))
        if len(tags) > MOST_TAGS:
            raise ValidationError(self.error_messages["too_many"])
        if any(len(tag) > TAG_LENGTH for tag in tags):
            raise ValidationError(self.error_messages["too_long"])
        return ", ".join(tags)


def answers(name: str) -> dict[str, str]:
    """The words of each value that the list *name* offers (a field, or « rows.field »); empty for free text."""
    kind, _dot, column = name.partition(".")
    field = row_field(kind, column) if column else sheet_field(kind)
    return dict(_flat(getattr(field, "choices", [])))


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        elif value:
            yield str(value), str(label)


def sheet_field(name: str) -> forms.Field:
    if name in RICH:
        return _text()
    if name in THEMES:
        return forms.ChoiceField(choices=[NOTHING, *_themes()])
    if made := OWN_FIELDS.get(name):
        return made()
    sheet: Any = apps.get_model("practices", "PracticePage")
    return _as_form_field(sheet._meta.get_field(name))


def _territory() -> forms.Field:
    places = apps.get_model("practices", "TerritoryPage").objects.live().public().order_by("title")
    return forms.ChoiceField(choices=[NOTHING, *places.values_list("slug", "title")])


def _publics() -> forms.Field:
    return forms.MultipleChoiceField(choices=_terms(Public), widget=forms.CheckboxSelectMultiple)


def _signature() -> forms.Field:
    return forms.CharField(
        max_length=PLACE_LENGTH,
        help_text=_(
            "Un nom, un prénom, un pseudonyme, un collectif. La modération vous écrit avant de vous nommer ; "
            "sans réponse ici, la fiche ne dit rien de vous."
        ),
    )


# The answers that are no ordinary field of a sheet.
OWN_FIELDS: dict[str, Callable[[], forms.Field]] = {
    "title": lambda: forms.CharField(max_length=TITLE_LENGTH),
    "territory": _territory,
    "place": lambda: forms.CharField(max_length=PLACE_LENGTH, required=False),
    "practice_type": lambda: forms.ChoiceField(choices=[NOTHING, *_terms(PracticeType)]),
    PUBLICS: _publics,
    TAGS: lambda: TagsField(help_text=_("Des mots que quelqu’un chercherait : parrainage, ruralité.")),
    "signature": _signature,
    "note": lambda: _text(rows=5),
}


def row_field(kind: str, name: str) -> forms.Field:
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
