"""The map: where places fall on it, and the outline of the countries behind them.

Plain Python without models: a page gives latitudes and longitudes, a template gets
numbers to draw an SVG with. See README.md for the data's source and licence.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from practices.geography.labels import Label, place_labels
from practices.geography.projection import (
    WHOLE_MAP,
    Box,
    Point,
    is_on_map,
    project,
    viewbox_for,
)
from practices.geography.spread import spread

__all__ = [
    "WHOLE_MAP",
    "Box",
    "Country",
    "Label",
    "Point",
    "europe_outline",
    "is_on_map",
    "place_labels",
    "project",
    "rings",
    "spread",
    "viewbox_for",
]

OUTLINE_PATH: Final = Path(__file__).with_name("europe.json")


@dataclass(frozen=True)
class Country:
    """A country's shape: `iso` is its alpha-2 code, `path` is SVG path data.

    Coordinates are whole viewBox units; draw with ``fill-rule="evenodd"``.
    """

    iso: str
    path: str


def europe_outline() -> list[Country]:
    """Return the countries of the map in the order of their codes, read once a process."""
    return list(_read_outline())


def rings(path: str) -> list[list[Point]]:
    """Return the closed lines of `path`, whose data have the form ``Mx ylx y…z``, in whole viewBox units."""
    lines: list[list[Point]] = []
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x = y = 0
        line: list[Point] = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            line.append((x, y))
        lines.append(line)
    return lines


@cache
def _read_outline() -> tuple[Country, ...]:
    """Read `europe.json`; a tuple, so that no caller can change what is kept."""
    outline = json.loads(OUTLINE_PATH.read_text(encoding="utf-8"))
    return tuple(Country(**country) for country in outline["countries"])
