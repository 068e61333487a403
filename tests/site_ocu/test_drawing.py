"""The demonstration's pictures: always the same, of the size asked for, all different."""

from functools import cache
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from site_ocu.demo.drawing import SUBJECTS, draw
from site_ocu.demo.drawing.palette import PAPER, colour, mix
from site_ocu.demo.drawing.shapes import arc, box, closed_curve, curve, moved, oval, turned
from site_ocu.demo.drawing.sheet import Sheet

pytestmark = pytest.mark.once

SMALL = (320, 200)


@cache
def picture(subject: str) -> Image.Image:
    """Draw a subject in a small size, which is quick."""
    return Image.open(BytesIO(draw(subject, *SMALL))).convert("RGB")


def grey_levels(image: Image.Image) -> tuple[float, float]:
    """Return the darkest and the lightest grey of a picture, 0-255."""
    (levels,) = ImageStat.Stat(image.convert("L")).extrema
    return levels


def test_the_ten_subjects_of_the_demonstration_can_be_drawn() -> None:
    assert set(SUBJECTS) == {
        "ville",
        "port",
        "montagne",
        "atelier",
        "table",
        "livres",
        "jardin",
        "assemblee",
        "chemin",
        "gare",
    }


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_gives_the_same_bytes_each_time(subject: str) -> None:
    assert draw(subject, *SMALL) == draw(subject, *SMALL)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_picture_is_a_png_of_the_size_asked_for(subject: str) -> None:
    image = Image.open(BytesIO(draw(subject, 160, 120)))

    assert (image.format, image.size) == ("PNG", (160, 120))


def test_a_picture_is_1600_by_1000_when_nothing_is_asked() -> None:
    assert Image.open(BytesIO(draw("ville"))).size == (1600, 1000)


@pytest.mark.parametrize(("one", "other"), list(combinations(SUBJECTS, 2)))
def test_two_subjects_look_different(one: str, other: str) -> None:
    difference = ImageStat.Stat(ImageChops.difference(picture(one), picture(other)))

    assert sum(difference.mean) / 3 > 20


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_picture_has_light_paper_and_dark_ink(subject: str) -> None:
    darkest, lightest = grey_levels(picture(subject))

    assert darkest < 60
    assert lightest > 220


def test_an_unknown_subject_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("visage")


@pytest.mark.parametrize("size", [(100, 300), (300, 100)])
def test_another_ratio_crops_the_scene_and_leaves_no_empty_band(size: tuple[int, int]) -> None:
    image = Image.open(BytesIO(draw("table", *size))).convert("RGB")
    width, height = size

    corners = [image.crop((x, y, x + 20, y + 20)) for x in (0, width - 20) for y in (0, height - 20)]

    assert all(max(ImageStat.Stat(corner).stddev) > 10 for corner in corners)


# The sheet and its geometry


def test_a_blank_sheet_has_the_papers_colour_and_a_grain() -> None:
    blank = Image.open(BytesIO(Sheet("blank", 200, 125).png()))

    statistics = ImageStat.Stat(blank)
    assert statistics.mean == pytest.approx(PAPER, abs=10)
    assert 0.3 < max(statistics.stddev) < 6


def test_a_flat_colour_covers_its_outline_alone() -> None:
    sheet = Sheet("flat", 160, 100)
    sheet.flat(box(0, 0, 800, 1000), (0, 0, 0))

    image = Image.open(BytesIO(sheet.png()))

    assert grey_levels(image.crop((0, 0, 78, 100)))[1] < 150
    assert ImageStat.Stat(image.crop((0, 0, 78, 100))).mean[0] < 25
    assert grey_levels(image.crop((82, 0, 160, 100)))[0] > 220


def test_hatching_stays_inside_its_outline() -> None:
    sheet = Sheet("hatch", 1600, 1000)
    sheet.hatch(oval(800, 500, 200), 0.125)

    image = Image.open(BytesIO(sheet.png()))

    assert grey_levels(image.crop((600, 300, 1000, 700)))[0] < 80
    for outside in ((0, 0, 590, 1000), (1010, 0, 1600, 1000), (0, 0, 1600, 290), (0, 710, 1600, 1000)):
        assert grey_levels(image.crop(outside))[0] > 200


def test_a_colour_is_read_from_its_code_and_mixed() -> None:
    assert colour("#1f3a6e") == (31, 58, 110)
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)


def test_a_curve_goes_through_its_points() -> None:
    points = [(0.0, 0.0), (10.0, 20.0), (30.0, 5.0)]

    line = curve(points, steps=4)

    assert line[0] == points[0]
    assert line[4] == points[1]
    assert line[-1] == points[2]


def test_a_closed_curve_goes_through_all_its_points_once() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]

    outline = closed_curve(points)

    assert all(outline.count(point) == 1 for point in points)


def test_an_arc_starts_at_the_right_and_goes_down_first() -> None:
    line = arc(0, 0, 10, 20, 0.0, 0.25)

    assert line[0] == (10, 0)
    assert line[-1] == pytest.approx((0, 20))


def test_moving_and_turning_keep_the_shape() -> None:
    square = box(0, 0, 2, 2)

    assert moved(square, 3, 4)[0] == (3, 4)
    assert turned([(1, 0)], 0.25, (0, 0))[0] == pytest.approx((0, 1))
