"""The table of rights holds, cell by cell, through real requests."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.permissions.attempts import ATTEMPTS
from tests.permissions.stage import build_world
from tests.permissions.table import COLUMNS, cells


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_column(role: str, subtests: pytest.Subtests) -> None:
    """Every cell of a role. The people and texts are built once; each attempt is undone."""
    world = build_world()

    for cell in [cell for cell in cells() if cell.role == role]:
        stage = world.stage(cell)
        with transaction.atomic():
            happened = ATTEMPTS[cell.action](stage)
            transaction.set_rollback(True)

        with subtests.test(cell.sentence):
            assert happened is cell.allowed


def test_every_action_is_in_the_table() -> None:
    assert {cell.action for cell in cells()} == set(ATTEMPTS)
