"""Sections of the home page that packages above this one contribute (hook ``home_page_section``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

HOOK = "home_page_section"


@dataclass(frozen=True)
class PageSection:
    """A template of the contributing package with what it shows. Sections come in the order of ``order``."""

    template: str
    order: int
    context: dict[str, Any] = field(default_factory=dict)


def home_sections(request: HttpRequest) -> list[PageSection]:
    """What every package contributes, in order."""
    contributors: list[Callable[[HttpRequest], PageSection]] = hooks.get_hooks(HOOK)
    return sorted((contribute(request) for contribute in contributors), key=lambda section: section.order)
