"""Places fall where a reader expects them, names stay apart, the outline stays light."""

import gzip
import re
from itertools import combinations

import pytest

from practices.geography import (
    OUTLINE_PATH,
    WHOLE_MAP,
    Box,
    Label,
    Point,
    europe_outline,
    is_on_map,
    place_labels,
    project,
    viewbox_for,
)
from practices.geography.labels import overlap

TOWNS: dict[str, tuple[float, float]] = {
    "Liège": (50.6326, 5.5797),
    "Berlin": (52.5200, 13.4050),
    "Potsdam": (52.3906, 13.0645),
    "Pays viganais": (43.9911, 3.6050),
    "Lisbonne": (38.7223, -9.1393),
    "Barcelone": (41.3874, 2.1686),
    "Palerme": (38.1157, 13.3615),
    "Grenoble": (45.1885, 5.7245),
    "Montreuil": (48.8638, 2.4485),
}
POINTS: dict[str, Point] = {name: project(*place) for name, place in TOWNS.items()}


def labels_of(*names: str) -> list[Label]:
    """Place the named towns' labels on the whole map."""
    return place_labels([(name, *POINTS[name]) for name in names])


def rings_of(path: str) -> list[list[Point]]:
    """Read back path data of the form ``Mx ylx y…z`` into rings of absolute points."""
    rings = []
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        ring: list[Point] = []
        x = y = 0
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        rings.append(ring)
    return rings


def country_at(point: Point) -> list[str]:
    """Return the codes of the countries whose shape holds the point (even-odd rule)."""
    x, y = point
    found = []
    for country in europe_outline():
        crossings = 0
        for ring in rings_of(country.path):
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                    crossings += 1
        if crossings % 2:
            found.append(country.iso)
    return found


# Projection


def test_the_centre_of_the_projection_falls_on_its_round_value() -> None:
    assert project(47.0, 10.0) == (530.0, 440.0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Berlin", (594, 268)), ("Palerme", (612, 712)), ("Lisbonne", (73, 641))],
)
def test_known_towns_fall_on_known_points(name: str, expected: tuple[int, int]) -> None:
    x, y = POINTS[name]

    assert (round(x), round(y)) == expected


@pytest.mark.parametrize("name", TOWNS)
def test_every_territory_is_on_the_map(name: str) -> None:
    assert is_on_map(POINTS[name])


def test_a_place_far_from_europe_is_off_the_map() -> None:
    assert not is_on_map(project(14.69, -17.45))  # Dakar
    assert not is_on_map(project(-21.1, 55.5))  # La Réunion


def test_the_antipode_is_far_away_though_the_formula_divides_by_zero_there() -> None:
    assert not is_on_map(project(-47.0, -170.0))


def test_berlin_is_north_east_of_grenoble() -> None:
    berlin, grenoble = POINTS["Berlin"], POINTS["Grenoble"]

    assert berlin[0] > grenoble[0]
    assert berlin[1] < grenoble[1]


def test_a_unit_is_three_and_a_half_kilometres_near_the_centre() -> None:
    """One degree of latitude is 111.2 km on the sphere."""
    height = project(46.5, 10.0)[1] - project(47.5, 10.0)[1]

    assert height * 3.6 == pytest.approx(111.2, abs=0.1)


# Zoom


def test_the_box_contains_all_the_points_and_their_margin() -> None:
    towns = [POINTS[name] for name in ("Grenoble", "Pays viganais", "Liège")]

    box = viewbox_for(towns, margin=40)

    assert all(box.contains((x + dx, y + dy)) for x, y in towns for dx in (-40, 40) for dy in (-40, 40))


@pytest.mark.parametrize("names", list(combinations(TOWNS, 2)))
def test_any_two_territories_fit_in_their_box(names: tuple[str, str]) -> None:
    towns = [POINTS[name] for name in names]

    box = viewbox_for(towns)

    assert all(box.contains(town) for town in towns)
    assert box.width / box.height == pytest.approx(1000 / 900)
    assert WHOLE_MAP.contains((box.x, box.y))
    assert box.right <= 1000.001
    assert box.bottom <= 900.001


def test_one_town_gets_the_smallest_box_around_it() -> None:
    x, y = POINTS["Grenoble"]

    box = viewbox_for([(x, y)], margin=10, minimum=300)

    assert (box.width, box.height) == (300, 270)
    assert (box.x + 150, box.y + 135) == pytest.approx((x, y))


def test_a_box_near_the_edge_slides_back_onto_the_map() -> None:
    box = viewbox_for([POINTS["Lisbonne"]], minimum=400)

    assert box.x == 0
    assert box.contains(POINTS["Lisbonne"])


def test_without_a_point_on_the_map_the_whole_map_is_shown() -> None:
    assert viewbox_for([]) == WHOLE_MAP
    assert viewbox_for([project(14.69, -17.45)]) == WHOLE_MAP


def test_a_far_point_does_not_change_the_box_of_the_others() -> None:
    near = [POINTS["Berlin"]]

    assert viewbox_for([*near, project(-21.1, 55.5)]) == viewbox_for(near)


def test_a_box_prints_as_a_view_box_attribute() -> None:
    assert str(WHOLE_MAP) == "0 0 1000 900"
    assert str(Box(1.26, 0.5, 333.333, 300.0)) == "1.3 0.5 333.3 300"


# Labels


def test_the_labels_of_the_nine_territories_are_all_shown_and_apart() -> None:
    labels = labels_of(*TOWNS)

    assert all(label.shown for label in labels)
    assert not any(overlap(one.box, other.box) for one, other in combinations(labels, 2))


def test_no_label_covers_another_towns_dot() -> None:
    for label in labels_of(*TOWNS):
        others = [point for name, point in POINTS.items() if name != label.text]
        assert not any(label.box.contains(point) for point in others)


def test_berlin_and_potsdam_go_to_opposite_sides() -> None:
    berlin, potsdam = labels_of("Berlin", "Potsdam")

    assert (berlin.anchor, potsdam.anchor) == ("start", "end")


def test_a_lone_town_has_its_name_on_the_right() -> None:
    (palermo,) = labels_of("Palerme")

    assert palermo.anchor == "start"
    assert palermo.x > POINTS["Palerme"][0]
    assert palermo.y == pytest.approx(POINTS["Palerme"][1], abs=0.1)


def test_a_town_at_the_right_edge_has_its_name_on_the_left() -> None:
    (label,) = place_labels([("Constantinople", 980, 500)])

    assert label.anchor == "end"
    assert label.box.x >= 0


def test_labels_come_in_the_order_of_the_points_whatever_the_order() -> None:
    forward = labels_of(*TOWNS)
    backward = labels_of(*reversed(TOWNS))

    assert [label.text for label in forward] == list(TOWNS)
    assert forward == backward[::-1]


def test_a_label_without_any_free_place_is_not_shown() -> None:
    """Forty towns within a few units: some names are shown, none over another."""
    crowd = [(f"Commune {number}", 500.0 + number % 7, 400.0 + number // 7) for number in range(40)]

    labels = place_labels(crowd)

    shown = [label for label in labels if label.shown]
    assert len(labels) == 40
    assert 0 < len(shown) < 40
    assert not any(overlap(one.box, other.box) for one, other in combinations(shown, 2))


def test_labels_stay_inside_the_zoomed_frame() -> None:
    towns = ("Grenoble", "Pays viganais", "Barcelone")
    frame = viewbox_for([POINTS[name] for name in towns])
    scale = frame.width / 1000

    labels = place_labels(
        [(name, *POINTS[name]) for name in towns], font_size=34 * scale, dot=10 * scale, frame=frame
    )

    assert all(label.shown for label in labels)
    assert all(frame.contains((label.box.x, label.box.y)) for label in labels)
    assert all(frame.contains((label.box.right, label.box.bottom)) for label in labels)


def test_two_territories_in_the_same_town_get_two_labels() -> None:
    labels = place_labels([("Commune", 500, 400), ("Métropole", 500, 400)])

    assert [label.shown for label in labels] == [True, True]
    assert not overlap(labels[0].box, labels[1].box)


# Outline


def test_the_outline_is_light_enough_to_be_in_every_page() -> None:
    content = OUTLINE_PATH.read_bytes()

    assert len(content) <= 16_000
    assert len(gzip.compress(content, 9)) < 6_000


def test_the_outline_has_the_countries_of_the_territories_once_each() -> None:
    codes = [country.iso for country in europe_outline()]

    assert {"be", "de", "fr", "pt", "es", "it"} <= set(codes)
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("name", "country"),
    [("Berlin", "de"), ("Liège", "be"), ("Grenoble", "fr"), ("Montreuil", "fr"), ("Pays viganais", "fr")],
)
def test_a_town_falls_in_its_country_alone(name: str, country: str) -> None:
    assert country_at(POINTS[name]) == [country]


def test_the_outline_stays_within_the_map_and_its_bleed() -> None:
    points = [point for country in europe_outline() for ring in rings_of(country.path) for point in ring]

    assert min(x for x, _ in points) >= -12
    assert max(x for x, _ in points) <= 1012
    assert min(y for _, y in points) >= -12
    assert max(y for _, y in points) <= 912


def test_neighbours_share_the_points_of_their_border() -> None:
    """France and Spain, and Germany and Poland, meet on more than their ends."""
    points = {
        country.iso: {point for ring in rings_of(country.path) for point in ring}
        for country in europe_outline()
    }

    assert len(points["fr"] & points["es"]) > 8
    assert len(points["de"] & points["pl"]) > 8


def test_changing_the_list_changes_nothing_for_the_next_caller() -> None:
    europe_outline().clear()

    assert europe_outline()
