"""Mountains."""

from typing import Final

from site_ocu.demo.drawing.motifs import grass, hills, pine, sun
from site_ocu.demo.drawing.palette import BLUE, CLAY, HAZE, INK, LEAF, MIST, OCHRE, PAPER, SAND, WOOD, Colour
from site_ocu.demo.drawing.shapes import Line, Point, box, curve
from site_ocu.demo.drawing.sheet import Sheet

# Summits of the near range: x, y, half width at the foot.
SUMMITS: Final[tuple[tuple[float, float, float], ...]] = (
    (1370, 290, 380),
    (130, 330, 350),
    (470, 215, 420),
    (930, 130, 480),
)


def draw_mountain(sheet: Sheet) -> None:
    """Snowy summits over a meadow with firs, a hut and a path."""
    sun(sheet, 1250, 190, 105, OCHRE)
    _far_range(sheet)
    for x, y, spread in SUMMITS:
        _summit(sheet, x, y, spread)
    hills(sheet, [(-20, 690), (200, 640), (520, 690), (820, 660), (1150, 700), (1640, 610)], LEAF)
    for x in range(20, 1600, 62):
        pine(
            sheet,
            x + sheet.chance.uniform(-16, 16),
            712 - abs(x - 800) * 0.035,
            sheet.chance.uniform(62, 105),
        )
    hills(sheet, [(-20, 770), (300, 735), (700, 775), (1100, 730), (1640, 760)], MIST)
    grass(sheet, (0, 800, 1600, 180), 60)
    _path(sheet)
    _hut(sheet, 1040, 790)
    for x, foot, size in ((130, 930, 330), (260, 980, 250), (1460, 950, 340), (1345, 985, 230)):
        pine(sheet, x, foot, size)


def _far_range(sheet: Sheet) -> None:
    """A pale jagged range without lines."""
    crest: Line = [(-20, 520)]
    for x in range(60, 1640, 80):
        crest.append((x, 400 + sheet.chance.uniform(-70, 50) + (60 if x % 160 else 0)))
    sheet.flat([*crest, (1640, 760), (-20, 760)], HAZE)


def _summit(sheet: Sheet, x: float, y: float, spread: float) -> None:
    """One mountain: lit on the left, hatched on the right, its top under snow."""
    foot = 760.0
    left = _ridge(sheet, (x, y), (x - spread, foot))
    right = _ridge(sheet, (x, y), (x + spread, foot))
    spine = _ridge(sheet, (x, y), (x + spread * 0.12, foot))
    sheet.flat([*reversed(left), *right], BLUE)
    shade = [*spine, *reversed(right)]
    sheet.hatch(shade, 0.17, 13, 2.6, INK)
    _snow(sheet, left, right, x)
    sheet.line([*reversed(left), *right], 5)
    sheet.line(spine[:6], 3)


def _ridge(sheet: Sheet, top: Point, foot: Point) -> Line:
    """A broken line from a summit down to its foot."""
    line: Line = [top]
    for step in range(1, 9):
        share = step / 9
        x, y = top[0] + (foot[0] - top[0]) * share, top[1] + (foot[1] - top[1]) * share
        line.append((x + sheet.chance.uniform(-16, 16), y + sheet.chance.uniform(-12, 12)))
    return [*line, foot]


def _snow(sheet: Sheet, left: Line, right: Line, x: float) -> None:
    """The white cap, down to an uneven edge."""
    (left_x, left_y), (right_x, right_y) = left[3], right[3]
    width = right_x - left_x
    teeth: Line = []
    for share, drop in ((0.84, -26), (0.7, 34), (0.56, -30), (0.42, 44), (0.28, -22), (0.14, 26)):
        teeth.append((left_x + width * share, max(left_y, right_y) + drop))
    cap = [*reversed(left[:4]), *right[1:4], *teeth]
    sheet.flat(cap, PAPER)
    sheet.line([right[3], *teeth, left[3]], 3)
    sheet.hatch([(x, left[0][1] + 30), right[1], right[2], right[3], teeth[0], teeth[1]], 0.17, 13, 2)


def _path(sheet: Sheet) -> None:
    """A pale path from the hut to the viewer."""
    left = curve([(1000, 792), (880, 815), (930, 860), (760, 920), (640, 1020)])
    right = curve([(900, 1020), (900, 940), (1010, 865), (950, 820), (1030, 794)])
    sheet.flat([*left, *right], SAND)
    sheet.line(left, 3)
    sheet.line(right, 3)


def _hut(sheet: Sheet, x: float, foot: float) -> None:
    """A wooden hut with a wide roof and smoke."""
    sheet.shape(box(x - 85, foot - 92, 170, 92), WOOD)
    for y in (72, 52, 32, 12):
        sheet.line([(x - 85, foot - y), (x + 85, foot - y)], 1.8)
    sheet.shape([(x - 118, foot - 84), (x, foot - 176), (x + 118, foot - 84)], CLAY)
    sheet.hatch([(x - 118, foot - 84), (x, foot - 176), (x + 118, foot - 84)], 0.0, 12, 1.8)
    sheet.shape(box(x + 40, foot - 178, 22, 50), PAPER, 3)
    _pane(sheet, x - 62, foot - 68, MIST)
    sheet.shape(box(x + 8, foot - 66, 40, 66), BLUE, 3)
    sheet.line(
        curve([(x + 51, foot - 186), (x + 70, foot - 225), (x + 44, foot - 260), (x + 72, foot - 300)]), 3
    )
    sheet.flat(box(x - 120, foot, 240, 6), INK)


def _pane(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    """A small square window."""
    sheet.shape(box(x, y, 42, 38), colour, 3)
    sheet.line([(x + 21, y), (x + 21, y + 38)], 2)
