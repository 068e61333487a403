"""The outline's maker, on a topology small enough to check by hand."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from practices.geography.build_outline import (
    DRAWING_PATH,
    OUTLINE_PATH,
    area,
    build,
    clip,
    decode_arcs,
    drawing,
    join_ring,
    main,
    path,
    simplify,
)
from practices.geography.projection import Point


def topology() -> dict[str, Any]:
    """Two square neighbours that share arc 0 at 5° east, an islet, a country far away."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 40]},
        "arcs": [
            [[10, 4], [0, 8]],
            [[10, 12], [-8, 0], [0, -8], [8, 0]],
            [[10, 4], [8, 0], [0, 8], [-8, 0]],
            [[30, 4], [0, 0], [0, 0], [0, 0]],
            [[100, -160], [8, 0], [0, 8], [-8, -8]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "250", "properties": {"name": "France"}, "arcs": [[0, 1]]},
                    {
                        "type": "MultiPolygon",
                        "id": "380",
                        "properties": {"name": "Italy"},
                        "arcs": [[[~0, 2]], [[3]]],
                    },
                    {"type": "Polygon", "id": "504", "properties": {"name": "Morocco"}, "arcs": [[4]]},
                    {"type": "Polygon", "properties": {"name": "Kosovo"}, "arcs": [[0, 1]]},
                    {"type": "Polygon", "properties": {"name": "Somaliland"}, "arcs": [[0, 1]]},
                ]
            }
        },
    }


def test_arcs_are_decoded_from_steps_to_degrees() -> None:
    assert decode_arcs(topology())[0] == [(5.0, 42.0), (5.0, 46.0)]


def test_simplifying_drops_the_small_bend_and_keeps_the_large_one() -> None:
    line: list[Point] = [(0, 0), (5, 0.5), (10, 0), (10, 20), (0, 20)]

    assert simplify(line, 5) == [(0, 0), (10, 0), (10, 20), (0, 20)]


def test_simplifying_a_border_gives_the_same_line_from_both_sides() -> None:
    line: list[Point] = [(0, 0), (3, 1), (5, -2), (9, 1), (14, 6), (20, 3), (21, 0)]

    assert simplify(line[::-1], 6)[::-1] == simplify(line, 6)


def test_an_arc_taken_backwards_closes_the_ring_without_a_repeat() -> None:
    arcs: list[list[Point]] = [[(0, 0), (0, 9)], [(0, 0), (9, 0), (9, 9), (0, 9)]]

    assert join_ring(arcs, [1, ~0]) == [(0, 0), (9, 0), (9, 9), (0, 9)]


def test_a_ring_inside_the_map_is_not_cut() -> None:
    ring: list[Point] = [(10, 10), (50, 10), (50, 50)]

    assert clip(ring) == ring


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(-112, 0), (88, 0), (88, 100), (-112, 100)], 100 * 100),
        ([(912, 0), (1112, 0), (1112, 100), (912, 100)], 100 * 100),
        ([(0, -112), (100, -112), (100, 88), (0, 88)], 100 * 100),
        ([(0, 812), (100, 812), (100, 1012), (0, 1012)], 100 * 100),
        ([(-500, -500), (2000, -500), (2000, 2000), (-500, 2000)], 1024 * 924),
    ],
)
def test_a_ring_across_an_edge_is_cut_at_the_bleed(ring: list[Point], expected: float) -> None:
    assert area(clip(ring)) == expected


def test_a_ring_off_the_map_vanishes() -> None:
    assert clip([(2000, 0), (2100, 0), (2100, 100)]) == []


def test_a_path_starts_absolute_and_goes_on_in_steps() -> None:
    rings: list[list[Point]] = [[(10, 20), (15, 18), (12, 30)], [(0, 0), (1, 0), (1, 1)]]

    assert path(rings) == "M10 20l5-2-3 12zM0 0l1 0 0 1z"


def test_only_known_countries_on_the_map_are_drawn_in_the_order_of_their_codes() -> None:
    outline = build(topology())

    assert [country["iso"] for country in outline["countries"]] == ["fr", "it", "xk"]
    assert "public domain" in outline["source"]


def test_an_islet_too_small_to_be_seen_is_left_out() -> None:
    italy = build(topology())["countries"][1]

    assert italy["path"].count("M") == 1


def test_the_command_writes_one_country_a_line(tmp_path: Path) -> None:
    source, target = tmp_path / "countries.json", tmp_path / "europe.json"
    source.write_text(json.dumps(topology()), encoding="utf-8")

    drawn = tmp_path / "europe.svg"
    main([str(source), "--output", str(target), "--drawing", str(drawn)])
    assert ET.parse(drawn).getroot().tag.endswith("svg")

    text = target.read_text(encoding="utf-8")
    assert json.loads(text) == build(topology())
    assert len(text.splitlines()) == 3


def test_the_file_that_pages_point_into_is_drawn_from_the_outline() -> None:
    outline = json.loads(OUTLINE_PATH.read_text(encoding="utf-8"))

    assert DRAWING_PATH.read_text(encoding="utf-8") == drawing(outline)
