"""Places that fall on each other, told apart: each moves as little as it must, and keeps a line to where it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import cos, hypot, sin
from typing import Final

from practices.geography.projection import Box, Point

ROUNDS: Final = 40
GOLDEN_ANGLE: Final = 2.399963  # radians: places on one very point leave it in directions of their own
NOTHING: Final = 1e-6


def spread(points: Sequence[Point], gap: float, frame: Box) -> list[Point]:
    """Return *points* in their order, any two of them *gap* apart where *frame* has the room.

    The same points give the same answer. One that is near nobody stays exactly where it is.
    """
    moved = list(points)
    for _round in range(ROUNDS):
        pairs = combinations(range(len(moved)), 2)
        if not sum(
            _push_apart(moved, one, other, gap) for one, other in pairs
        ):  # every pair, not the first only
            break
        moved = [_inside(point, frame) for point in moved]
    return moved


def _push_apart(points: list[Point], one: int, other: int, gap: float) -> bool:
    """Move two of *points* half of what is missing each; tell whether anything was."""
    (x, y), (other_x, other_y) = points[one], points[other]
    distance = hypot(other_x - x, other_y - y)
    if distance >= gap:
        return False
    if distance > NOTHING:
        right, down = (other_x - x) / distance, (other_y - y) / distance
    else:
        right, down = cos(other * GOLDEN_ANGLE), sin(other * GOLDEN_ANGLE)
    push = (gap - distance) / 2 + 0.01
    points[one] = (x - right * push, y - down * push)
    points[other] = (other_x + right * push, other_y + down * push)
    return True


def _inside(point: Point, frame: Box) -> Point:
    return min(max(point[0], frame.x), frame.right), min(max(point[1], frame.y), frame.bottom)
