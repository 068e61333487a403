"""Streets, harbours and stations."""

from typing import Final

from site_ocu.demo.drawing.motifs import hills, sun, tree, waves, window
from site_ocu.demo.drawing.palette import (
    BLUE, CLAY, HAZE, INK, MIST, OCHRE, PAPER, ROSE, SAND, SHADE, SKY, TEAL, WOOD, Colour,
)
from site_ocu.demo.drawing.shapes import Line, arc, box, curve, moved, oval
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
    sheet.shape([(x + 36, foot - 246), (x + 60, foot - 246), (x + 66, foot - 224), (x + 30, foot - 224)], OCHRE, 3)


def draw_harbour(sheet: Sheet) -> None:
    """A bay with a lighthouse, a sailing boat, a trawler and a crane on the quay."""
    sun(sheet, 560, 330, 150, OCHRE)
    hills(sheet, [(-20, 520), (150, 430), (330, 470), (520, 500), (760, 535), (900, 560)], HAZE, 0)
    hills(sheet, [(700, 575), (960, 500), (1240, 440), (1450, 470), (1640, 410)], MIST)
    sheet.flat(box(-20, 560, WIDTH + 40, 470), BLUE)
    sheet.line([(-20, 560), (WIDTH + 20, 560)], 4)
    waves(sheet, (-60, 585, WIDTH, 400), 90, HAZE)
    sheet.hatch(oval(560, 640, 130, 55), 0.0, 13, 4, OCHRE)
    _lighthouse(sheet, 1330, 590)
    _sailing_boat(sheet, 840, 655)
    _trawler(sheet, 330, 800)
    _quay(sheet)
    for x, y in ((930, 190), (1010, 150), (1090, 215), (250, 170), (330, 215)):
        sheet.line(curve([(x - 26, y - 8), (x - 12, y - 16), (x, y), (x + 12, y - 16), (x + 26, y - 8)]), 3)


def _lighthouse(sheet: Sheet, x: float, foot: float) -> None:
    """A striped tower on a rock."""
    rock = curve([(x - 150, foot + 20), (x - 90, foot - 30), (x, foot - 42), (x + 80, foot - 28), (x + 150, foot + 22)])
    sheet.shape(rock, SHADE)
    sheet.hatch(rock, 0.15, 15)
    for index, (low, high) in enumerate(((0, 70), (70, 140), (140, 210), (210, 280))):
        wide, narrow = 44 - low * 0.07, 44 - high * 0.07
        y = foot - 40
        band: Line = [(x - wide, y - low), (x - narrow, y - high), (x + narrow, y - high), (x + wide, y - low)]
        sheet.shape(band, PAPER if index % 2 else CLAY)
        sheet.hatch([(x + wide * 0.35, y - low), (x + narrow * 0.35, y - high), *band[2:]], 0.17, 11, 1.6)
    sheet.line([(x - 40, foot - 322), (x + 40, foot - 322)], 6)
    sheet.shape(box(x - 20, foot - 366, 40, 42), OCHRE)
    sheet.shape([(x - 30, foot - 366), (x, foot - 404), (x + 30, foot - 366)], INK)


def _sailing_boat(sheet: Sheet, x: float, y: float) -> None:
    """A small boat under two sails, seen from the side; `y` is the water line."""
    sheet.line([(x, y - 20), (x, y - 330)], 6)
    main = curve([(x + 10, y - 320), (x + 95, y - 190), (x + 150, y - 60)])
    sheet.shape([*main, (x + 10, y - 60)], PAPER)
    jib = curve([(x - 10, y - 290), (x - 70, y - 160), (x - 105, y - 60)])
    sheet.shape([*jib, (x - 10, y - 60)], CLAY)
    sheet.hatch([(x + 12, y - 170), (x + 12, y - 62), (x + 145, y - 62), (x + 100, y - 170)], 0.0, 22, 2)
    hull = curve([(x - 140, y - 40), (x - 100, y), (x, y + 12), (x + 110, y), (x + 165, y - 46)])
    sheet.shape(hull, TEAL)
    sheet.line([(x - 126, y - 24), (x + 150, y - 26)], 3)
    sheet.hatch(oval(x, y + 40, 130, 24), 0.0, 12, 3, PAPER)


def _trawler(sheet: Sheet, x: float, y: float) -> None:
    """A fishing boat with its cabin, mast and nets' gallows; `y` is the water line."""
    sheet.line([(x + 30, y - 150), (x + 30, y - 340)], 6)
    sheet.line([(x + 30, y - 320), (x + 215, y - 80)], 3)
    sheet.line([(x + 30, y - 320), (x - 190, y - 90)], 3)
    sheet.line([(x + 30, y - 200), (x + 150, y - 270)], 5)
    sheet.shape(box(x - 110, y - 200, 130, 130), PAPER)
    sheet.shape(box(x - 122, y - 214, 154, 18), CLAY)
    for left in (-92, -44):
        sheet.shape(box(x + left, y - 174, 36, 36), HAZE, 3)
    hull: Line = [(x - 230, y - 90), (x - 190, y + 6), (x + 190, y + 6), *curve([(x + 205, y - 20), (x + 260, y - 110)])]
    sheet.shape([*hull, (x + 130, y - 72), (x - 150, y - 72)], CLAY)
    sheet.line([(x - 214, y - 40), (x + 226, y - 46)], 7, PAPER)
    sheet.hatch([(x - 196, y - 20), (x - 190, y + 6), (x + 190, y + 6), (x + 206, y - 22)], 0.0, 9, 2)
    for left in (-130, -60, 10, 80):
        sheet.shape(oval(x + left, y - 12, 13), OCHRE, 3)
    sheet.hatch(oval(x, y + 38, 220, 26), 0.0, 12, 3, HAZE)


def _quay(sheet: Sheet) -> None:
    """The stone quay in front with bollards, crates and a crane."""
    sheet.shape([(840, 1020), (960, 860), (1620, 820), (1620, 1020)], SAND)
    sheet.line([(925, 908), (1620, 872)], 3)
    sheet.hatch([(850, 1020), (925, 908), (1010, 905), (960, 1020)], 0.1, 18)
    for x, y in ((1010, 872), (1120, 868)):
        sheet.shape([(x - 16, y), (x - 12, y - 44), (x + 12, y - 44), (x + 16, y)], INK)
        sheet.shape(oval(x, y - 46, 22, 9), INK)
    sheet.line(curve([(570, 740), (720, 850), (880, 880), (1010, 840)]), 4)
    for x, y, tint in ((1230, 790, OCHRE), (1330, 790, ROSE), (1280, 700, TEAL)):
        sheet.shape(box(x, y, 94, 86), tint)
        sheet.hatch(box(x + 8, y + 8, 78, 70), 0.0, 17, 2)
    _crane(sheet, 1500, 850)


def _crane(sheet: Sheet, x: float, foot: float) -> None:
    """A latticed harbour crane with its hook over the water."""
    mast: Line = [(x - 30, foot), (x - 22, 250), (x + 22, 250), (x + 30, foot)]
    for start, end in ((mast[0], mast[1]), (mast[3], mast[2])):
        sheet.line([start, end], 6)
    rungs = [(x + (24 if step % 2 else -24), foot - step * (foot - 260) / 12) for step in range(13)]
    sheet.line(rungs, 3)
    sheet.line([(x + 30, 250), (1110, 190)], 6)
    sheet.line([(x + 30, 280), (1110, 190)], 4)
    sheet.line([(x, 180), (1110, 190)], 3)
    sheet.shape([(x - 40, 250), (x - 20, 176), (x + 46, 176), (x + 50, 290), (x - 40, 290)], CLAY)
    sheet.line([(1130, 192), (1130, 400)], 3)
    sheet.shape(box(1085, 400, 90, 62), OCHRE)
    sheet.hatch(box(1085, 400, 90, 62), 0.25, 15, 2)


def draw_station(sheet: Sheet) -> None:
    """A train at the platform under an iron roof, a clock, a bench and a suitcase."""
    sheet.flat(box(-20, -20, WIDTH + 40, 720), SKY)
    sheet.flat([*arc(800, 760, 900, 720, 0.5, 1.0)], PAPER)
    for index in range(5):
        sheet.line(arc(800, 760, 900 - index * 34, 720 - index * 42, 0.5, 1.0), 7 - index * 1.2)
    for step in range(1, 24):
        turn = 0.5 + step / 48
        outer, inner = arc(800, 760, 900, 720, turn, turn)[0], arc(800, 760, 764, 552, turn, turn)[0]
        sheet.line([outer, inner], 3)
    _town_beyond(sheet)
    _train(sheet)
    _platform(sheet)
    _clock(sheet, 1180, 330)


def _town_beyond(sheet: Sheet) -> None:
    """What is seen beyond the station's roof."""
    sheet.flat([*arc(800, 640, 330, 190, 0.5, 1.0)], ROSE)
    for x, width, height in ((180, 120, 170), (300, 70, 240), (980, 110, 190), (1250, 90, 150), (1340, 130, 210)):
        sheet.flat(box(x, 680 - height, width, height), HAZE)


def _train(sheet: Sheet) -> None:
    """Two carriages that leave the sheet on both sides."""
    for left, right in ((-60, 690), (704, 1660)):
        body: Line = [(left, 470), (left + 26, 430), (right - 26, 430), (right, 470), (right, 730), (left, 730)]
        sheet.shape(body, BLUE, 5)
        sheet.flat(box(left + 6, 640, right - left - 8, 36), CLAY)
        sheet.line([(left, 640), (right, 640)], 3)
        sheet.line([(left, 676), (right, 676)], 3)
        sheet.hatch(box(left + 8, 690, right - left - 16, 36), 0.0, 10, 1.6)
    for x in (40, 170, 300, 430, 960, 1090, 1220, 1350, 1480):
        sheet.shape(box(x, 490, 96, 104), SAND)
        sheet.hatch([(x + 8, 560), (x + 60, 494), (x + 88, 494), (x + 16, 588)], -0.14, 15, 2, PAPER)
        sheet.line([(x, 520), (x + 96, 520)], 3)
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
    sheet.outline(moved(arc(875, 836, 30, 30, 0.5, 1.0), 0, 0), 6)
    for x in (826, 908):
        sheet.shape(box(x, 836, 18, 112), OCHRE, 3)
    sheet.hatch(box(930, 840, 20, 108), 0.17, 10, 2)


def _clock(sheet: Sheet, x: float, y: float) -> None:
    """A clock that hangs from the roof; strokes for hours, no numerals."""
    sheet.line([(x, 90), (x, y - 80)], 7)
    sheet.shape(oval(x, y, 84), INK)
    sheet.flat(oval(x, y, 70), PAPER)
    for hour in range(12):
        outer, inner = arc(x, y, 64, None, hour / 12, hour / 12)[0], arc(x, y, 52, None, hour / 12, hour / 12)[0]
        sheet.line([inner, outer], 6 if hour % 3 == 0 else 3)
    sheet.line([(x, y), arc(x, y, 34, None, 0.86, 0.86)[0]], 7)
    sheet.line([(x, y), arc(x, y, 50, None, 0.08, 0.08)[0]], 5, CLAY)
