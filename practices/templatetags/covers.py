"""A cover for pages without an image: drawn from the theme, on the land of the territory."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django import template

from practices.taxonomy import Theme

register = template.Library()

LANDSCAPES = 8
# The motifs of practices/static/img/motifs.svg; a theme added later gets the notebook.
MOTIFS = {
    "premier-accueil",
    "acces-aux-droits",
    "citoyennete-de-residence",
    "hebergement-logement",
    "sante",
    "langues-numerique",
    "enfance-ecole",
    "mna-jeunes-majeurs",
    "formation-emploi",
    "vie-quotidienne",
    "culture-lien-social",
    "egalite-antiracisme",
    "participation",
    "gouvernance-alliances",
    "territoire",
}
FALLBACK = "carnet"


@register.inclusion_tag("practices/components/cover.html")
def cover_drawing(theme: Theme | None, place: str = "", motif: str = "") -> dict[str, Any]:
    """The drawing for *theme* on the land of *place*: the same slugs give the same drawing."""
    wanted = motif or (theme.slug if theme else "")
    seed = crc32(place.encode())
    return {
        "pillar": theme.pillar if theme else "",
        "motif": wanted if wanted in MOTIFS else FALLBACK,
        "landscape": seed % LANDSCAPES,
        "sun_x": 18 + seed // LANDSCAPES % 124,
        "sun_y": 16 + seed // 1024 % 16,
    }
