"""Pictures for the demonstration, drawn by code: no photograph, no person, no licence.

One module a scene. `Sheet` is the paper they share, `palette` its colours, `shapes` its
geometry, `motifs` what comes back from one scene to another.
"""

from collections.abc import Callable
from typing import Final

from site_ocu.demo.drawing.assembly import draw_assembly
from site_ocu.demo.drawing.books import draw_books
from site_ocu.demo.drawing.garden import draw_garden
from site_ocu.demo.drawing.harbour import draw_harbour
from site_ocu.demo.drawing.mountain import draw_mountain
from site_ocu.demo.drawing.path import draw_path
from site_ocu.demo.drawing.sheet import HEIGHT, WIDTH, Sheet
from site_ocu.demo.drawing.station import draw_station
from site_ocu.demo.drawing.table import draw_table
from site_ocu.demo.drawing.town import draw_town
from site_ocu.demo.drawing.workshop import draw_workshop

__all__ = ["SUBJECTS", "draw"]

SUBJECTS: Final[dict[str, Callable[[Sheet], None]]] = {
    "ville": draw_town,
    "port": draw_harbour,
    "montagne": draw_mountain,
    "atelier": draw_workshop,
    "table": draw_table,
    "livres": draw_books,
    "jardin": draw_garden,
    "assemblee": draw_assembly,
    "chemin": draw_path,
    "gare": draw_station,
}


def draw(subject: str, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """Return a PNG file of `width` x `height` pixels that shows one of `SUBJECTS`.

    The same arguments give the same bytes. Another ratio than 16:10 crops the scene
    from its middle. Raises KeyError for an unknown subject.
    """
    scene = SUBJECTS[subject]
    sheet = Sheet(subject, width, height)
    scene(sheet)
    return sheet.png()
