"""The scales of a sheet, step by step. They are shown side by side and never added up."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from practices.scales import EVIDENCE_MEANINGS, Evidence, PeoplePlace, State

register = template.Library()

SETBACKS = (State.CHALLENGED, State.SUSPENDED, State.ENDED)


@dataclass(frozen=True)
class Step:
    label: str
    current: bool
    meaning: str = ""


@register.filter
def state_path(current: str) -> list[Step]:
    """From announced to taken up elsewhere; no step is current where a practice is reduced or over."""
    return [Step(str(state.label), state == current) for state in State if state not in SETBACKS]


@register.filter
def is_setback(current: str) -> bool:
    """Whether the practice is reduced, suspended or over."""
    return current in SETBACKS


@register.filter
def evidence_path(current: str) -> list[Step]:
    return [Step(str(step.label), step == current, str(EVIDENCE_MEANINGS[step])) for step in Evidence]


@register.filter
def people_path(current: str) -> list[Step]:
    return [Step(str(step.label), step == current) for step in PeoplePlace]
