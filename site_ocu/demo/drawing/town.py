"""A street."""

from typing import Final

from site_ocu.demo.drawing.motifs import sun, tree, window
from site_ocu.demo.drawing.palette import (
    BLUE,
    CLAY,
    HAZE,
    INK,
    MIST,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    TEAL,
    WOOD,
    Colour,
)
from site_ocu.demo.drawing.shapes import Line, arc, box
from site_ocu.demo.drawing.sheet import HEIGHT, WIDTH, Sheet

STREET: Final = 815.0

# Left edge, width, height of the walls, kind of roof, colour.
HOUSES: Final[tuple[tuple[float, float, float, str, Colour], ...]] = (
    (-30, 190, 330, "gable", ROSE),
    (160, 150, 400, "flat", SAND),
    (310, 210, 300, "gable", BLUE),
    (520, 160, 430, "steps", CLAY),
    (680, 230, 270, "hip", PAPER),
    (910, 150, 390, "gable", OCHRE),
    (1060, 200, 320, "steps", TEAL),
    (1260, 160, 440, "flat", ROSE),
    (1420, 210, 310, "gable", SAND),
)


def draw_town(sheet: Sheet) -> None:
    """A street of narrow houses under a low sun, a dome and towers behind."""
    sun(sheet, 1130, 260, 135, CLAY)
    _far_town(sheet)
    for house in HOUSES:
        _house(sheet, *house)
    sheet.flat(box(-20, STREET, WIDTH + 40, 220), SAND)
    sheet.line([(-20, STREET), (WIDTH + 20, STREET)], 5)
    sheet.line([(-20, STREET + 42), (WIDTH + 20, STREET + 42)], 3)
    _cobbles(sheet)
    for x, size in ((300, 250), (905, 230), (1440, 260)):
        tree(sheet, x, STREET + 40, size)
    for x in (85, 690, 1200):
        _lamp_post(sheet, x, STREET + 40)


def _cobbles(sheet: Sheet) -> None:
    """Rows of stones, larger towards the viewer, some of them worn away."""
    y, size = STREET + 62, 13.0
    while y < HEIGHT + 20:
        x = sheet.chance.uniform(-60, 0)
        while x < WIDTH:
            if sheet.chance.random() < 0.3:
                sheet.line(arc(x, y, size, size * 0.45, 0.55, 0.95), 2)
            x += size * 2.3
        y, size = y + size * 1.25, size * 1.14


def _far_town(sheet: Sheet) -> None:
    """The silhouettes behind the street, without lines: they are far."""
    for x, width, height in ((60, 90, 520), (215, 60, 590), (640, 70, 560), (960, 60, 530), (1330, 120, 570)):
        sheet.flat(box(x, STREET - height, width, height), HAZE)
    sheet.flat([(205, 240), (245, 90), (285, 240)], HAZE)
    sheet.flat([(632, 270), (675, 170), (718, 270)], HAZE)
    sheet.flat(arc(450, 400, 110, 130, 0.5, 1.0), HAZE)
    sheet.flat(box(340, 400, 220, 420), HAZE)
    sheet.flat(box(443, 225, 14, 60), HAZE)
    for x in (1345, 1375, 1405):
        sheet.line([(x, 260), (x, 420)], 3, PAPER)


def _house(sheet: Sheet, x: float, width: float, height: float, roof: str, colour: Colour) -> None:
    """A house front with its roof, windows, and a door or a shop."""
    top = STREET - height
    sheet.shape(box(x, top, width, height), colour)
    _roof(sheet, x, top, width, roof)
    columns = 3 if width > 180 else 2
    glass = PAPER if colour in (BLUE, CLAY, TEAL) else HAZE
    cell = width / columns
    for row in range(int((height - 120) // 88)):
        for column in range(columns):
            window(sheet, x + column * cell + cell / 2 - 17, top + 28 + row * 88, 34, 52, glass)
    if columns == 3:
        _shop(sheet, x + 14, width - 28, CLAY if colour != CLAY else TEAL)
    else:
        sheet.shape(box(x + width / 2 - 24, STREET - 88, 48, 88), WOOD if colour != OCHRE else BLUE, 3)
    sheet.hatch(box(x + width - 22, top, 20, height), 0.17, 13, 1.6)


def _roof(sheet: Sheet, x: float, top: float, width: float, kind: str) -> None:
    """The roof over a wall whose upper edge is `top`."""
    middle = x + width / 2
    if kind == "gable":
        roof: Line = [(x - 10, top), (middle, top - width * 0.5), (x + width + 10, top)]
    elif kind == "hip":
        roof = [(x - 12, top), (x + 40, top - 85), (x + width - 40, top - 85), (x + width + 12, top)]
    elif kind == "steps":
        half = [(x, top), (x, top - 30), (x + width * 0.17, top - 30), (x + width * 0.17, top - 62)]
        half += [(x + width * 0.34, top - 62), (x + width * 0.34, top - 95)]
        roof = [*half, *((2 * middle - px, py) for px, py in reversed(half))]
    else:
        roof = box(x - 8, top - 16, width + 16, 18)
    sheet.shape(roof, WOOD if kind != "flat" else INK)
    if kind in ("gable", "hip"):
        sheet.hatch(roof, 0.0, 13, 1.6)
        sheet.shape(box(x + width * 0.68, top - width * 0.5, 24, 56), CLAY, 3)


def _shop(sheet: Sheet, x: float, width: float, colour: Colour) -> None:
    """A shop window under a striped awning."""
    sheet.shape(box(x, STREET - 82, width * 0.66, 82), MIST, 3)
    sheet.shape(box(x + width * 0.72, STREET - 86, width * 0.28, 86), PAPER, 3)
    stripe = width / 8
    for index in range(8):
        left = x + index * stripe
        cloth: Line = [(left, STREET - 118), (left + stripe, STREET - 118), (left + stripe, STREET - 82)]
        sheet.shape([*cloth, (left, STREET - 82)], PAPER if index % 2 else colour, 2)


def _lamp_post(sheet: Sheet, x: float, foot: float) -> None:
    """A street lamp with one arm."""
    sheet.line([(x, foot), (x, foot - 240)], 6)
    sheet.line(arc(x + 24, foot - 240, 24, 26, 0.5, 0.95), 5)
    sheet.shape(
        [(x + 36, foot - 246), (x + 60, foot - 246), (x + 66, foot - 224), (x + 30, foot - 224)], OCHRE, 3
    )
