"""Which test fails when which guard is switched off, as guards.toml says."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("guards.toml")
NO_GUARDS = "no guards"


class Guard(NamedTuple):
    """A guard, how to switch it off (see ``switches.switched_off``), and the test that fails then.

    *test* is an identifier of pytest's, with the one case that fails where the test has several.
    """

    name: str
    off: str
    test: str

    def __str__(self) -> str:
        return f"{self.name}, {self.off}"


@cache
def guards() -> list[Guard]:
    return [
        Guard(f"{module}.{function}", off, test)
        for module, entries in _written().items()
        if module != NO_GUARDS
        for (function, _comma, off), test in (
            (entry.partition(", "), test) for entry, test in entries.items()
        )
    ]


def no_guards() -> dict[str, str]:
    """What answers yes or no and guards nothing, with the reason."""
    return {name: why for why, names in _written().get(NO_GUARDS, {}).items() for name in names}


def guards_of(test: str) -> list[Guard]:
    """The guards that *test* holds, in one of its cases or the only one."""
    return [guard for guard in guards() if guard.test.partition("[")[0] == test]


def _written() -> dict[str, dict[str, Any]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
