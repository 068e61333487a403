"""Things that several drawings show: trees, sun, hills, grass, windows, waves."""

from site_ocu.demo.drawing.palette import INK, LEAF, PAPER, TEAL, WOOD, Colour
from site_ocu.demo.drawing.shapes import Line, arc, box, closed_curve, curve, oval
from site_ocu.demo.drawing.sheet import HEIGHT, WIDTH, Sheet


def sun(sheet: Sheet, x: float, y: float, radius: float, colour: Colour) -> None:
    """A flat disc with level strokes across its lower half."""
    sheet.flat(oval(x, y, radius), colour)
    sheet.hatch(arc(x, y, radius, None, 0.0, 0.5), 0.0, 15, 3, PAPER)


def hills(sheet: Sheet, crest: Line, colour: Colour, width: float = 3.0) -> Line:
    """Land below a smooth crest, down to the sheet's foot; returns its outline."""
    line = curve(crest)
    land = [*line, (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    sheet.flat(land, colour)
    if width:
        sheet.line(line, width)
    return land


def tree(sheet: Sheet, x: float, foot: float, size: float, colour: Colour = TEAL) -> None:
    """A round tree; `size` is its height."""
    chance = sheet.chance
    top = foot - size * 0.62
    sheet.line([(x, foot), (x, top)], size * 0.035)
    sheet.line([(x, foot - size * 0.3), (x + size * 0.12, foot - size * 0.45)], size * 0.02)
    crown = closed_curve(
        [
            (px + chance.uniform(-0.04, 0.04) * size, py + chance.uniform(-0.04, 0.04) * size)
            for px, py in oval(x, top, size * 0.3, size * 0.36)[::3]
        ]
    )
    sheet.shape(crown, colour, 3)
    sheet.hatch([point for point in crown if point[0] > x + size * 0.04], 0.1, 11, 2, INK)


def pine(sheet: Sheet, x: float, foot: float, size: float, colour: Colour = TEAL) -> None:
    """A fir of three tiers; `size` is its height."""
    sheet.line([(x, foot), (x, foot - size * 0.25)], size * 0.05)
    for tier, spread in ((0.12, 0.27), (0.38, 0.21), (0.62, 0.14)):
        low, high = foot - size * tier, foot - size * (tier + 0.4)
        tier_line: Line = [(x - size * spread, low), (x, high), (x + size * spread, low)]
        sheet.shape(tier_line, colour, 3)
        sheet.hatch([(x, low), (x, high), (x + size * spread, low)], 0.2, 9, 1.6)


def grass(sheet: Sheet, area: tuple[float, float, float, float], count: int, colour: Colour = INK) -> None:
    """Tufts of three blades scattered over an area given as x, y, width, height."""
    for _ in range(count):
        x = sheet.chance.uniform(area[0], area[0] + area[2])
        y = sheet.chance.uniform(area[1], area[1] + area[3])
        size = 8 + 16 * (y - 400) / 600
        for lean in (-0.5, 0.1, 0.6):
            sheet.line([(x, y), (x + lean * size, y - size)], 2, colour)


def waves(sheet: Sheet, area: tuple[float, float, float, float], count: int, colour: Colour) -> None:
    """Short level strokes, longer and rarer towards the viewer."""
    left, top, width, height = area
    for step in range(count):
        depth = (step / count) ** 1.4
        y = top + height * depth
        length = 20 + 110 * depth * sheet.chance.uniform(0.6, 1.2)
        x = left + sheet.chance.uniform(0, width)
        sheet.line(
            curve([(x, y), (x + length / 2, y - 3 - 5 * depth), (x + length, y)]), 2 + 2 * depth, colour
        )


def window(sheet: Sheet, x: float, y: float, width: float, height: float, glass: Colour) -> None:
    """A window of four panes with its sill."""
    sheet.shape(box(x, y, width, height), glass, 3)
    sheet.line([(x + width / 2, y), (x + width / 2, y + height)], 2)
    sheet.line([(x, y + height * 0.45), (x + width, y + height * 0.45)], 2)
    sheet.line([(x - 5, y + height + 5), (x + width + 5, y + height + 5)], 4)


def pot(sheet: Sheet, x: float, foot: float, size: float, colour: Colour) -> None:
    """A plant with pointed leaves in a pot; `size` is the pot's height."""
    for lean in (-1.1, -0.55, 0.0, 0.5, 1.0):
        tip = (x + lean * size * 0.95, foot - size * (2.5 - abs(lean) * 0.8))
        bend = (x + lean * size * 0.25, foot - size * 1.6)
        blade = curve([(x - 4, foot - size), bend, tip])
        back = curve([tip, (bend[0] + size * 0.24, bend[1] + size * 0.1), (x + 6, foot - size)])
        sheet.shape([*blade, *back], LEAF if lean in (-0.55, 0.5) else TEAL, 2.5)
    rim = size * 0.5
    sheet.shape(
        [(x - rim, foot - size), (x + rim, foot - size), (x + rim * 0.7, foot), (x - rim * 0.7, foot)], colour
    )
    sheet.hatch(
        [(x + rim * 0.2, foot - size), (x + rim, foot - size), (x + rim * 0.7, foot), (x, foot)], 0.2, 8
    )


def planks(sheet: Sheet, top: float, colour: Colour = WOOD, line: Colour = INK) -> None:
    """A floor of boards in perspective, from `top` to the sheet's foot."""
    sheet.flat(box(-20, top, WIDTH + 40, HEIGHT - top + 20), colour)
    sheet.line([(-20, top), (WIDTH + 20, top)], 3)
    for step in range(-14, 15):
        sheet.line([(800 + step * 75, top), (800 + step * 190, HEIGHT + 20)], 1.6, line)
