"""``make audit``: known vulnerabilities of what is pinned, its licences, and secrets in the tree.

Ends with 1 when something was found, with 0 when nothing was, and says plainly what could not be asked: the first of
the three needs a network.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from tests.supply import licences, secrets, vulnerabilities


@dataclass(frozen=True)
class Finding:
    """``problems`` fail the audit, ``notices`` are worth reading."""

    problems: list[str]
    notices: list[str]


CHECKS: dict[str, tuple[str, Callable[[], tuple[list[str], list[str]]]]] = {
    "vulnerabilities": ("Failles connues des paquets fixés", vulnerabilities.look),
    "licences": ("Licences des paquets fixés", licences.look),
    "secrets": ("Secrets dans l’arbre", secrets.look),
}


def main(names: list[str]) -> int:
    """Run the checks called *names*, or all; return the exit code."""
    found = False
    for name in names or CHECKS:
        title, look = CHECKS[name]
        finding = Finding(*look())
        found = found or bool(finding.problems)
        quiet = "rien trouvé, voir les notes" if finding.notices else "rien trouvé"
        print(f"{title} : {f'{len(finding.problems)} problème(s)' if finding.problems else quiet}")  # noqa: T201
        for line in [*finding.problems, *(f"(note) {notice}" for notice in finding.notices)]:
            print(f"  {line}")  # noqa: T201
    return int(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
