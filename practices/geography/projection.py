"""From degrees to the map's drawing units, and the window that looks at them.

Lambert's azimuthal equal-area projection (Snyder, "Map Projections: A Working
Manual", USGS 1987, p. 182-190, spherical form), centred on 47° N 10° E. Equal
area because no country of the map should look bigger than it is.

A *point* is ``(x, y)`` in viewBox units: x to the right, y downwards, and one unit
is `KILOMETRES_PER_UNIT` km at the centre. The whole map is ``0 0 1000 900``.
"""

from collections.abc import Iterable
from math import cos, radians, sin, sqrt
from typing import Final, NamedTuple

Point = tuple[float, float]

EARTH_RADIUS_KM: Final = 6371.0088
CENTRE_LATITUDE: Final = 47.0
CENTRE_LONGITUDE: Final = 10.0
KILOMETRES_PER_UNIT: Final = 3.6

MAP_WIDTH: Final = 1000.0
MAP_HEIGHT: Final = 900.0
# Where the projection's centre falls on the map. A little right of the middle: Lisbon
# needs room on its left, and Crimea, which Natural Earth gives to the state that
# occupies it, stays off the map.
CENTRE_X: Final = 530.0
CENTRE_Y: Final = 440.0


class Box(NamedTuple):
    """A rectangle in viewBox units; ``str()`` gives the viewBox attribute."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return " ".join(f"{round(value, 1):g}" for value in self)

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def contains(self, point: Point) -> bool:
        """Tell whether the point lies inside or on the edge."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom


WHOLE_MAP: Final = Box(0.0, 0.0, MAP_WIDTH, MAP_HEIGHT)


def project(latitude: float, longitude: float) -> Point:
    """Return the point of a place given in decimal degrees (WGS 84, taken as a sphere).

    Places outside Europe get a point too, outside `WHOLE_MAP`: see `is_on_map`.
    """
    phi, centre_phi = radians(latitude), radians(CENTRE_LATITUDE)
    turn = radians(longitude - CENTRE_LONGITUDE)
    cosine = sin(centre_phi) * sin(phi) + cos(centre_phi) * cos(phi) * cos(turn)
    if 1 + cosine < 1e-12:
        # The antipode is the whole rim of the disc and has no direction: take the east.
        return CENTRE_X + 2 * EARTH_RADIUS_KM / KILOMETRES_PER_UNIT, CENTRE_Y
    stretch = EARTH_RADIUS_KM * sqrt(2 / (1 + cosine)) / KILOMETRES_PER_UNIT
    east = stretch * cos(phi) * sin(turn)
    north = stretch * (cos(centre_phi) * sin(phi) - sin(centre_phi) * cos(phi) * cos(turn))
    return CENTRE_X + east, CENTRE_Y - north


def is_on_map(point: Point) -> bool:
    """Tell whether the map shows this point, so that a far territory is only listed."""
    return WHOLE_MAP.contains(point)


def viewbox_for(points: Iterable[Point], margin: float = 60.0, minimum: float = 320.0) -> Box:
    """Return the box to zoom to: it contains every point of the map among `points`.

    `margin` is the room to keep around the points and `minimum` the smallest width,
    both in viewBox units: one lone town must not fill the screen. The box keeps the
    map's aspect ratio and stays inside the map, whose edge may eat into the margin.
    Without a point on the map the whole map is returned.
    """
    seen = [point for point in points if is_on_map(point)]
    if not seen:
        return WHOLE_MAP
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    ratio = MAP_WIDTH / MAP_HEIGHT
    needed = max(right - left + 2 * margin, (bottom - top + 2 * margin) * ratio, minimum)
    width = min(needed, MAP_WIDTH)
    height = width / ratio
    return Box(
        _slide_inside((left + right - width) / 2, width, MAP_WIDTH),
        _slide_inside((top + bottom - height) / 2, height, MAP_HEIGHT),
        width,
        height,
    )


def _slide_inside(start: float, length: float, limit: float) -> float:
    """Move a span along its axis until it lies within ``0..limit``."""
    return max(0.0, min(start, limit - length))
