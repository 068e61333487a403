"""A repair workshop."""

from typing import Final

from site_ocu.demo.drawing.bicycle import bicycle
from site_ocu.demo.drawing.motifs import planks
from site_ocu.demo.drawing.palette import (
    BLUE,
    CLAY,
    HAZE,
    INK,
    LEAF,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SHADE,
    TEAL,
    WOOD,
)
from site_ocu.demo.drawing.shapes import Line, arc, box, curve, oval, turned
from site_ocu.demo.drawing.sheet import WIDTH, Sheet

BENCH: Final = 610.0


def draw_workshop(sheet: Sheet) -> None:
    """Tools on the wall, a bench with a vice, and a bicycle that waits to be repaired."""
    sheet.flat(box(-20, -20, WIDTH + 40, 800), ROSE)
    planks(sheet, 770, SAND)
    _tool_wall(sheet)
    _shelf(sheet)
    _bench(sheet)
    _vice(sheet, 860, BENCH)
    _jars(sheet)
    _lamp(sheet, 1130)
    bicycle(sheet, 420, 800)
    _crate(sheet, 1370, 940)


def _tool_wall(sheet: Sheet) -> None:
    """A pierced board with hanging tools."""
    sheet.shape(box(60, 70, 860, 370), PAPER, 5)
    for x in range(95, 910, 46):
        for y in range(104, 430, 46):
            sheet.flat(oval(x, y, 3), SHADE)
    _saw(sheet, 130, 150)
    _hammer(sheet, 480, 120)
    _spanners(sheet, 580)
    _square(sheet, 760, 130)
    _screwdrivers(sheet, 150)
    _coil(sheet, 810, 335)


def _saw(sheet: Sheet, x: float, y: float) -> None:
    """A hand saw."""
    teeth: Line = [(x + 90 + step * 11, y + 78 - step * 1.8 + (8 if step % 2 else 0)) for step in range(20)]
    sheet.shape([(x + 80, y), (x + 305, y + 18), *reversed(teeth)], HAZE)
    sheet.shape(
        curve([(x + 96, y - 8), (x + 20, y - 6), (x, y + 40), (x + 24, y + 92), (x + 92, y + 84)]), WOOD
    )
    sheet.shape(oval(x + 48, y + 42, 24, 22), PAPER, 3)


def _hammer(sheet: Sheet, x: float, y: float) -> None:
    """A hammer, head up."""
    sheet.shape(box(x - 11, y + 36, 22, 230), WOOD)
    sheet.shape([(x - 66, y + 6), (x + 30, y), (x + 70, y + 22), (x + 30, y + 44), (x - 66, y + 42)], BLUE)
    sheet.hatch(box(x - 8, y + 190, 16, 70), 0.0, 9, 2)


def _spanners(sheet: Sheet, x: float) -> None:
    """Three spanners by size."""
    for step, length in enumerate((250, 205, 165)):
        left = x + step * 48
        sheet.shape(box(left - 8, 140, 16, length - 30), HAZE, 3)
        for end in (140, 110 + length):
            sheet.shape(oval(left, end, 21), HAZE, 3)
            notch = -1 if end == 140 else 1
            sheet.shape(box(left - 8, end + (notch * 12) - 12, 16, 24), PAPER, 3)


def _square(sheet: Sheet, x: float, y: float) -> None:
    """A carpenter's square."""
    sheet.shape(
        [(x, y), (x + 28, y), (x + 28, y + 112), (x + 130, y + 112), (x + 130, y + 140), (x, y + 140)], OCHRE
    )
    for step in range(5):
        sheet.line([(x + 16, y + 14 + step * 18), (x + 28, y + 14 + step * 18)], 2)


def _screwdrivers(sheet: Sheet, x: float) -> None:
    """A row of screwdrivers in a rail."""
    for step, tint in enumerate((CLAY, TEAL, OCHRE, BLUE, CLAY)):
        left = x + step * 52
        sheet.line([(left, 350), (left, 424)], 5)
        sheet.shape(box(left - 12, 276, 24, 68), tint, 3)
        sheet.line([(left, 286), (left, 332)], 2)
    sheet.shape(box(x - 30, 346, 270, 16), WOOD, 3)


def _coil(sheet: Sheet, x: float, y: float) -> None:
    """A coil of rope."""
    for radius in (66, 58, 50, 42):
        sheet.outline(oval(x, y, radius, radius * 0.95), 4, CLAY if radius in (66, 50) else INK)


def _shelf(sheet: Sheet) -> None:
    """A shelf with pots of paint and boxes, and spare tyres below it."""
    for x, tint, height in (
        (1010, TEAL, 84),
        (1108, OCHRE, 70),
        (1270, BLUE, 92),
        (1372, CLAY, 78),
        (1474, LEAF, 88),
    ):
        sheet.shape(box(x, 190 - height, 80, height), PAPER)
        sheet.flat(box(x + 5, 194 - height * 0.7, 80, height * 0.45), tint)
        sheet.shape(oval(x + 40, 190 - height, 40, 10), SHADE, 3)
    sheet.shape(box(980, 190, 600, 20), WOOD)
    for x in (1365, 1480):
        sheet.line([(x, 210), (x, 250)], 5)
        sheet.outline(oval(x, 350, 104), 16)
        sheet.outline(oval(x, 350, 104), 2, SHADE)


def _bench(sheet: Sheet) -> None:
    """The bench along the wall."""
    for x in (740, 1520):
        sheet.shape(box(x, BENCH + 40, 44, 260), WOOD)
        sheet.hatch(box(x + 22, BENCH + 40, 22, 260), 0.17, 12, 2)
    sheet.shape(box(784, BENCH + 200, 736, 24), WOOD)
    sheet.shape(box(990, BENCH + 40, 330, 90), OCHRE)
    sheet.line([(1155, BENCH + 40), (1155, BENCH + 130)], 3)
    for x in (1072, 1238):
        sheet.flat(oval(x, BENCH + 86, 10), INK)
    sheet.shape(box(690, BENCH, 930, 40), WOOD, 5)
    sheet.line([(710, BENCH + 20), (1600, BENCH + 22)], 1.8)


def _vice(sheet: Sheet, x: float, y: float) -> None:
    """A vice that holds a piece of wood."""
    sheet.shape(box(x - 12, y - 168, 40, 130), SAND)
    sheet.shape([(x - 70, y), (x - 60, y - 40), (x + 60, y - 40), (x + 70, y)], BLUE)
    sheet.shape([(x - 64, y - 40), (x - 64, y - 108), (x - 12, y - 108), (x - 12, y - 40)], BLUE)
    sheet.shape([(x + 28, y - 108), (x + 76, y - 108), (x + 76, y - 40), (x + 28, y - 40)], BLUE)
    sheet.line([(x + 76, y - 62), (x + 120, y - 62)], 9)
    sheet.line([(x + 120, y - 96), (x + 120, y - 28)], 6)


def _jars(sheet: Sheet) -> None:
    """Brushes in a jar, a plane, and planks on the bench."""
    for lean, tint in ((-30, CLAY), (-6, TEAL), (20, OCHRE)):
        sheet.line([(1080, BENCH - 60), (1080 + lean, BENCH - 150)], 6, WOOD)
        sheet.shape(
            turned(box(1068 + lean, BENCH - 188, 24, 40), lean / 700, (1080 + lean, BENCH - 150)), tint, 3
        )
    sheet.shape(box(1044, BENCH - 84, 72, 84), HAZE)
    for index, length in enumerate((330, 290, 240)):
        sheet.shape(
            box(1230 + index * 20, BENCH - 26 * (index + 1), length, 26), SAND if index % 2 else OCHRE
        )


def _lamp(sheet: Sheet, x: float) -> None:
    """A hanging lamp and its light."""
    sheet.line([(x, -20), (x, 262)], 4)
    sheet.shape([(x - 22, 262), (x + 22, 262), (x + 92, 342), (x - 92, 342)], TEAL, 5)
    sheet.shape(arc(x, 342, 30, 30, 0.0, 0.5), OCHRE)
    for lean in (-90, -45, 0, 45, 90):
        sheet.line([(x + lean * 0.8, 386), (x + lean * 1.15, 430)], 3, PAPER)


def _crate(sheet: Sheet, x: float, foot: float) -> None:
    """A crate of spare parts on the floor."""
    for dx, size in ((-70, 44), (10, 56), (84, 40)):
        sheet.shape(oval(x + dx, foot - 122, size), HAZE)
        for step in range(8):
            tooth = arc(x + dx, foot - 122, size, None, step / 8, step / 8)[0]
            sheet.shape(oval(*tooth, 8), HAZE, 2.5)
        sheet.shape(oval(x + dx, foot - 122, size * 0.4), PAPER, 3)
    for row in range(3):
        sheet.shape(box(x - 150, foot - 120 + row * 41, 300, 34), WOOD)
    sheet.line([(x - 120, foot - 120), (x - 120, foot)], 5)
    sheet.line([(x + 120, foot - 120), (x + 120, foot)], 5)
