"""The texts of the demonstration: TOML files under ``content/``, one a page."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

CONTENT_DIR = Path(__file__).with_name("content")


@cache
def read(name: str) -> Entry:
    """The content of ``content/<name>.toml``."""
    return tomllib.loads((CONTENT_DIR / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def read_folder(name: str) -> list[Entry]:
    """The files of ``content/<name>/``, in the order of their names."""
    return [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((CONTENT_DIR / name).glob("*.toml"))
    ]
