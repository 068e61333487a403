"""What a proposal changes, answer by answer and row by row, and what became of each of them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.compare import diff_text

from practices.proposals.content import Content
from practices.proposals.fields import answers
from practices.proposals.forms import ALL_NAMES, EVERY_NAME
from practices.proposals.questions import LABELS, PUBLICS, ROWS, SECTIONS

ORDER = [name for _title, names in SECTIONS for name in names]

Place = tuple[str, str]  # the name of a question, and which of its rows ("" for a question that has none)


@dataclass(frozen=True)
class Change:
    """``before`` and ``after`` are answers (rows: ``None`` where there is none); ``now`` is what the draft says."""

    place: Place
    before: Any
    after: Any
    now: Any

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody wrote something else there meanwhile: nothing of theirs is overwritten."""
        return self.now not in (self.before, self.after)

    @property
    def is_done(self) -> bool:
        """Whether the draft says so already."""
        return bool(self.now == self.after)

    @property
    def label(self) -> str:
        name, _key = self.place
        if name not in ROWS:
            return str(LABELS[name])
        if self.before is None:
            return f"{ROWS[name].one} · {gettext('à ajouter')}"
        ending = gettext("à retirer") if self.after is None else gettext("à changer")
        return f"{ROWS[name].one} · {ending}"

    @property
    def question(self) -> str:
        return _title(self.place)

    @cached_property
    def difference(self) -> str:
        """The two texts in one, as HTML in which what goes and what comes is marked."""
        difference = diff_text(self.words(self.before), self.words(self.after))
        return str(difference.to_html(tag="span"))

    @property
    def said_before(self) -> str:
        return self.words(self.before)

    @property
    def said_after(self) -> str:
        return self.words(self.after)

    @property
    def said_now(self) -> str:
        return self.words(self.now)

    def words(self, value: Any) -> str:
        return words(self.place[0], value)


def words(name: str, value: Any) -> str:
    """An answer as people read it."""
    if not value:
        return ""
    if name in ROWS:
        return "\n".join(_said(f"{name}.{column}", text) for column, text in value.items() if text)
    if name == PUBLICS:
        return ", ".join(_said(name, one) for one in value)
    return _said(name, value)


def changes(base: Content, proposed: Content, now: Content) -> list[Change]:
    """What *proposed* changes in *base*, in the order of the form; *now* is what the newest draft says."""
    before, after = dict(_flat(base)), dict(_flat(proposed))
    places = sorted({**after, **before}, key=lambda place: ORDER.index(place[0]))
    return [
        Change(
            place, before.get(place), after.get(place), _now(now, place, before.get(place), after.get(place))
        )
        for place in places
        if (before.get(place) or None) != (after.get(place) or None)
    ]


def told_apart(stored: Content, typed: Content) -> list[Change]:
    """Where *stored* answers differ from those *typed* elsewhere, whatever they are about."""
    before, after = dict(_flat(stored, EVERY_NAME)), dict(_flat(typed, EVERY_NAME))
    places = dict.fromkeys([*before, *after])
    return [
        Change(place, before.get(place), after.get(place), before.get(place))
        for place in places
        if (before.get(place) or None) != (after.get(place) or None)
    ]


def merged(now: Content, wanted: Iterable[Change]) -> tuple[Content, set[str]]:
    """*now* with the *wanted* changes made, and the names of the questions they touch."""
    content, names = {**now}, set()
    for change in wanted:
        name = change.place[0]
        if change.is_done:
            continue
        names.add(name)
        content[name] = _with(content[name], change) if name in ROWS else change.after
    return content, names


def as_text(content: Content, names: Iterable[str] = EVERY_NAME) -> str:
    """All that was typed, to copy out: for a person whose link is over when they press « Enregistrer »."""
    return "\n\n".join(
        f"{_title(place)}\n{words(place[0], value)}" for place, value in _flat(content, names) if value
    )


def _title(place: Place) -> str:
    return str(ROWS[place[0]].one if place[0] in ROWS else LABELS[place[0]])


def _said(name: str, value: str) -> str:
    return answers(name).get(value, value)


def _flat(content: Content, names: Iterable[str] = ALL_NAMES) -> Iterator[tuple[Place, Any]]:
    for name in sorted(names, key=ORDER.index):
        value = content.get(name)
        if name not in ROWS:
            yield (name, ""), value or ""
            continue
        for number, row in enumerate(value or []):
            cells = {column: row[column] for column in ROWS[name].fields}
            yield (name, row["key"] or f"+{number}"), cells


def _now(now: Content, place: Place, before: Any, after: Any) -> Any:
    """What the draft says there. A row is known by what it says: the proposed one, the old one, or neither."""
    name = place[0]
    if name not in ROWS:
        return now.get(name) or ""
    said = [_cells(row) for row in now.get(name) or []]
    return next((row for row in (after, before) if row in said), None)


def _cells(row: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in row.items() if column != "key"}


def _with(rows: list[dict[str, str]], change: Change) -> list[dict[str, str]]:
    """*rows* with the one that says what it said before changed or taken away, or a new one added."""
    if change.before is None:
        return [*rows, {"key": "", **change.after}]
    number = [_cells(row) for row in rows].index(change.before)
    changed = [{"key": rows[number]["key"], **change.after}] if change.after else []
    return [*rows[:number], *changed, *rows[number + 1 :]]
