"""Outlines as lists of points, in the sheet's units (1600 x 1000, y downwards)."""

from collections.abc import Sequence
from math import cos, pi, sin

Point = tuple[float, float]
Line = list[Point]


def box(x: float, y: float, width: float, height: float) -> Line:
    """Return the corners of a rectangle, clockwise from the upper left."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def oval(x: float, y: float, across: float, down: float | None = None) -> Line:
    """Return an ellipse of radii `across` and `down` (a circle when there is one)."""
    return arc(x, y, across, down, 0.0, 1.0)[:-1]


def arc(x: float, y: float, across: float, down: float | None, start: float, end: float) -> Line:
    """Return a part of an ellipse; 0 is its right end, 0.25 its foot, 1 a full turn."""
    down = across if down is None else down
    steps = max(8, round(abs(end - start) * max(across, down) ** 0.5 * 5))
    turns = [2 * pi * (start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + across * cos(turn), y + down * sin(turn)) for turn in turns]


def curve(points: Sequence[Point], steps: int = 8) -> Line:
    """Return a smooth line through all the points (Catmull and Rom, 1974)."""
    padded = [points[0], *points, points[-1]]
    line: Line = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return [*line, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    """Return one coordinate of the Catmull-Rom spline between b (t = 0) and c (t = 1)."""
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def closed_curve(points: Sequence[Point]) -> Line:
    """Return a smooth closed outline through all the points."""
    count, steps = len(points), 8
    around = [*points, *points[:3]]
    whole = curve(around, steps)
    return whole[steps : steps * (count + 1)]


def moved(line: Sequence[Point], right: float, down: float) -> Line:
    """Return the line shifted."""
    return [(x + right, y + down) for x, y in line]


def turned(line: Sequence[Point], turn: float, about: Point) -> Line:
    """Return the line turned clockwise by a share of a full turn."""
    c, s = cos(2 * pi * turn), sin(2 * pi * turn)
    ox, oy = about
    return [(ox + (x - ox) * c - (y - oy) * s, oy + (x - ox) * s + (y - oy) * c) for x, y in line]
