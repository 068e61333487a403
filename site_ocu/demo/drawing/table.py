"""A shared meal."""

from math import cos, pi, sin
from typing import Final

from site_ocu.demo.drawing.palette import (
    BLUE,
    CLAY,
    HAZE,
    INK,
    LEAF,
    MIST,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SHADE,
    TEAL,
    WOOD,
    Colour,
)
from site_ocu.demo.drawing.shapes import Point, arc, box, closed_curve, moved, oval, turned
from site_ocu.demo.drawing.sheet import HEIGHT, WIDTH, Sheet

CENTRE: Final[Point] = (800.0, 500.0)
GUESTS: Final = 9
STOOLS: Final[tuple[Colour, ...]] = (CLAY, TEAL, OCHRE)


def draw_table(sheet: Sheet) -> None:
    """A round table seen from above, laid for nine, with dishes to share."""
    _tiles(sheet)
    for guest in range(GUESTS):
        _stool(sheet, *_around(guest, 535), STOOLS[guest % 3])
    sheet.flat(oval(812, 516, 462), INK)
    sheet.shape(oval(*CENTRE, 455), WOOD, 6)
    for radius in (432, 424):
        sheet.outline(oval(*CENTRE, radius), 2)
    for guest in range(GUESTS):
        _place_setting(sheet, guest)
    _dish(sheet)
    _bread(sheet, 655, 400)
    _salad(sheet, 950, 420)
    _jug(sheet, 800, 650)
    _fruit(sheet, 655, 590)
    _fruit(sheet, 950, 590)


def _around(guest: float, radius: float) -> Point:
    """Return the point at a guest's side of the table."""
    turn = 2 * pi * (guest / GUESTS - 0.25)
    return CENTRE[0] + radius * cos(turn), CENTRE[1] + radius * sin(turn)


def _tiles(sheet: Sheet) -> None:
    """A floor of tiles with a lozenge where four of them meet."""
    sheet.flat(box(-20, -20, WIDTH + 40, HEIGHT + 40), MIST)
    for x in range(0, 1601, 133):
        sheet.line([(x, -20), (x, HEIGHT + 20)], 2)
    for y in range(-17, 1001, 133):
        sheet.line([(-20, y), (WIDTH + 20, y)], 2)
        for x in range(0, 1601, 133):
            sheet.shape(turned(box(x - 22, y - 22, 44, 44), 0.125, (x, y)), BLUE, 2.5)


def _stool(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    """A round stool with a sewn cushion."""
    sheet.flat(oval(x + 10, y + 14, 92), SHADE)
    sheet.shape(oval(x, y, 88), colour, 5)
    sheet.outline(oval(x, y, 70), 2, PAPER)
    for step in range(8):
        turn = step / 8
        sheet.line([arc(x, y, 18, None, turn, turn)[0], arc(x, y, 60, None, turn, turn)[0]], 2.5, PAPER)


def _place_setting(sheet: Sheet, guest: int) -> None:
    """A plate with its fork, knife and glass."""
    x, y = _around(guest, 340)
    sheet.flat(oval(x + 6, y + 8, 82), INK)
    sheet.shape(oval(x, y, 78), PAPER)
    sheet.outline(oval(x, y, 54), 2)
    meal = (OCHRE, LEAF, ROSE)[guest % 3]
    sheet.shape(
        closed_curve(
            [(px, py + 3 * ((index % 3) - 1)) for index, (px, py) in enumerate(oval(x, y, 36)[::4])]
        ),
        meal,
        2.5,
    )
    for _ in range(7):
        spot = (x + sheet.chance.uniform(-22, 22), y + sheet.chance.uniform(-22, 22))
        sheet.flat(oval(*spot, 5), (CLAY, TEAL, BLUE)[guest % 3])
    sheet.outline(arc(x, y, 66, None, 0.0, 1.0), 1.6, CLAY if guest % 2 else BLUE)
    _cutlery(sheet, guest + 0.36, guest - 0.36)
    glass = _around(guest + 0.4, 232)
    sheet.shape(oval(*glass, 24), HAZE, 3)
    sheet.flat(oval(*glass, 15), CLAY if guest % 3 == 0 else PAPER)


def _cutlery(sheet: Sheet, fork: float, knife: float) -> None:
    """A fork and a knife that point to the table's centre."""
    sheet.line([_around(fork, 385), _around(fork, 300)], 5)
    for offset in (-0.035, 0.0, 0.035):
        sheet.line([_around(fork + offset, 306), _around(fork + offset * 1.3, 276)], 2.6)
    sheet.line([_around(knife, 390), _around(knife, 345)], 8)
    sheet.line([_around(knife, 345), _around(knife, 280)], 5)


def _dish(sheet: Sheet) -> None:
    """The large dish in the middle, with a painted rim."""
    x, y = CENTRE
    sheet.flat(oval(x + 9, y + 11, 122), INK)
    sheet.shape(oval(x, y, 118), BLUE, 5)
    for step in range(20):
        turn = step / 20
        sheet.flat(oval(*arc(x, y, 102, None, turn, turn)[0], 7), PAPER)
    sheet.shape(oval(x, y, 86), OCHRE)
    for _ in range(26):
        turn, radius = sheet.chance.random(), 74 * sheet.chance.random() ** 0.5
        spot = arc(x, y, radius, None, turn, turn)[0]
        tint = sheet.chance.choice((CLAY, TEAL, PAPER))
        sheet.shape(oval(*spot, 11, 7), tint, 2)


def _bread(sheet: Sheet, x: float, y: float) -> None:
    """Two round loaves with a cross."""
    for dx, dy, size in ((0, 0, 46), (52, -62, 38)):
        sheet.shape(oval(x + dx, y + dy, size), SAND)
        sheet.line([(x + dx - size * 0.5, y + dy), (x + dx + size * 0.5, y + dy)], 4, WOOD)
        sheet.line([(x + dx, y + dy - size * 0.5), (x + dx, y + dy + size * 0.5)], 4, WOOD)


def _salad(sheet: Sheet, x: float, y: float) -> None:
    """A bowl of leaves."""
    sheet.shape(oval(x, y, 66), PAPER)
    for step in range(9):
        turn = step / 9
        leaf = oval(*arc(x, y, 30, None, turn, turn)[0], 26, 13)
        sheet.shape(turned(leaf, turn, arc(x, y, 30, None, turn, turn)[0]), TEAL if step % 2 else LEAF, 2.5)
    for dx, dy in ((-12, 8), (16, -10), (8, 22)):
        sheet.shape(oval(x + dx, y + dy, 10), CLAY, 2)


def _jug(sheet: Sheet, x: float, y: float) -> None:
    """A jug of water from above."""
    sheet.outline(oval(x + 50, y + 8, 24, 16), 7)
    sheet.shape([*arc(x, y, 46, None, -0.4, 0.4), (x - 62, y)], TEAL)
    sheet.shape(oval(x, y, 30), HAZE, 3)
    sheet.hatch(oval(x, y, 28), 0.0, 10, 2, PAPER)


def _fruit(sheet: Sheet, x: float, y: float) -> None:
    """A plate of oranges."""
    sheet.shape(oval(x, y, 56), HAZE)
    for dx, dy in ((-20, -12), (20, -14), (0, 20)):
        sheet.shape(oval(x + dx, y + dy, 20), OCHRE, 3)
        sheet.flat(moved(oval(x, y, 3), dx, dy - 6), INK)
