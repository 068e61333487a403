"""A path."""

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
    SHADE,
    TEAL,
    WOOD,
)
from site_ocu.demo.drawing.shapes import Line, arc, box, closed_curve, curve, oval
from site_ocu.demo.drawing.sheet import Sheet


def draw_path(sheet: Sheet) -> None:
    """A path that winds from the viewer over the hills to the sun, with a bare signpost."""
    sun(sheet, 1010, 300, 130, CLAY)
    _clouds(sheet)
    hills(sheet, [(-20, 430), (300, 380), (620, 430), (900, 385), (1250, 440), (1640, 370)], HAZE, 0)
    hills(sheet, [(-20, 500), (260, 470), (640, 520), (1000, 450), (1350, 480), (1640, 440)], ROSE)
    far = hills(sheet, [(-20, 590), (300, 560), (700, 590), (1050, 530), (1640, 590)], SAND)
    sheet.hatch([*far[9:26], (900, 700), (250, 700)], 0.47, 22, 2)
    hills(sheet, [(-20, 660), (400, 690), (800, 620), (1200, 640), (1640, 690)], LEAF)
    _rows(sheet)
    hills(sheet, [(-20, 800), (350, 760), (800, 800), (1250, 745), (1640, 800)], MIST)
    _way(sheet)
    for x, foot, size in (
        (1420, 660, 120),
        (1500, 672, 150),
        (1330, 652, 95),
        (230, 672, 110),
        (120, 668, 140),
    ):
        tree(sheet, x, foot, size)
    grass(sheet, (0, 830, 480, 150), 40)
    grass(sheet, (1120, 820, 480, 160), 40)
    tree(sheet, 1370, 880, 420, TEAL)
    _signpost(sheet, 330, 920)
    _milestone(sheet, 1130, 930)


def _clouds(sheet: Sheet) -> None:
    """Three flat clouds, drawn by their upper edges."""
    for x, y, size in ((240, 190, 1.0), (620, 110, 0.7), (1340, 170, 0.9)):
        bumps = [(-130, 0), (-95, -38), (-50, -34), (-10, -72), (55, -58), (80, -26), (130, 0)]
        edge = curve([(x + dx * size, y + dy * size) for dx, dy in bumps])
        sheet.flat(edge, SHADE)
        sheet.line([*edge, edge[0]], 3)


def _rows(sheet: Sheet) -> None:
    """Rows of a vineyard that run towards the horizon on the right."""
    for step in range(9):
        start, end = (1010 + step * 22, 648 + step * 2), (880 + step * 105, 790)
        sheet.line(curve([start, ((start[0] + end[0]) / 2 - 14, 715), end]), 3, BLUE)


def _way(sheet: Sheet) -> None:
    """The path itself: a ribbon that narrows at each bend."""
    left = curve(
        [(560, 1020), (640, 920), (800, 850), (760, 780), (640, 720), (700, 660), (850, 610), (905, 560)]
    )
    right = curve(
        [(915, 560), (875, 612), (745, 664), (720, 715), (860, 775), (960, 850), (930, 930), (1000, 1020)]
    )
    sheet.flat([*left, *right], PAPER)
    sheet.line(left, 4)
    sheet.line(right, 4)
    for x, y, size in (
        (760, 960, 16),
        (850, 905, 12),
        (700, 990, 13),
        (880, 840, 9),
        (800, 790, 7),
        (900, 985, 11),
    ):
        sheet.outline(oval(x, y, size, size * 0.5), 2.5)
    sheet.hatch(
        [(930, 930), (960, 850), (935, 815), (925, 850), (890, 930), (960, 1020), (1000, 1020)], 0.0, 12, 2
    )


def _signpost(sheet: Sheet, x: float, foot: float) -> None:
    """Three arms without a word: every direction is open."""
    sheet.shape(box(x - 10, foot - 420, 20, 420), WOOD)
    for y, side, length, tint in ((-400, 1, 200, OCHRE), (-320, -1, 190, TEAL), (-240, 1, 150, CLAY)):
        tip = x + side * (length + 34)
        end, back = x + side * length, x - side * 34
        top, low = foot + y, foot + y + 56
        arm: Line = [(back, top), (end, top), (tip, (top + low) / 2), (end, low), (back, low)]
        sheet.shape(arm, tint)
        sheet.line([(x + side * 10, (top + low) / 2), (end - side * 20, (top + low) / 2)], 3, PAPER)
    stones = closed_curve(
        [(x - 60, foot + 6), (x - 40, foot - 26), (x, foot - 34), (x + 44, foot - 22), (x + 62, foot + 8)]
    )
    sheet.shape(stones, SHADE)
    sheet.hatch(stones, 0.15, 11, 2)


def _milestone(sheet: Sheet, x: float, foot: float) -> None:
    """A round-headed stone by the path."""
    stone: Line = [(x - 46, foot), *arc(x, foot - 90, 46, 46, 0.5, 1.0), (x + 46, foot)]
    sheet.shape(stone, PAPER)
    sheet.shape(arc(x, foot - 90, 46, 46, 0.5, 1.0), OCHRE)
    sheet.hatch([(x + 14, foot), (x + 14, foot - 84), (x + 46, foot - 84), (x + 46, foot)], 0.17, 10, 2)
    sheet.line([(x - 70, foot + 2), (x + 74, foot + 2)], 4, INK)
