"""What stands in an office document beside its XML: pictures, cleaned like others; fonts; the rest is not let in."""

from __future__ import annotations

import posixpath

from home.media.cleaning import image
from home.media.cleaning.answers import Refused, Remark
from home.media.cleaning.kinds import IMAGES, kind_of

# Drawings of Windows, and fonts: nothing in them to clean by rule.
DRAWINGS = (".emf", ".wmf", ".gdi", ".svm")
FONTS = (".odttf", ".fntdata", ".ttf", ".otf")
TEXTS = (".rdf", ".css")


def clean_part(name: str, part: bytes, remarks: dict[str, Remark]) -> bytes:
    """*part* cleaned. Raises ``Refused`` for what nobody can look into: a film, a sound, another file."""
    kind = kind_of(part)
    if kind in IMAGES:
        return image.clean(part, kind, turn=False).data
    if name.lower().endswith(DRAWINGS):
        remarks["drawings_stay"] = Remark("drawings_stay")
        return part
    if name.lower().endswith(FONTS) or not part:
        return part
    raise Refused("attached_object", name=posixpath.basename(name))
