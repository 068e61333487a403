"""A picture: emptied of everything but itself, upright, its colours as they were (ADR 0026)."""

from __future__ import annotations

import struct

from home.media.cleaning import gif, heif, heif_sequences, jpeg, pixels, png, webp
from home.media.cleaning.answers import Cleaned, Refused
from home.media.cleaning.colour import clean_profile
from home.media.cleaning.disguise import is_something_else_too
from home.media.cleaning.kinds import Kind

STRIP = {Kind.JPEG: jpeg.strip, Kind.PNG: png.strip, Kind.WEBP: webp.strip, Kind.GIF: gif.strip}
EXTENSIONS = {
    Kind.JPEG: "jpg",
    Kind.PNG: "png",
    Kind.GIF: "gif",
    Kind.WEBP: "webp",
    Kind.AVIF: "avif",
    Kind.HEIC: "heic",
}


def clean(data: bytes, kind: Kind, turn: bool = True) -> Cleaned:
    """*data* without what isn't the picture. Its pixels are untouched, unless they have to be turned.

    *turn* is false inside a document, whose layout says how a picture lies. Raises ``Refused`` for a picture that is
    cut short, damaged, too large, or something else as well.
    """
    try:
        cleaned = _container(data, kind) if kind in (Kind.AVIF, Kind.HEIC) else _stripped(data, kind, turn)
        if is_something_else_too(cleaned):
            cleaned = _written_again(cleaned, kind)
    except pixels.UNREADABLE as error:
        raise Refused("damaged_image") from error
    return Cleaned(cleaned, EXTENSIONS[kind])


def strip_our_own(data: bytes, kind: Kind) -> bytes:
    """*data*, just written by this site's own encoders, without what isn't the picture: no decoder is needed."""
    if kind in (Kind.AVIF, Kind.HEIC):
        return _taken_apart(data) or data
    return STRIP[kind](data)[0]


def _stripped(data: bytes, kind: Kind, turn: bool) -> bytes:
    kept, exif = STRIP[kind](data)
    orientation = pixels.orientation(exif)
    if not turn or orientation == pixels.UPRIGHT:
        pixels.check(kept)
        return kept
    options = {"lossless": webp.is_lossless(kept), "quality": 95, "exact": True} if kind is Kind.WEBP else {}
    again = pixels.turned(kept, orientation, **options)
    return _stripped(again, kind, turn=False)


def _container(data: bytes, kind: Kind) -> bytes:
    """AVIF and HEIC: a container taken apart and put together again; if it can't be, the picture written anew."""
    picture = pixels.opened(data)
    orientation = pixels.orientation(picture.info.get("exif") or b"")
    if orientation == pixels.UPRIGHT and (kept := _taken_apart(data)):
        pixels.check(kept)
        return kept
    profile = clean_profile(picture.info.get("icc_profile"))
    written = pixels.turned(data, orientation, icc_profile=profile)
    return _taken_apart(written) or written


def _taken_apart(data: bytes) -> bytes | None:
    """*data* with its pixels as they are; ``None`` for a container built in a way that we don't know."""
    if not heif.is_sequence(data):
        return heif.strip(data)
    try:
        return heif_sequences.strip(data)
    except (ValueError, IndexError, struct.error):
        return None


def _written_again(data: bytes, kind: Kind) -> bytes:
    """The same picture in other bytes. Raises ``Refused`` if it goes on being two files in one, or would lose."""
    if kind in (Kind.JPEG, Kind.PNG):
        again = pixels.turned(data, pixels.UPRIGHT)
        if not is_something_else_too(again):
            return again
    raise Refused("polyglot")
