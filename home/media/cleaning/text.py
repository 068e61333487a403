"""Plain text and tables of text: taken as they are, when text is all there is."""

from __future__ import annotations

from home.media.cleaning.answers import Cleaned, Refused

EXTENSIONS = {"csv", "txt"}


def clean(data: bytes, extension: str) -> Cleaned:
    """*data* itself. Nothing in a text tells a table from other texts: there, the name decides."""
    if extension not in EXTENSIONS:
        raise Refused("misnamed", extension=extension, found="txt")
    return Cleaned(data, extension)
