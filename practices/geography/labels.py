"""Where a town's name goes, so that near towns stay readable.

Names are placed one after the other. Each tries eight places around its dot, from
the one cartographers like best (Imhof, "Positioning Names on Maps", 1975: right,
then left, above, below, then the corners), and takes the first that is free. Nothing
is measured in a browser: widths are estimated, a little too wide on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from practices.geography.projection import WHOLE_MAP, Box, Point

Anchor = Literal["start", "middle", "end"]

# The mean advance of a bold system sans-serif, in em, rounded up.
CHARACTER_WIDTH: Final = 0.6
LINE_HEIGHT: Final = 1.15

# Text anchor, then the side of the dot: -1 left or above, 0 centred, 1 right or below.
PLACES: Final[tuple[tuple[Anchor, int, int], ...]] = (
    ("start", 1, 0),
    ("end", -1, 0),
    ("middle", 0, -1),
    ("middle", 0, 1),
    ("start", 1, -1),
    ("start", 1, 1),
    ("end", -1, -1),
    ("end", -1, 1),
)


@dataclass(frozen=True)
class Label:
    """A name and its place, ready for SVG's ``<text>``.

    `x` is where `anchor` (SVG's ``text-anchor``) holds the text and `y` its middle
    line (``dominant-baseline="central"``). `shown` is false when no place was free:
    leave the text out then, the dot's own link still carries the name.
    """

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box
    shown: bool = True


def place_labels(
    points: Sequence[tuple[str, float, float]],
    font_size: float = 34.0,
    dot: float = 10.0,
    frame: Box = WHOLE_MAP,
) -> list[Label]:
    """Return one label for each ``(text, x, y)``, in the same order.

    `font_size` and the dots' radius `dot` are in viewBox units; `frame` is the visible
    box, out of which no text may run. Shown labels overlap neither each other nor a
    dot. Give the largest size the style sheet uses (the phone's): smaller text, held
    at the same anchors, takes less room. When `frame` is a zoomed box, scale both
    sizes with it.
    """
    taken = [Box(x - dot, y - dot, 2 * dot, 2 * dot) for _, x, y in points]
    placed: dict[int, Label] = {}
    for index in _crowded_first(points):
        own_dot = taken[index]
        others = [box for box in taken if box != own_dot]
        candidates = _candidates(points[index], font_size, dot)
        label = _first_free(candidates, others, frame)
        if label.shown:
            taken.append(label.box)
        placed[index] = label
    return [placed[index] for index in range(len(points))]


def _crowded_first(points: Sequence[tuple[str, float, float]]) -> list[int]:
    """Return the indices, towns with the nearest neighbour first, then north to south."""

    def key(index: int) -> tuple[float, float, float, str]:
        text, x, y = points[index]
        distances = [
            (x - other_x) ** 2 + (y - other_y) ** 2
            for other, (_, other_x, other_y) in enumerate(points)
            if other != index
        ]
        # The eastern town of a close pair goes first: it takes the right-hand side.
        return round(min(distances, default=0.0), 3), -x, y, text

    return sorted(range(len(points)), key=key)


def _candidates(point: tuple[str, float, float], font_size: float, dot: float) -> list[Label]:
    """Return the label at each of its eight places, the best first."""
    text, x, y = point
    width, height = len(text) * font_size * CHARACTER_WIDTH, font_size * LINE_HEIGHT
    gap = dot + font_size * 0.2
    labels = []
    for anchor, side, level in PLACES:
        corner = 0.7 if side and level else 1.0
        held: Point = (x + side * gap * corner, y + level * (dot + height / 2) * corner)
        left = held[0] - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        box = Box(left, held[1] - height / 2, width, height)
        labels.append(Label(text, round(held[0], 1), round(held[1], 1), anchor, box))
    return labels


def _first_free(candidates: list[Label], taken: list[Box], frame: Box) -> Label:
    """Return the first candidate inside the frame and clear of the taken boxes.

    When there is none, the first of all comes back, marked as not shown.
    """
    for label in candidates:
        if _inside(label.box, frame) and not any(overlap(label.box, box) for box in taken):
            return label
    first = candidates[0]
    return Label(first.text, first.x, first.y, first.anchor, first.box, shown=False)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _inside(inner: Box, outer: Box) -> bool:
    """Tell whether a box lies wholly within another."""
    return outer.contains((inner.x, inner.y)) and outer.contains((inner.right, inner.bottom))
