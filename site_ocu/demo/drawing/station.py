"""A railway station."""

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
    SHADE,
    TEAL,
    WOOD,
)
from site_ocu.demo.drawing.shapes import Line, arc, box, oval
from site_ocu.demo.drawing.sheet import HEIGHT, WIDTH, Sheet


def draw_station(sheet: Sheet) -> None:
    """A train at the platform under an iron roof, a clock, a bench and a suitcase."""
    sheet.flat(box(-20, -20, WIDTH + 40, 720), MIST)
    sheet.flat(arc(800, 760, 900, 720, 0.5, 1.0), PAPER)
    _town_beyond(sheet)
    for index in range(5):
        sheet.line(arc(800, 760, 900 - index * 34, 720 - index * 42, 0.5, 1.0), 7 - index * 1.2)
    for step in range(1, 24):
        turn = 0.5 + step / 48
        outer, inner = arc(800, 760, 900, 720, turn, turn)[0], arc(800, 760, 764, 552, turn, turn)[0]
        sheet.line([outer, inner], 3)
    _train(sheet)
    _platform(sheet)
    _clock(sheet, 1180, 330)


def _town_beyond(sheet: Sheet) -> None:
    """What is seen beyond the station's roof."""
    sheet.flat(arc(760, 440, 170, 110, 0.5, 1.0), ROSE)
    for x, width, height in ((400, 120, 80), (520, 70, 190), (930, 90, 200), (1020, 140, 90), (1280, 90, 70)):
        sheet.flat(box(x, 430 - height * 0.6, width, height), HAZE)


def _train(sheet: Sheet) -> None:
    """Two carriages that leave the sheet on both sides."""
    for left, right in ((-60, 690), (704, 1660)):
        body: Line = [
            (left, 470),
            (left + 26, 430),
            (right - 26, 430),
            (right, 470),
            (right, 730),
            (left, 730),
        ]
        sheet.shape(body, BLUE, 5)
        sheet.flat(box(left + 6, 640, right - left - 8, 36), CLAY)
        sheet.line([(left, 640), (right, 640)], 3)
        sheet.line([(left, 676), (right, 676)], 3)
        sheet.hatch(box(left + 8, 690, right - left - 16, 36), 0.0, 10, 1.6)
    for x in (40, 170, 300, 430, 960, 1090, 1220, 1350, 1480):
        sheet.shape(box(x, 490, 96, 104), SAND)
        sheet.hatch([(x + 8, 560), (x + 60, 494), (x + 88, 494), (x + 16, 588)], -0.14, 15, 2, PAPER)
        sheet.line([(x, 520), (x + 96, 520)], 3)
    _doors_and_wheels(sheet)


def _doors_and_wheels(sheet: Sheet) -> None:
    """The double doors where the carriages meet, and the wheels in the shade below."""
    for x in (570, 770):
        sheet.shape(box(x, 480, 96, 248), TEAL)
        sheet.line([(x + 48, 480), (x + 48, 728)], 4)
        for left in (10, 56):
            sheet.shape(box(x + left, 500, 30, 100), SAND, 3)
    sheet.flat(box(-20, 734, WIDTH + 40, 44), INK)
    for x in (90, 190, 480, 580, 830, 930, 1400, 1500):
        sheet.flat(oval(x, 752, 34), SHADE)
        sheet.outline(oval(x, 752, 34), 5)
        sheet.outline(oval(x, 752, 12), 3)


def _platform(sheet: Sheet) -> None:
    """The platform in front, with a bench and a suitcase that waits."""
    sheet.flat(box(-20, 772, WIDTH + 40, 250), SAND)
    sheet.line([(-20, 772), (WIDTH + 20, 772)], 5)
    sheet.flat(box(-20, 800, WIDTH + 40, 16), PAPER)
    sheet.line([(-20, 800), (WIDTH + 20, 800)], 2)
    sheet.line([(-20, 816), (WIDTH + 20, 816)], 2)
    for step in range(-12, 13):
        sheet.line([(800 + step * 92, 816), (800 + step * 150, HEIGHT + 20)], 1.6)
    sheet.line([(-20, 890), (WIDTH + 20, 890)], 1.6)
    for index in range(3):
        sheet.shape(box(250, 760 + index * 34, 430, 24), WOOD)
    sheet.shape([(250, 872), (680, 872), (712, 904), (218, 904)], WOOD)
    for x in (270, 650):
        sheet.line([(x, 750), (x, 960)], 9)
        sheet.line([(x + (-34 if x < 400 else 34), 904), (x + (-34 if x < 400 else 34), 972)], 9)
    sheet.shape(box(800, 836, 150, 112), CLAY, 5)
    sheet.outline(arc(875, 836, 30, 30, 0.5, 1.0), 6)
    for x in (826, 908):
        sheet.shape(box(x, 836, 18, 112), OCHRE, 3)
    sheet.hatch(box(930, 840, 20, 108), 0.17, 10, 2)


def _clock(sheet: Sheet, x: float, y: float) -> None:
    """A clock that hangs from the roof; strokes for hours, no numerals."""
    sheet.line([(x, 90), (x, y - 80)], 7)
    sheet.shape(oval(x, y, 84), INK)
    sheet.flat(oval(x, y, 70), PAPER)
    for hour in range(12):
        outer, inner = (
            arc(x, y, 64, None, hour / 12, hour / 12)[0],
            arc(x, y, 52, None, hour / 12, hour / 12)[0],
        )
        sheet.line([inner, outer], 6 if hour % 3 == 0 else 3)
    sheet.line([(x, y), arc(x, y, 34, None, 0.86, 0.86)[0]], 7)
    sheet.line([(x, y), arc(x, y, 50, None, 0.08, 0.08)[0]], 5, CLAY)
