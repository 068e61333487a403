"""Known vulnerabilities, by pip-audit, of what is pinned: the site's packages and the tools of its developers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")
PATIENCE = 300  # seconds for one file


def look() -> tuple[list[str], list[str]]:
    """What was found in either file, and what could not be asked."""
    problems: dict[str, None] = {}
    notices: list[str] = []
    for file in FILES:
        found, unknown = read(ask(file), file)
        problems.update(dict.fromkeys(found))
        notices += unknown
    return list(problems), notices


def ask(file: str) -> str:
    """The answer of pip-audit about *file*, in JSON; empty when it could not be had."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(ROOT / file)]
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run(
            [*command, *options], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def read(answer: str, file: str) -> tuple[list[str], list[str]]:
    """The vulnerabilities in *answer*, and what of *file* stays unknown."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return [], [f"{file} n’a pas pu être vérifié : la base des failles ne répond pas (hors ligne ?)."]
    found = [
        f"{package['name']} {package['version']} : {one['id']}, corrigée en {', '.join(one['fix_versions']) or '—'}"
        for package in packages
        for one in package.get("vulns", [])
    ]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if not unknown:
        return found, []
    names = ", ".join(unknown) if len(unknown) <= 5 else f"{len(unknown)} paquets sur {len(packages)}"
    return found, [f"{file} : {names} sans réponse de la base des failles."]
