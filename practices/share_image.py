"""The picture that a shared address shows where its page has none: its title beside the map, drawn as a PNG.

Social networks read no SVG. The drawing is made from the very data of the map (``practices.geography``).
"""

from __future__ import annotations

import textwrap
from functools import cache
from io import BytesIO
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Page

from practices import geography
from practices.map import TerritoryMap

WIDTH, HEIGHT = 1200, 630  # what Open Graph asks for
MAP_WIDTH = 620
PAPER, INK, SEA, LAND, EDGE, DOT = "#f6f1e4", "#1d1a16", "#c9d3e0", "#fffcf3", "#a39b88", "#a8492a"
BANDS = ("#1f3a6e", "#a8492a", "#0f6460")  # the three pillars
LINE = 17  # characters of the title on a line
FONTS = Path("/usr/share/fonts/truetype/dejavu")
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
AGE = 24 * 3600  # seconds for which a network may keep the picture


def drawing_of(page: Page, request: HttpRequest) -> str:
    """The address of the picture that *page* draws of itself; empty for a page that has no address yet."""
    url = page.get_url(request)
    return f"{url}partage.png" if url else ""


def share_response(title: str, detail: str, territories: TerritoryMap | None) -> HttpResponse:
    """The picture as an answer, the same for everybody."""
    picture = BytesIO()
    share_image(title, detail, territories).save(picture, "PNG", optimize=True)
    response = HttpResponse(picture.getvalue(), content_type="image/png")
    patch_cache_control(response, public=True, max_age=AGE)
    return response


def share_image(title: str, detail: str, territories: TerritoryMap | None) -> Image.Image:
    """*title* and *detail* on paper, the map of *territories* (of Europe when there are none) beside them."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    picture.paste(_drawn_map(territories), (WIDTH - MAP_WIDTH, 12))
    for place, colour in enumerate(BANDS):
        pen.rectangle((place * WIDTH // 3, 0, (place + 1) * WIDTH // 3, 12), fill=colour)
    lines = textwrap.wrap(title, LINE, max_lines=5, placeholder="…")
    pen.multiline_text((60, 90), "\n".join(lines), fill=INK, font=_font("DejaVuSerif-Bold", 50), spacing=14)
    pen.multiline_text(
        (60, 500),
        "\n".join(textwrap.wrap(detail, 30, max_lines=2, placeholder="…")),
        fill=INK,
        font=_font("DejaVuSans", 26),
        spacing=10,
    )
    return picture


def _drawn_map(territories: TerritoryMap | None) -> Image.Image:
    """The right side of the picture: the countries, and a dot for each place."""
    height = HEIGHT - 12
    box = territories.viewbox if territories else geography.WHOLE_MAP
    scale = max(MAP_WIDTH / box.width, height / box.height)
    left = box.x + (box.width - MAP_WIDTH / scale) / 2
    top = box.y + (box.height - height / scale) / 2

    def at(x: float, y: float) -> geography.Point:
        return (x - left) * scale, (y - top) * scale

    picture = Image.new("RGB", (MAP_WIDTH, height), SEA)
    pen = ImageDraw.Draw(picture)
    for country in geography.europe_outline():
        for ring in geography.rings(country.path):
            pen.polygon([at(*point) for point in ring], fill=LAND, outline=EDGE)
    for marker in territories.markers if territories else []:
        x, y = at(marker.x, marker.y)
        pen.ellipse((x - 11, y - 11, x + 11, y + 11), fill=DOT, outline=LAND, width=3)
    return picture


@cache
def _font(name: str, size: int) -> Font:
    """The font of the site's PDF and pictures (packages/debian.txt), or the one that Pillow brings along."""
    path = FONTS / f"{name}.ttf"
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)
