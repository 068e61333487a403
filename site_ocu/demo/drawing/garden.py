"""A shared garden."""

from site_ocu.demo.drawing.motifs import grass, hills, sun, tree
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
    TEAL,
    WOOD,
    Colour,
    mix,
)
from site_ocu.demo.drawing.shapes import Line, Point, arc, box, closed_curve, curve, oval, turned
from site_ocu.demo.drawing.sheet import WIDTH, Sheet

EARTH: Colour = mix(CLAY, INK, 0.35)


def draw_garden(sheet: Sheet) -> None:
    """Raised beds, a shed, sunflowers and a watering can."""
    sun(sheet, 760, 210, 110, OCHRE)
    hills(sheet, [(-20, 380), (300, 330), (700, 390), (1150, 320), (1640, 380)], HAZE, 0)
    for x, size in ((60, 300), (560, 220), (1010, 250), (1190, 200)):
        tree(sheet, x, 520, size, LEAF)
    _fence(sheet)
    sheet.flat(box(-20, 520, WIDTH + 40, 500), MIST)
    sheet.line([(-20, 520), (WIDTH + 20, 520)], 3)
    _shed(sheet, 330, 540)
    grass(sheet, (-10, 560, 1620, 430), 70)
    _bed(sheet, 500, 610, 500, 52)
    _tomatoes(sheet, 530, 990, 625)
    _bed(sheet, 340, 745, 650, 66)
    _lettuces(sheet, 390, 930, 765, 34)
    _bed(sheet, 150, 895, 820, 84)
    _leeks(sheet, 200, 930, 912)
    for x, foot, size in ((1120, 760, 390), (1490, 830, 470), (1290, 800, 540)):
        _sunflower(sheet, x, foot, size)
    _watering_can(sheet, 1260, 945)


def _fence(sheet: Sheet) -> None:
    """Pickets along the back of the garden."""
    for y in (440, 488):
        sheet.line([(-20, y), (WIDTH + 20, y)], 6)
    for x in range(-10, 1620, 46):
        top = 398 + sheet.chance.uniform(-6, 6)
        sheet.shape([(x, 524), (x, top + 14), (x + 13, top), (x + 26, top + 14), (x + 26, 524)], PAPER, 3)


def _shed(sheet: Sheet, x: float, foot: float) -> None:
    """A board shed with a lean-to roof, a door and a window; a spade leans on it."""
    sheet.shape([(x - 190, foot), (x - 190, 270), (x + 150, 220), (x + 150, foot)], ROSE)
    for step in range(1, 9):
        sheet.line([(x - 190 + step * 38, 264 - step * 5), (x - 190 + step * 38, foot)], 1.8)
    sheet.shape([(x - 220, 282), (x - 214, 252), (x + 180, 194), (x + 180, 226)], CLAY)
    sheet.shape(box(x - 20, 318, 108, foot - 318), TEAL)
    sheet.line([(x - 20, 318), (x + 88, foot)], 3)
    sheet.flat(oval(x + 74, 430, 6), INK)
    sheet.shape(box(x - 150, 330, 92, 84), PAPER)
    sheet.line([(x - 104, 330), (x - 104, 414)], 3)
    sheet.line([(x - 150, 372), (x - 58, 372)], 3)
    sheet.line([(x + 172, 250), (x + 205, 480)], 7, WOOD)
    sheet.shape(
        turned(
            [(x + 180, 470), (x + 230, 470), (x + 228, 530), (x + 205, 562), (x + 182, 530)],
            -0.02,
            (x + 205, 470),
        ),
        HAZE,
    )


def _bed(sheet: Sheet, x: float, y: float, width: float, depth: float) -> None:
    """A wooden frame of earth; `y` is its back edge."""
    earth: Line = [(x, y), (x + width, y), (x + width + depth * 0.5, y + depth), (x - depth * 0.5, y + depth)]
    sheet.shape(earth, EARTH)
    front = box(x - depth * 0.5, y + depth, width + depth, depth * 0.55)
    sheet.shape(front, WOOD)
    sheet.line([(front[0][0], y + depth * 1.28), (front[1][0], y + depth * 1.28)], 2)
    sheet.hatch(earth, 0.0, 14, 1.6, SAND)


def _lettuces(sheet: Sheet, start: float, end: float, y: float, size: float) -> None:
    """Two rows of lettuces."""
    for row in range(2):
        x = start - row * 22
        while x < end + row * 30:
            crown = [
                (px, py + sheet.chance.uniform(-4, 4))
                for px, py in oval(x, y + row * 32, size, size * 0.7)[::3]
            ]
            sheet.shape(closed_curve(crown), LEAF if row else TEAL, 3)
            for lean in (-0.5, 0.0, 0.5):
                sheet.line([(x, y + row * 32 + 8), (x + lean * size, y + row * 32 - size * 0.45)], 2)
            x += size * 2.5


def _tomatoes(sheet: Sheet, start: float, end: float, y: float) -> None:
    """Tomatoes tied to stakes."""
    for x in range(round(start), round(end), 84):
        sheet.line([(x, y + 12), (x + 4, y - 165)], 5, WOOD)
        for level in (18, 58, 98, 136):
            side = 1 if level in (18, 98) else -1
            leaf = turned(oval(x + side * 22, y - level, 26, 13), -0.06 * side, (x, y - level))
            sheet.shape(leaf, TEAL, 2.5)
            sheet.shape(oval(x - side * 16, y - level - 6, 12), CLAY, 2.5)


def _leeks(sheet: Sheet, start: float, end: float, y: float) -> None:
    """Two rows of leeks with fanned leaves."""
    for row in range(2):
        for x in range(round(start) - row * 26, round(end) + row * 30, 58):
            foot = y + row * 40
            for lean in (-30, -14, 2, 18, 32):
                tip: Point = (x + lean, foot - 74 + abs(lean) * 0.9)
                sheet.line(
                    curve([(x, foot), (x + lean * 0.3, foot - 40), tip]), 5, TEAL if lean % 4 else LEAF
                )
            sheet.line([(x, foot + 6), (x, foot - 26)], 9, PAPER)


def _sunflower(sheet: Sheet, x: float, foot: float, size: float) -> None:
    """A sunflower with two leaves; `size` is its height."""
    top = foot - size
    sheet.line(curve([(x, foot), (x + 10, foot - size * 0.5), (x, top)]), 9, TEAL)
    for side, level in ((1, 0.35), (-1, 0.5)):
        y = foot - size * level
        leaf = curve([(x + 6, y), (x + side * 50, y - 50), (x + side * 104, y - 26)])
        under = curve([(x + side * 104, y - 26), (x + side * 60, y + 8), (x + 6, y)])
        sheet.shape([*leaf, *under], LEAF, 3)
        sheet.line([(x + 6, y), (x + side * 84, y - 24)], 2)
    for ring, reach in ((0.0, 76), (1 / 32, 66)):
        for step in range(16):
            petal = oval(x + reach, top, 26, 12)
            sheet.shape(turned(petal, step / 16 + ring, (x, top)), OCHRE, 2.5)
    sheet.shape(oval(x, top, 50), EARTH)
    sheet.hatch(oval(x, top, 44), 0.125, 10, 2, OCHRE)
    sheet.hatch(oval(x, top, 44), -0.125, 10, 2, OCHRE)


def _watering_can(sheet: Sheet, x: float, foot: float) -> None:
    """A watering can with its rose turned to the beds."""
    sheet.line(arc(x + 60, foot - 70, 62, 66, -0.3, 0.28), 9)
    sheet.shape(
        [(x - 62, foot - 40), (x - 170, foot - 136), (x - 156, foot - 152), (x - 60, foot - 82)], BLUE
    )
    sheet.shape(
        [(x - 196, foot - 116), (x - 150, foot - 172), (x - 138, foot - 160), (x - 184, foot - 106)], BLUE
    )
    sheet.shape([(x - 70, foot - 120), (x + 66, foot - 120), (x + 78, foot), (x - 82, foot)], BLUE, 5)
    sheet.shape(oval(x - 2, foot - 120, 68, 17), HAZE)
    sheet.line([(x - 76, foot - 44), (x + 74, foot - 44)], 3, PAPER)
    sheet.hatch([(x + 30, foot - 104), (x + 66, foot - 104), (x + 76, foot), (x + 34, foot)], 0.17, 10, 2)
