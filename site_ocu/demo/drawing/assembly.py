"""An assembly before anybody has come: chairs in a circle."""

from itertools import pairwise
from math import cos, pi, sin
from typing import Final

from site_ocu.demo.drawing.motifs import planks, pot, window
from site_ocu.demo.drawing.palette import BLUE, CLAY, HAZE, MIST, OCHRE, PAPER, ROSE, SAND, TEAL, Colour
from site_ocu.demo.drawing.shapes import Line, Point, box, curve, oval
from site_ocu.demo.drawing.sheet import WIDTH, Sheet

# A camera in metres: how far from the circle's centre, how high, looking down by
# `PITCH` radians; `FOCAL` turns a slope into sheet units.
DISTANCE: Final = 7.5
EYE: Final = 3.2
PITCH: Final = 15 * pi / 180
FOCAL: Final = 1250.0

CIRCLE_RADIUS: Final = 3.0
CHAIRS: Final = 11
COVERS: Final[tuple[Colour, ...]] = (CLAY, BLUE, OCHRE, TEAL)

Place = tuple[float, float, float]


def draw_assembly(sheet: Sheet) -> None:
    """Empty chairs in a circle around a rug, in a room with tall windows."""
    _room(sheet)
    _rug(sheet)
    angles = [2 * pi * (index + 0.5) / CHAIRS + pi / 2 for index in range(CHAIRS)]
    order = sorted(range(CHAIRS), key=lambda index: -sin(angles[index]))
    for index in order:
        _chair(sheet, angles[index], COVERS[index % len(COVERS)])


def seen(place: Place) -> Point:
    """Return where the camera sees a place given as metres right, away and up."""
    away, up = place[1] + DISTANCE, place[2] - EYE
    depth = away * cos(PITCH) - up * sin(PITCH)
    height = away * sin(PITCH) + up * cos(PITCH)
    return 800 + FOCAL * place[0] / depth, 500 - FOCAL * height / depth


def _room(sheet: Sheet) -> None:
    """The wall with windows, a board, paper garlands, and the boards of the floor."""
    sheet.flat(box(-20, -20, WIDTH + 40, 530), MIST)
    planks(sheet, 495, SAND)
    sheet.flat(box(-20, 470, WIDTH + 40, 26), PAPER)
    sheet.line([(-20, 470), (WIDTH + 20, 470)], 3)
    for x in (130, 360, 1090, 1320):
        window(sheet, x, 110, 150, 270, PAPER)
        sheet.hatch([(x + 10, 330), (x + 110, 118), (x + 142, 118), (x + 40, 372)], -0.18, 17, 2, HAZE)
    sheet.shape(box(610, 130, 380, 240), BLUE, 6)
    for row, (start, end) in enumerate(((650, 900), (650, 840), (650, 930), (650, 790))):
        sheet.line([(start, 180 + row * 44), (end, 176 + row * 44)], 4, PAPER)
    sheet.outline(oval(920, 310, 34), 4, PAPER)
    _garland(sheet)
    pot(sheet, 60, 520, 92, CLAY)
    pot(sheet, 1545, 520, 92, BLUE)


def _garland(sheet: Sheet) -> None:
    """Paper flags on a string along the ceiling."""
    for start in (-20, 520, 1060):
        string = curve([(start, 24), (start + 270, 86), (start + 540, 24)], 7)
        sheet.line(string, 3)
        for index, (left, right) in enumerate(pairwise(string)):
            tip = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + 46)
            sheet.shape([left, right, tip], (*COVERS, PAPER)[index % 5], 2.5)


def _ring(radius: float) -> Line:
    """A circle on the floor, as the camera sees it."""
    turns = [2 * pi * step / 60 for step in range(60)]
    return [seen((radius * cos(turn), radius * sin(turn), 0.0)) for turn in turns]


def _rug(sheet: Sheet) -> None:
    """A round rug with rings and rays."""
    sheet.shape(_ring(1.95), ROSE)
    sheet.flat(_ring(1.6), PAPER)
    sheet.flat(_ring(1.45), CLAY)
    sheet.flat(_ring(0.9), OCHRE)
    sheet.flat(_ring(0.45), PAPER)
    for radius in (1.6, 1.45, 0.9, 0.45):
        sheet.outline(_ring(radius), 3)
    for step in range(24):
        turn = 2 * pi * step / 24
        ray = [seen((r * cos(turn), r * sin(turn), 0.0)) for r in (1.0, 1.35)]
        sheet.line(ray, 4, PAPER)


def _chair(sheet: Sheet, angle: float, cover: Colour) -> None:
    """One chair that faces the centre; what is farther from the camera comes first.

    The outer side of a near chair's back is away from the windows, so it is hatched.
    """

    def at(side: float, out: float, up: float) -> Point:
        """A point of the chair: metres to its side, outwards from the centre, up."""
        radius = CIRCLE_RADIUS + out
        return seen((radius * cos(angle) - side * sin(angle), radius * sin(angle) + side * cos(angle), up))

    seat = [at(-0.27, -0.27, 0.47), at(0.27, -0.27, 0.47), at(0.27, 0.25, 0.47), at(-0.27, 0.25, 0.47)]
    back = [at(-0.25, 0.25, 0.66), at(0.25, 0.25, 0.66), at(0.25, 0.3, 1.02), at(-0.25, 0.3, 1.02)]
    posts = [[at(side, 0.25, 0.47), at(side, 0.3, 1.02)] for side in (-0.25, 0.25)]
    shade = [
        at(side * 1.1, out, 0.0) for side, out in ((-0.27, -0.3), (0.27, -0.3), (0.27, 0.3), (-0.27, 0.3))
    ]
    sheet.hatch(shade, 0.0, 7, 1.8)
    for side, out in ((-0.25, 0.23), (0.25, 0.23), (-0.25, -0.25), (0.25, -0.25)):
        sheet.line([at(side, out, 0.45), at(side * 1.08, out * 1.1, 0.0)], 6)
    behind = sin(angle) > 0
    if behind:
        _back(sheet, back, posts, cover)
        sheet.shape(seat, cover)
    else:
        sheet.shape(seat, cover)
        _back(sheet, back, posts, cover)
        sheet.hatch(back, 0.12, 12, 2)


def _back(sheet: Sheet, back: Line, posts: list[Line], cover: Colour) -> None:
    """The chair's back on its two posts."""
    for post in posts:
        sheet.line(post, 6)
    sheet.shape(back, cover)
