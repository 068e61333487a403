"""Keys and passwords that slipped into the tree: the shapes that services give them, by detect-secrets.

Entropy and words such as « password » are left out: in tests they cry wolf a hundred times. What a service issues has a
shape, and so have a private key, an address with a password, and a key of age, with which backups are encrypted.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
RULES = Path(__file__).with_name("secrets.toml")
LOUD = {"Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector", "IPPublicDetector"}
OURS = {
    "age": re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{10,}"),
    "SECRET_KEY": re.compile(r"^\s*(?:export )?SECRET_KEY=[\w!@#$%^&*()+-]{20,}\s*$", re.MULTILINE),
}
BINARY = {".avif", ".gif", ".heic", ".jpg", ".mo", ".png", ".webp", ".woff2"}


def look() -> tuple[list[str], list[str]]:
    """The lines of the tree that look like a secret and that nobody explained."""
    known: dict[str, str] = tomllib.loads(RULES.read_text())["known"]
    found = search(files(), ROOT)
    return (
        [f"{place} : {kind}" for place, kind in found if place.partition(":")[0] not in known],
        [
            f"{name} n’est plus à expliquer."
            for name in known
            if name not in {p.partition(":")[0] for p, _k in found}
        ],
    )


def files() -> list[str]:
    """What git follows, and what it would."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if Path(name).suffix not in BINARY and (ROOT / name).is_file()]


def search(names: Iterable[str], root: Path) -> list[tuple[str, str]]:
    """Where something looks like a secret, « file:line », and of which kind."""
    collection = SecretsCollection(root=str(root))
    plugins = {kind.__name__ for kind in get_mapping_from_secret_type_to_class().values()} - LOUD
    found = []
    with transient_settings({"plugins_used": [{"name": name} for name in sorted(plugins)]}):
        for name in names:
            collection.scan_file(name)
            text = (root / name).read_text(errors="replace")
            found += [
                (f"{name}:{text.count(chr(10), 0, match.start()) + 1}", kind)
                for kind, pattern in OURS.items()
                for match in pattern.finditer(text)
            ]
    return sorted([*found, *((f"{name}:{secret.line_number}", secret.type) for name, secret in collection)])
