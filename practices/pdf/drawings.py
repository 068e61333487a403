"""The drawn covers as whole SVG files: an image of a page has no style sheet to ask for its colours."""

from __future__ import annotations

import re
from pathlib import Path
from zlib import crc32

from django.contrib.staticfiles import finders

from practices.templatetags.covers import FALLBACK, LANDSCAPES, MOTIFS

INK, CARD, OCHRE, EDGE = "#1d1b19", "#fffcf5", "#d29a3a", "#857b6d"
# The accent of each pillar, and the paper that it tints (home/static/css/site.css, light scheme).
COLOURS = {
    "rights": ("#1f3a6e", "#dce0e3"),
    "interculturality": ("#a8492a", "#f3e3d9"),
    "participation": ("#0f6460", "#dde6e0"),
    "": (EDGE, "#f9eedb"),
}
GROUP = r'<g id="{name}".*?</g>'
ADDRESS = re.compile(r"dessin:(?P<pillar>[a-z]*)/(?P<motif>[\w-]*)/(?P<place>[\w-]*)")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} 160 {height}" width="1600" height="{tall}" '
    'preserveAspectRatio="xMidYMid slice" color="{ink}">'
    '<rect y="-60" width="160" height="220" fill="{paper}"/>'
    '<circle cx="{x}" cy="{y}" r="11" fill="{ochre}" opacity=".85"/>{shapes}</svg>'
)


def drawing_address(pillar: str, motif: str, place: str) -> str:
    """The address under which a document asks for a drawing."""
    return f"dessin:{pillar}/{motif}/{place}"


def drawing(address: str) -> str:
    """The SVG of ``dessin:<pillar>/<motif>/<place>``: the same address always gives the same drawing.

    Raises ``ValueError`` for any other address.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(address)
    accent, paper = COLOURS.get(found["pillar"], COLOURS[""])
    seed = crc32(found["place"].encode())
    motif = found["motif"] if found["motif"] in MOTIFS else FALLBACK
    shapes = _group(f"pays-{seed % LANDSCAPES}") + _group(motif)
    for name, colour in {"flat-2": OCHRE, "flat": accent, "ground": CARD, "ink": INK}.items():
        shapes = shapes.replace(f"var(--{name})", colour)
    x, y = 18 + seed // LANDSCAPES % 124, 16 + seed // 1024 % 16
    return SVG.format(
        top=0,
        height=100,
        tall=1000,
        ink=INK,
        paper=paper,
        x=x,
        y=y,
        ochre=OCHRE,
        shapes=shapes.replace("currentColor", INK),
    )


def _group(name: str) -> str:
    path = finders.find("img/motifs.svg")
    source = Path(str(path)).read_text()
    found = re.search(rf'<g id="{re.escape(name)}".*?</g>\n', source, re.DOTALL)
    return found[0] if found else ""
