"""Every guard is known, and some test fails without it.

The tests themselves are elsewhere: tests/conftest.py runs each of those that guards.toml names once more with its
guard switched off, and is content only if it fails.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from home.moderation.claiming import ClaimRefusedError
from home.moderation.report_form import one_line
from tests.guards.found import answering, refusing
from tests.guards.register import FILE, guards, no_guards
from tests.guards.switches import switched_off


def test_every_refusal_is_held_by_a_test() -> None:
    missing = refusing() - {str(guard) for guard in guards()}

    assert not missing, f"Name in {FILE.name} a test that fails without it: {sorted(missing)}"


def test_whatever_decides_is_held_by_a_test_or_said_to_guard_nothing() -> None:
    missing = answering() - {guard.name for guard in guards()} - set(no_guards())

    assert not missing, f"Name in {FILE.name} a test that fails without it, or say why not: {sorted(missing)}"


def test_what_is_written_down_exists() -> None:
    refusals = {str(guard) for guard in guards() if guard.off.startswith("refusal")}

    assert refusals - refusing() == set()
    assert set(no_guards()) - answering() == set()


def test_each_guard_can_be_switched_off() -> None:
    """A test without its guard may fail for any reason, but not because there is nothing to switch off."""
    for guard in guards():
        with switched_off(guard.name, guard.off):
            pass


def test_a_guard_is_switched_off_and_on_again() -> None:
    name = "home.moderation.report_form.one_line"
    with switched_off(name, "'off'"):
        assert one_line("a  b") == "off"

    assert one_line("a\nb") == "a b"


def test_a_refusal_is_dropped_and_the_rest_goes_on() -> None:
    with pytest.raises(ClaimRefusedError), switched_off(f"{__name__}.refuse_twice", "refusal 1"):
        refuse_twice()
    with pytest.raises(ValidationError):
        refuse_twice()


def refuse_twice() -> None:
    raise ValidationError("first")
    raise ClaimRefusedError("second")
