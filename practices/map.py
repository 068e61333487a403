"""The map of territories: what its template draws. Our own SVG, no tiles, no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from practices import geography

if TYPE_CHECKING:
    from practices.listing import FacetedList

# In units of the whole map; both shrink with the view box, so that they look the same at every zoom.
FONT_SIZE = 34.0
DOT_RADIUS = 10.0
HIT_RADIUS = 2.5  # in dots: how far around one a finger may fall
TERRITORY = "territoire"  # the facet that the library's map chooses in


@dataclass(frozen=True)
class Place:
    """A territory to be shown: where it lies, where its link leads, how many sheets one gets there."""

    title: str
    url: str
    latitude: float | None
    longitude: float | None
    count: int | None = None
    country: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Marker:
    """One place on the map, in the units of the view box, with its label beside it.

    ``x`` and ``y`` are where it is drawn, ``true_x`` and ``true_y`` where it lies: they differ for places that would
    cover each other.
    """

    place: Place
    x: float
    y: float
    true_x: float
    true_y: float
    label: geography.Label

    @property
    def is_moved(self) -> bool:
        return (self.x, self.y) != (self.true_x, self.true_y)


@dataclass(frozen=True)
class TerritoryMap:
    viewbox: geography.Box
    markers: list[Marker]
    font_size: float
    dot_radius: float
    places: list[Place]

    @property
    def hit_radius(self) -> float:
        """How far around a dot a finger may fall."""
        return self.dot_radius * HIT_RADIUS


def territory_map(territories: Iterable[Any], request: HttpRequest) -> TerritoryMap | None:
    """The map zoomed to *territories*; ``None`` when none of them has coordinates that fall on it.

    Territories may carry ``practice_count``, the number of their sheets (see ``territory_listing``).
    """
    return draw(
        [
            Place(
                territory.title,
                territory.get_url(request) or "",
                territory.latitude,
                territory.longitude,
                getattr(territory, "practice_count", None),
            )
            for territory in territories
        ]
    )


def library_map(listing: FacetedList) -> TerritoryMap | None:
    """The map of the sheets in *listing*: each place leads to its own under the other filters, or is taken off."""
    counts, chosen = listing.counts.get(TERRITORY, {}), set(listing.selected[TERRITORY])
    facet = next(facet for facet in listing.facets if facet.parameter == TERRITORY)
    places = [
        Place(
            choice.label,
            listing.url(without=pair) if choice.slug in chosen else listing.url(adding=pair),
            choice.latitude,
            choice.longitude,
            counts[choice.slug],
            str(facet.groups.get(choice.group, "")),
            choice.slug in chosen,
        )
        for choice in facet.by_slug.values()
        if counts.get(choice.slug) and (pair := (TERRITORY, choice.slug))
    ]
    # What is chosen is what is looked at; the rest stays in the list beside the map.
    return draw(places, focus=[place for place in places if place.chosen])


def draw(places: list[Place], focus: list[Place] | None = None) -> TerritoryMap | None:
    """The map of *places*, zoomed to those of *focus* where there are any; ``None`` when none is on it."""
    located = [(place, point) for place in places if (point := _point(place)) is not None]
    seen = [point for place, point in located if place in focus] if focus else []
    if not located:
        return None
    box = geography.viewbox_for(seen or [point for _place, point in located])
    shown = [(place, point) for place, point in located if box.contains(point)]
    scale = box.width / geography.WHOLE_MAP.width
    font, dot = FONT_SIZE * scale, DOT_RADIUS * scale
    drawn = geography.spread([point for _place, point in shown], 2 * dot * HIT_RADIUS, box)
    names = [(place.title, *point) for (place, _point), point in zip(shown, drawn, strict=True)]
    labels = geography.place_labels(names, font, dot, box)
    markers = [
        Marker(place, *at, *point, label)
        for (place, point), at, label in zip(shown, drawn, labels, strict=True)
    ]
    return TerritoryMap(box, markers, font, dot, places)


def _point(place: Place) -> geography.Point | None:
    """Where *place* falls on the map, if it does."""
    if place.latitude is None or place.longitude is None:
        return None
    point = geography.project(place.latitude, place.longitude)
    return point if geography.is_on_map(point) else None
