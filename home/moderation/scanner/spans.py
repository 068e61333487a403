"""What a detector hands over: a stretch of text, and what kind of thing it looks like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PHONE = "phone", _("Numéro de téléphone")
    EMAIL = "email", _("Adresse électronique")
    POSTAL = "postal", _("Adresse postale")
    FILE = "file", _("Numéro de dossier")
    IDENTITY = "identity", _("Numéro de passeport ou de titre")
    BANK = "bank", _("Compte bancaire")
    BIRTH = "birth", _("Date de naissance")
    NAME = "name", _("Nom complet près d’un mot de l’exil")


class Span(NamedTuple):
    kind: Kind
    start: int
    end: int


def without_overlaps(spans: Iterable[Span], length: int) -> list[Span]:
    """*spans* of a text of *length* characters in its order; where two overlap, the one given first stays."""
    kept: list[Span] = []
    taken = bytearray(length)
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
