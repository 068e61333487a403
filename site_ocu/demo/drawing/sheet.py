"""A sheet of paper with flat colours printed on it and a hand's ink over them.

Scenes speak in units of a sheet of 1600 x 1000, whatever the picture's size. Colours
fall a little beside their outlines, as in a two-pass print, and lines shake a little.
Chance is seeded: the same sheet gives the same picture.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import hypot
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from site_ocu.demo.drawing.palette import INK, PAPER, Colour
from site_ocu.demo.drawing.shapes import Line, Point, moved, turned

WIDTH: Final = 1600
HEIGHT: Final = 1000
# Drawn at twice the size, then halved: Pillow's own lines have jagged edges.
OVERSAMPLING: Final = 2
MISPRINT: Final[Point] = (5.0, 4.0)
SHAKE: Final = 1.0


class Sheet:
    """The paper, the colours and the pen of one drawing."""

    def __init__(self, seed: str, width: int, height: int) -> None:
        """Lay out a sheet of `width` x `height` pixels, filled from the centre like a cover."""
        # Not a secret: the same picture must come out each time.
        self.chance: Final = Random(seed)  # noqa: S311
        self._size = (width, height)
        self._scale = OVERSAMPLING * max(width / WIDTH, height / HEIGHT)
        self._left = (width * OVERSAMPLING - WIDTH * self._scale) / 2
        self._top = (height * OVERSAMPLING - HEIGHT * self._scale) / 2
        self._image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def flat(self, outline: Sequence[Point], colour: Colour) -> None:
        """Fill an outline with a colour, without a line."""
        self._draw.polygon([self._place(point) for point in outline], fill=colour)

    def line(self, points: Sequence[Point], width: float = 4.0, colour: Colour = INK) -> None:
        """Draw an open line by hand."""
        pixels = [self._place(point) for point in self._shaken(points)]
        thick = max(1, round(width * self._scale))
        self._draw.line(pixels, fill=colour, width=thick)
        # Pillow leaves notches at bends and square ends: round dots cover both.
        radius = width * self._scale / 2
        for x, y in pixels if thick > OVERSAMPLING else ():
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def outline(self, points: Sequence[Point], width: float = 4.0, colour: Colour = INK) -> None:
        """Draw a closed line by hand."""
        self.line([*points, points[0]], width, colour)

    def shape(self, points: Sequence[Point], colour: Colour, width: float = 4.0) -> None:
        """Print a colour, a little beside, and draw its outline."""
        self.flat(moved(points, *MISPRINT), colour)
        self.outline(points, width)

    def hatch(
        self,
        points: Sequence[Point],
        turn: float = 0.125,
        gap: float = 14.0,
        width: float = 2.0,
        colour: Colour = INK,
    ) -> None:
        """Shade an outline with parallel strokes; `turn` is their share of a full turn."""
        level = turned(points, -turn, (0.0, 0.0))
        y = min(y for _, y in level) + gap / 2
        bottom = max(y for _, y in level)
        while y < bottom:
            crossings = _crossings(level, y)
            for start, end in zip(crossings[::2], crossings[1::2], strict=False):
                inset = min(5.0, (end - start) / 4) * self.chance.random()
                stroke: Line = [(start + inset, y), (end - inset, y)]
                self.line(turned(stroke, turn, (0.0, 0.0)), width, colour)
            y += gap * self.chance.uniform(0.8, 1.2)

    def png(self) -> bytes:
        """Return the finished picture, with the paper's grain, as a PNG file."""
        image = self._image.reduce(OVERSAMPLING)
        image = self._speckled(image)
        clouds = self._noise(9).resize(self._size, Image.Resampling.BICUBIC)
        shade = clouds.point([246 + value * 9 // 255 for value in range(256)])
        image = ImageChops.multiply(image, Image.merge("RGB", (shade, shade, shade)))
        file = BytesIO()
        # Level 6 takes twice as long to save 7 % more: the grain does not compress.
        image.save(file, "PNG", compress_level=3)
        return file.getvalue()

    def _speckled(self, image: Image.Image) -> Image.Image:
        """Let the paper show through in tiny specks, as where ink did not take."""
        noise = self._noise(2).resize(self._size, Image.Resampling.BILINEAR)
        mask = noise.point([max(0, value - 205) * 2 for value in range(256)])
        image.paste(PAPER, (0, 0), mask)
        return image

    def _noise(self, cell: int) -> Image.Image:
        """Return grey noise of one value for `cell` x `cell` pixels."""
        size = (self._size[0] // cell + 1, self._size[1] // cell + 1)
        return Image.frombytes("L", size, self.chance.randbytes(size[0] * size[1]))

    def _place(self, point: Point) -> Point:
        """Return a point of the sheet in pixels of the oversampled image."""
        return self._left + point[0] * self._scale, self._top + point[1] * self._scale

    def _shaken(self, points: Sequence[Point]) -> Line:
        """Return the line cut in short strokes whose joints are a little off."""
        shaken: Line = [points[0]]
        for (x1, y1), (x2, y2) in pairwise(points):
            pieces = int(hypot(x2 - x1, y2 - y1) / 45) + 1
            for piece in range(1, pieces + 1):
                share = piece / pieces
                shaken.append(
                    (
                        x1 + (x2 - x1) * share + self.chance.uniform(-SHAKE, SHAKE),
                        y1 + (y2 - y1) * share + self.chance.uniform(-SHAKE, SHAKE),
                    )
                )
        return shaken


def _crossings(outline: Sequence[Point], y: float) -> list[float]:
    """Return where a level line enters and leaves an outline, from left to right."""
    crossings = []
    for index, (x2, y2) in enumerate(outline):
        x1, y1 = outline[index - 1]
        if (y1 > y) != (y2 > y):
            crossings.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return sorted(crossings)
