"""The licences of what is pinned: free ones, that let an association run and change the site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULES = Path(__file__).with_name("licences.toml")
PARTS = re.compile(r"; | OR | AND ")


def look() -> tuple[list[str], list[str]]:
    """The packages whose licence nobody has allowed, and exceptions that are of no use any more."""
    rules = tomllib.loads(RULES.read_text())
    return judge(licences(), set(rules["allowed"]), rules["exceptions"])


def judge(
    found: dict[str, str], allowed: set[str], exceptions: dict[str, str]
) -> tuple[list[str], list[str]]:
    """The same, of *found*: licences by package. A package under several licences needs them all allowed."""
    odd = {name: text for name, text in found.items() if not set(PARTS.split(text)) <= allowed}
    problems = [
        f"{name} : {text} (l’autoriser ou l’excepter, avec une raison, dans {RULES.name})"
        for name, text in odd.items()
        if name not in exceptions
    ]
    return problems, [f"{name} n’a plus besoin d’exception." for name in exceptions if name not in odd]


def licences() -> dict[str, str]:
    """The licence of each installed package that is pinned."""
    command = [str(Path(sys.executable).with_name("pip-licenses")), "--from=mixed", "--format=json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    packages = {one["Name"].lower().replace("_", "-"): one["License"] for one in json.loads(done.stdout)}
    return {name: text for name, text in sorted(packages.items()) if name in pinned()}


def pinned() -> set[str]:
    text = "".join((ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt"))
    return {
        re.sub(r"[._-]+", "-", name).lower()
        for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", text, re.MULTILINE)
    }
