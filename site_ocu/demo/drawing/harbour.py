"""A harbour."""

from site_ocu.demo.drawing.motifs import hills, sun, waves
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
)
from site_ocu.demo.drawing.shapes import Line, box, curve, oval
from site_ocu.demo.drawing.sheet import WIDTH, Sheet


def draw_harbour(sheet: Sheet) -> None:
    """A bay with a lighthouse, a sailing boat, a trawler and a crane on the quay."""
    sun(sheet, 560, 330, 150, OCHRE)
    hills(sheet, [(-20, 520), (150, 430), (330, 470), (520, 500), (760, 535), (900, 560)], HAZE, 0)
    hills(sheet, [(700, 575), (960, 500), (1240, 440), (1450, 470), (1640, 410)], MIST)
    sheet.flat(box(-20, 560, WIDTH + 40, 470), BLUE)
    sheet.line([(-20, 560), (WIDTH + 20, 560)], 4)
    waves(sheet, (-60, 585, WIDTH, 400), 90, HAZE)
    sheet.hatch(oval(560, 640, 130, 55), 0.0, 13, 4, OCHRE)
    _lighthouse(sheet, 130, 590)
    _sailing_boat(sheet, 840, 655)
    _trawler(sheet, 330, 800)
    _quay(sheet)
    for x, y in ((850, 170), (930, 130), (985, 205), (290, 150), (355, 200)):
        sheet.line(curve([(x - 26, y - 8), (x - 12, y - 16), (x, y), (x + 12, y - 16), (x + 26, y - 8)]), 3)


def _lighthouse(sheet: Sheet, x: float, foot: float) -> None:
    """A striped tower on a rock."""
    rock = curve(
        [(x - 150, foot + 20), (x - 90, foot - 30), (x, foot - 42), (x + 80, foot - 28), (x + 150, foot + 22)]
    )
    sheet.shape(rock, SHADE)
    sheet.hatch(rock, 0.15, 15)
    for index, (low, high) in enumerate(((0, 70), (70, 140), (140, 210), (210, 280))):
        wide, narrow = 44 - low * 0.07, 44 - high * 0.07
        y = foot - 40
        band: Line = [
            (x - wide, y - low),
            (x - narrow, y - high),
            (x + narrow, y - high),
            (x + wide, y - low),
        ]
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
    hull: Line = [
        (x - 230, y - 90),
        (x - 190, y + 6),
        (x + 190, y + 6),
        *curve([(x + 205, y - 20), (x + 260, y - 110)]),
    ]
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
