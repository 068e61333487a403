"""The tags that somebody without an account proposes: few, short, each once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from practices.proposals.fields import MOST_TAGS, TAG_LENGTH, TagsField


def test_are_read_with_commas_semicolons_and_lines_between_them() -> None:
    assert TagsField().clean(" marché ;Accès  aux soins,\nMarché, ") == "Accès aux soins, marché"


def test_are_not_endless_in_number() -> None:
    with pytest.raises(ValidationError, match="Douze mots-clés au plus"):
        TagsField().clean(", ".join(f"mot {number}" for number in range(MOST_TAGS + 1)))


def test_are_not_endless_in_length() -> None:
    with pytest.raises(ValidationError, match="cent caractères au plus"):
        TagsField().clean("x" * (TAG_LENGTH + 1))
