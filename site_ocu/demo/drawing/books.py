"""Books."""

from typing import Final

from site_ocu.demo.drawing.motifs import pot
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
    TEAL,
    WOOD,
    Colour,
)
from site_ocu.demo.drawing.shapes import arc, box, curve, moved, oval, turned
from site_ocu.demo.drawing.sheet import WIDTH, Sheet

COVERS: Final[tuple[Colour, ...]] = (BLUE, CLAY, SAND, TEAL, OCHRE, ROSE, INK, PAPER, HAZE, LEAF)
SHELVES: Final = (330.0, 640.0, 950.0)


def draw_books(sheet: Sheet) -> None:
    """Three shelves of books without titles, a plant, a globe and a cup."""
    sheet.flat(box(-20, -20, WIDTH + 40, 1060), SAND)
    sheet.hatch(box(-20, -20, WIDTH + 40, 1060), 0.25, 60, 1.4, WOOD)
    for y in SHELVES:
        _board(sheet, y)
    _row(sheet, 40, 620, SHELVES[0], 240)
    _leaning(sheet, 628, SHELVES[0], TEAL)
    pot(sheet, 830, SHELVES[0], 84, CLAY)
    _row(sheet, 960, 1580, SHELVES[0], 225)
    _lying(sheet, 60, SHELVES[1], 330)
    _row(sheet, 420, 900, SHELVES[1], 235)
    _globe(sheet, 1040, SHELVES[1])
    _row(sheet, 1190, 1480, SHELVES[1], 215)
    _leaning(sheet, 1488, SHELVES[1], OCHRE)
    _row(sheet, 20, 500, SHELVES[2], 225)
    _leaning(sheet, 508, SHELVES[2], CLAY)
    _open_book(sheet, 845, SHELVES[2])
    _cup(sheet, 1142, SHELVES[2])
    _row(sheet, 1240, 1600, SHELVES[2], 240)


def _board(sheet: Sheet, y: float) -> None:
    """A shelf seen from the front, with its shadow below."""
    sheet.flat(box(-20, y + 26, WIDTH + 40, 22), ROSE)
    sheet.hatch(box(-20, y + 26, WIDTH + 40, 22), 0.12, 12, 1.6)
    sheet.flat(box(-20, y, WIDTH + 40, 26), WOOD)
    sheet.line([(-20, y), (WIDTH + 20, y)], 5)
    sheet.line([(-20, y + 26), (WIDTH + 20, y + 26)], 4)


def _row(sheet: Sheet, start: float, end: float, shelf: float, tallest: float) -> None:
    """Books that stand side by side between two x."""
    x, index = start, sheet.chance.randrange(len(COVERS))
    while x < end - 24:
        width = min(sheet.chance.choice((26, 34, 42, 54, 66)), end - x)
        height = tallest * sheet.chance.uniform(0.68, 1.0)
        index = (index + sheet.chance.randrange(1, 4)) % len(COVERS)
        _spine(sheet, x, shelf - height, width, height, COVERS[index])
        x += width


def _spine(sheet: Sheet, x: float, y: float, width: float, height: float, cover: Colour) -> None:
    """The back of a book with one of four ornaments in the place of a title."""
    sheet.shape(box(x, y, width, height), cover)
    light = INK if cover in (PAPER, SAND, ROSE, OCHRE, HAZE) else PAPER
    ornament = sheet.chance.randrange(4)
    if ornament == 0:
        for level in (0.1, 0.15, 0.82, 0.87):
            sheet.line([(x + 5, y + height * level), (x + width - 5, y + height * level)], 3, light)
    elif ornament == 1 and width > 30:
        sheet.shape(box(x + 7, y + height * 0.18, width - 14, height * 0.3), PAPER, 2.5)
        sheet.line([(x + width / 2, y + height * 0.23), (x + width / 2, y + height * 0.43)], 3)
    elif ornament == 2:
        sheet.flat(oval(x + width / 2, y + height * 0.2, width * 0.24), light)
        sheet.line([(x + width / 2, y + height * 0.36), (x + width / 2, y + height * 0.78)], 3, light)
    else:
        sheet.hatch(box(x + 4, y + height * 0.62, width - 8, height * 0.3), 0.12, 9, 2, light)


def _leaning(sheet: Sheet, x: float, shelf: float, cover: Colour) -> None:
    """A book that leans to the left against its row."""
    book = turned(box(x + 52, shelf - 218, 40, 214), -0.035, (x + 92, shelf))
    sheet.shape(book, cover)
    for level in (30, 44, 176):
        sheet.line(
            turned([(x + 58, shelf - 218 + level), (x + 86, shelf - 218 + level)], -0.035, (x + 92, shelf)),
            3,
            PAPER,
        )


def _lying(sheet: Sheet, x: float, shelf: float, width: float) -> None:
    """A pile of books that lie flat, a smaller one askew on the top."""
    y = shelf
    for inset, height, cover in ((0, 54, BLUE), (26, 40, SAND), (8, 60, CLAY), (44, 36, TEAL)):
        y -= height
        sheet.shape(box(x + inset, y, width - inset * 1.5, height), cover)
        sheet.flat(box(x + width - inset * 0.5 - 62, y + 9, 58, height - 18), PAPER)
        for line in range(1, 4):
            level = y + 8 + (height - 16) * line / 4
            sheet.line([(x + width - inset * 0.5 - 60, level), (x + width - inset * 0.5 - 6, level)], 1.6)
        sheet.line([(x + inset + 36, y), (x + inset + 36, y + height)], 3, PAPER)


def _globe(sheet: Sheet, x: float, shelf: float) -> None:
    """A globe on its stand, with lands of no country."""
    y = shelf - 150
    sheet.line(arc(x, y, 112, None, 0.12, 0.62), 7)
    sheet.line([(x, y + 112), (x, shelf - 14)], 8)
    sheet.shape(box(x - 62, shelf - 16, 124, 16), WOOD)
    sheet.shape(oval(x, y, 92), HAZE)
    sheet.flat(
        curve([(x - 60, y - 58), (x - 20, y - 70), (x + 8, y - 40), (x - 20, y - 12), (x - 62, y - 14)]), TEAL
    )
    sheet.flat(
        curve([(x + 4, y + 2), (x + 52, y - 12), (x + 66, y + 24), (x + 34, y + 66), (x + 8, y + 36)]), CLAY
    )
    sheet.flat(curve([(x - 66, y + 26), (x - 34, y + 22), (x - 30, y + 58), (x - 48, y + 64)]), OCHRE)
    for across in (30, 64):
        sheet.outline(oval(x, y, across, 92), 1.8)
    sheet.line([(x - 92, y), (x + 92, y)], 1.8)
    sheet.line(arc(x, y - 46, 78, 10, 0.0, 0.5), 1.8)


def _open_book(sheet: Sheet, x: float, shelf: float) -> None:
    """A book open on a low stand."""
    for side in (-1, 1):
        top = curve([(x, shelf - 176), (x + side * 70, shelf - 198), (x + side * 205, shelf - 176)])
        page = [*top, (x + side * 225, shelf - 30), (x, shelf - 24)]
        sheet.shape(moved(page, side * 9, 11), BLUE)
        sheet.shape(page, PAPER)
        for row in range(6):
            y = shelf - 152 + row * 21
            sheet.line([(x + side * 28, y), (x + side * (150 + (row * 37) % 40), y - 5)], 3)
    sheet.line([(x, shelf - 176), (x, shelf - 24)], 4)
    sheet.shape(box(x - 120, shelf - 20, 240, 20), WOOD)


def _cup(sheet: Sheet, x: float, shelf: float) -> None:
    """A cup with steam."""
    sheet.outline(oval(x + 52, shelf - 52, 26, 28), 6)
    sheet.shape([(x - 52, shelf - 92), (x + 52, shelf - 92), (x + 38, shelf - 4), (x - 38, shelf - 4)], PAPER)
    sheet.flat([(x - 49, shelf - 68), (x + 49, shelf - 68), (x + 45, shelf - 48), (x - 45, shelf - 48)], CLAY)
    sheet.hatch(
        [(x + 14, shelf - 88), (x + 48, shelf - 88), (x + 36, shelf - 8), (x + 14, shelf - 8)], 0.17, 9, 1.6
    )
    for lean in (-20, 8):
        steam = [(lean, -106), (lean + 14, -130), (lean - 6, -154), (lean + 12, -180)]
        sheet.line(curve([(x + dx, shelf + dy) for dx, dy in steam]), 3)
