"""A bicycle, for the workshop."""

from site_ocu.demo.drawing.palette import (
    CLAY,
    INK,
    OCHRE,
    SHADE,
)
from site_ocu.demo.drawing.shapes import Line, Point, arc, curve, moved, oval
from site_ocu.demo.drawing.sheet import Sheet


def bicycle(sheet: Sheet, x: float, y: float) -> None:
    """A bicycle seen from the side; `x` is between its wheels, `y` their axles' height."""
    rear, front = (x - 190, y), (x + 200, y)
    crank, saddle, head = (x - 20, y + 6), (x - 80, y - 190), (x + 140, y - 190)
    for hub in (rear, front):
        _wheel(sheet, hub)
    _tubes(sheet, [rear, crank, saddle, rear])
    _tubes(sheet, [crank, head, front])
    _tubes(sheet, [(x - 74, y - 172), (x + 136, y - 178)])
    _saddle(sheet, saddle)
    sheet.line(curve([head, (x + 126, y - 240), (x + 170, y - 262), (x + 206, y - 236)]), 10)
    _pedals(sheet, crank)


def _tubes(sheet: Sheet, joints: Line) -> None:
    """Painted tubes from joint to joint."""
    sheet.line(joints, 20)
    sheet.line(joints, 12, CLAY)


def _saddle(sheet: Sheet, top: Point) -> None:
    """The saddle on its post."""
    x, y = top
    sheet.line([top, (x - 14, y - 46)], 9)
    leather = curve([(-62, -6), (-20, -26), (62, -14), (60, 0), (0, 6), (-56, 12)])
    sheet.shape(moved(leather, x - 10, y - 48), INK)


def _pedals(sheet: Sheet, crank: Point) -> None:
    """The chain wheel with two cranks."""
    x, y = crank
    sheet.shape(oval(x, y, 36), OCHRE)
    sheet.line([(x - 34, y + 46), (x + 34, y - 46)], 8)
    for side in (-1, 1):
        middle = x + side * 34
        sheet.line([(middle - 20, y - side * 46), (middle + 20, y - side * 46)], 9)


def _wheel(sheet: Sheet, hub: Point) -> None:
    """A wheel with its spokes."""
    sheet.outline(oval(*hub, 140), 13)
    sheet.outline(oval(*hub, 124), 3)
    for step in range(18):
        spoke = arc(*hub, 124, None, step / 18, step / 18)[0]
        sheet.line([hub, spoke], 1.6)
    sheet.shape(oval(*hub, 13), SHADE)
