"""Who opens the runbook at night finds commands that exist, with the options that they take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from home.delivery import readiness
from tests.test_house import targets

ROOT = Path(__file__).resolve().parents[2]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
ALL = RUNBOOK + (ROOT / "README.md").read_text()
CALLED = sorted(set(re.findall(r"manage\.py ([a-z_]+)([^`|\n]*)", ALL)))
SECTIONS = [
    "Installer",
    "Mettre à jour",
    "Sauvegarder",
    "Restaurer",
    "Un second facteur est perdu",
    "Une plainte arrive",
    "Une image doit disparaître tout de suite",
    "Le site est attaqué",
    "Un secret a fui, ou il faut changer les clefs",
    "Le disque est plein",
    "Les courriels ne partent plus",
]


@pytest.mark.parametrize("section", SECTIONS)
def test_says_what_to_do(section: str) -> None:
    text = RUNBOOK.partition(f"\n## {section}\n")[2].partition("\n## ")[0]

    assert "`" in text
    assert re.search(r"^(1\.|\||`)", text, re.MULTILINE)


@pytest.mark.parametrize("command", sorted({name for name, _rest in CALLED}))
def test_names_a_command_that_exists(command: str) -> None:
    assert command in get_commands()


@pytest.mark.parametrize(("command", "rest"), [call for call in CALLED if "--" in call[1]])
def test_names_options_that_it_takes(command: str, rest: str) -> None:
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)

    assert set(re.findall(r"--[a-z-]+", rest)) <= set(parser._option_string_actions)


def test_names_targets_of_make_that_exist() -> None:
    assert set(re.findall(r"`make ([a-z-]+)", RUNBOOK)) <= set(targets())


def test_explains_every_name_that_readyz_may_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "remembered", lambda probe: False)
    for name in ("database_answers", "cache_answers"):
        monkeypatch.setattr(readiness, name, lambda: False)
    rows = re.findall(r"^\| ([^|]+) \|", RUNBOOK, re.MULTILINE)

    for name in (*readiness.failing(), *readiness.warnings()):
        assert any(name in row for row in rows), name
