"""The map of territories: what its template draws. Our own SVG, no tiles, no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from practices import geography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from practices.territories import TerritoryPage

# In units of the whole map; both shrink with the view box, so that they look the same at every zoom.
FONT_SIZE = 34.0
DOT_RADIUS = 10.0


@dataclass(frozen=True)
class Marker:
    """One territory on the map, in the units of the view box, with its label beside it."""

    slug: str
    title: str
    url: str
    count: int
    x: float
    y: float
    label: geography.Label


@dataclass(frozen=True)
class TerritoryMap:
    viewbox: geography.Box
    countries: list[geography.Country]
    markers: list[Marker]
    font_size: float
    dot_radius: float

    @property
    def hit_radius(self) -> float:
        """How far around a dot a finger may fall."""
        return self.dot_radius * 2.5


def territory_map(territories: Sequence[TerritoryPage], request: HttpRequest) -> TerritoryMap | None:
    """The map zoomed to *territories*; ``None`` when none of them has coordinates that fall on it.

    Territories may carry ``practice_count``, the number of their sheets (see ``territory_listing``).
    """
    placed: list[tuple[Any, geography.Point]] = []
    for territory in territories:
        if territory.latitude is None or territory.longitude is None:
            continue
        point = geography.project(territory.latitude, territory.longitude)
        if geography.is_on_map(point):
            placed.append((territory, point))
    if not placed:
        return None
    box = geography.viewbox_for([point for _territory, point in placed])
    scale = box.width / geography.WHOLE_MAP.width
    names = [(territory.title, *point) for territory, point in placed]
    labels = geography.place_labels(names, FONT_SIZE * scale, DOT_RADIUS * scale, box)
    markers = [
        _marker(territory, point, label, request)
        for (territory, point), label in zip(placed, labels, strict=True)
    ]
    return TerritoryMap(box, geography.europe_outline(), markers, FONT_SIZE * scale, DOT_RADIUS * scale)


def _marker(territory: Any, point: geography.Point, label: geography.Label, request: HttpRequest) -> Marker:
    return Marker(
        slug=territory.slug,
        title=territory.title,
        url=territory.get_url(request) or "",
        count=getattr(territory, "practice_count", 0),
        x=point[0],
        y=point[1],
        label=label,
    )
