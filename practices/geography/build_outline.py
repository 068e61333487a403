"""Draw `europe.json`, the map's outline, from Natural Earth; run by hand by a developer.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m practices.geography.build_outline package/countries-50m.json

The input is TopoJSON (https://github.com/topojson/topojson-specification): countries
are rings of *arcs*, and two neighbours share the arc of their border. Arcs are
projected, simplified and rounded before they are joined to rings, so both sides of a
border stay the very same line and no gap opens between them. Rings are then cut to
the map's rectangle. The outcome depends on the input alone.
"""

import argparse
import json
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any, Final

from practices.geography.projection import MAP_HEIGHT, MAP_WIDTH, Point, project

Ring = list[Point]
Degrees = tuple[float, float]

OUTLINE_PATH: Final = Path(__file__).with_name("europe.json")
DRAWING_PATH: Final = Path(__file__).parent.parent / "static/img/europe.svg"
SOURCE: Final = "Natural Earth 1:50m, public domain, through npm world-atlas"

# Smallest detail of a line and smallest island kept, in square units of 13 km² each.
# Tuned to the weight the tests hold.
SMALLEST_DETAIL: Final = 7.0
SMALLEST_ISLAND: Final = 12.0
# The cut lies outside the visible map, so that its straight stroke never shows.
BLEED: Final = 12.0

# ISO 3166-1 numeric to alpha-2, for the countries the rectangle touches.
# fmt: off
ISO_CODES: Final = {
    "008": "al", "012": "dz", "020": "ad", "040": "at", "056": "be", "070": "ba", "100": "bg", "112": "by",
    "191": "hr", "203": "cz", "208": "dk", "233": "ee", "246": "fi", "248": "ax", "250": "fr", "276": "de",
    "300": "gr", "348": "hu", "372": "ie", "380": "it", "428": "lv", "434": "ly", "440": "lt", "442": "lu",
    "470": "mt", "498": "md", "499": "me", "504": "ma", "528": "nl", "578": "no", "616": "pl", "620": "pt",
    "642": "ro", "643": "ru", "688": "rs", "703": "sk", "705": "si", "724": "es", "752": "se", "756": "ch",
    "788": "tn", "792": "tr", "804": "ua", "807": "mk", "818": "eg", "826": "gb", "833": "im",
}
# fmt: on
# Natural Earth gives Kosovo no number; "xk" is the code the EU's institutions use.
ISO_CODES_BY_NAME: Final = {"Kosovo": "xk"}


def decode_arcs(topology: dict[str, Any]) -> list[list[Degrees]]:
    """Return the arcs as ``(longitude, latitude)`` lists: undo quantisation and deltas."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (origin_x, origin_y) = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + origin_x, y * scale_y + origin_y))
        decoded.append(line)
    return decoded


def simplify(line: list[Point], smallest: float) -> list[Point]:
    """Drop, the least first, the points that make a triangle below `smallest` units².

    Visvalingam and Whyatt (1993). Douglas-Peucker gave the same weight but kept the
    needles of narrow estuaries, which look like faults at this scale. Ends stay.
    """
    kept = list(line)
    triangles = [area(line[index - 1 : index + 2]) for index in range(1, len(line) - 1)]
    sizes = [inf, *triangles, inf]
    while (least := min(sizes)) < smallest:
        index = sizes.index(least)
        del kept[index], sizes[index]
        for neighbour in (index - 1, index):
            if 0 < neighbour < len(kept) - 1:
                sizes[neighbour] = area(kept[neighbour - 1 : neighbour + 2])
    return kept


def draw_arc(arc: list[Degrees]) -> list[Point]:
    """Return an arc on the map: projected, simplified, on whole units, none repeated."""
    projected = [project(latitude, longitude) for longitude, latitude in arc]
    return _without_repeats([(round(x), round(y)) for x, y in simplify(projected, SMALLEST_DETAIL)])


def _without_repeats(line: list[Point]) -> list[Point]:
    """Return the line without points equal to the one before."""
    return [point for index, point in enumerate(line) if not index or point != line[index - 1]]


def join_ring(arcs: list[list[Point]], references: list[int]) -> Ring:
    """Return a ring from its arcs; ``~n`` means arc n backwards; the end is not repeated."""
    ring: Ring = []
    for reference in references:
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        ring += arc
    return _without_repeats(ring)[:-1]


def clip(ring: Ring) -> Ring:
    """Cut a ring to the map and its bleed (Sutherland-Hodgman, 1974); may be empty."""
    left, top, right, bottom = -BLEED, -BLEED, MAP_WIDTH + BLEED, MAP_HEIGHT + BLEED
    ring = _clip_side(ring, lambda point: point[0] - left)
    ring = _clip_side(ring, lambda point: right - point[0])
    ring = _clip_side(ring, lambda point: point[1] - top)
    ring = _clip_side(ring, lambda point: bottom - point[1])
    return [(round(x), round(y)) for x, y in ring]


def _clip_side(ring: Ring, depth: Callable[[Point], float]) -> Ring:
    """Keep what lies on one side of a line; `depth` is positive inside."""
    kept: Ring = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        if (depth(before) < 0) != (depth(point) < 0):
            share = depth(before) / (depth(before) - depth(point))
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if depth(point) >= 0:
            kept.append(point)
    return kept


def area(ring: Ring) -> float:
    """Return the ring's area in square units (the shoelace formula)."""
    doubled = sum(ring[index - 1][0] * y - x * ring[index - 1][1] for index, (x, y) in enumerate(ring))
    return abs(doubled) / 2


def path(rings: list[Ring]) -> str:
    """Return SVG path data: each ring starts absolute and goes on in relative steps."""
    parts = []
    for ring in rings:
        steps = [f"{x - ring[index][0]:g} {y - ring[index][1]:g}" for index, (x, y) in enumerate(ring[1:])]
        start = f"M{ring[0][0]:g} {ring[0][1]:g}"
        parts.append(f"{start}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(parts)


def country_rings(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[Ring]:
    """Return the rings of a country that are on the map and big enough to be seen.

    The largest is kept whatever its size: Malta is a country, not an islet. Holes come
    as rings of their own, which SVG's ``fill-rule="evenodd"`` opens.
    """
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [clip(join_ring(arcs, ring)) for polygon in polygons for ring in polygon]
    largest = max(area(ring) for ring in rings)
    smallest = min(SMALLEST_ISLAND, largest) or SMALLEST_ISLAND
    return [ring for ring in rings if area(ring) >= smallest]


def country_code(geometry: dict[str, Any]) -> str | None:
    """Return the alpha-2 code of a country the map may show, else nothing."""
    by_name = ISO_CODES_BY_NAME.get(geometry["properties"]["name"])
    return ISO_CODES.get(geometry.get("id", ""), by_name)


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the content of `europe.json`, countries in the order of their codes."""
    arcs = [draw_arc(arc) for arc in decode_arcs(topology)]
    paths = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        iso = country_code(geometry)
        rings = country_rings(geometry, arcs) if iso else []
        if iso and rings:
            paths[iso] = path(rings)
    countries = [{"iso": iso, "path": paths[iso]} for iso in sorted(paths)]
    return {"source": SOURCE, "countries": countries}


def drawing(outline: dict[str, Any]) -> str:
    """Return the SVG file that pages point into, so that none of them carries the outline itself.

    Colours come from the page: what is drawn with ``<use>`` inherits them.
    """
    shapes = "\n".join(
        f'<path vector-effect="non-scaling-stroke" d="{country["path"]}"/>'
        for country in outline["countries"]
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="pays">\n{shapes}\n</g></svg>\n'


def main(arguments: list[str] | None = None) -> None:
    """Read the TopoJSON file named on the command line and write the outline."""
    parser = argparse.ArgumentParser(description="Draw the map's outline.")
    parser.add_argument("topology", type=Path, help="world-atlas' countries-50m.json")
    parser.add_argument("--output", type=Path, default=OUTLINE_PATH)
    parser.add_argument("--drawing", type=Path, default=DRAWING_PATH)
    options = parser.parse_args(arguments)
    outline = build(json.loads(options.topology.read_text(encoding="utf-8")))
    text = json.dumps(outline, separators=(",", ":")).replace("},{", "},\n{")
    options.output.write_text(text + "\n", encoding="utf-8")
    options.drawing.write_text(drawing(outline), encoding="utf-8")


if __name__ == "__main__":
    main()
