"""WebP without a decoder: its chunks, and which of them the pictures need."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused
from home.media.cleaning.colour import clean_profile

PICTURE = {b"VP8 ", b"VP8L", b"ALPH"}
ANIMATION = {b"ANIM", b"ANMF"}
HAS_PROFILE, HAS_ALPHA, IS_ANIMATED = 0x20, 0x10, 0x02
FRAME_HEADER = 16

Chunk = tuple[bytes, bytes]


def strip(data: bytes) -> tuple[bytes, bytes]:
    """*data* with the chunks that make its pictures, and the EXIF that was in it. Nothing after its end."""
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise ValueError("cut short")
    chunks = list(_chunks(data[12 : size + 8]))
    exif = next((body for name, body in chunks if name == b"EXIF"), b"")
    kept = [chunk for name, body in chunks for chunk in _cleaned(name, body)]
    if not any(name in PICTURE | {b"ANMF"} for name, _ in kept):
        raise ValueError("damaged")
    body = b"WEBP" + b"".join(_chunk(*chunk) for chunk in _with_true_flags(kept))
    return b"RIFF" + struct.pack("<I", len(body)) + body, exif


def is_lossless(data: bytes) -> bool:
    return b"VP8L" in data and b"VP8 " not in data


def _cleaned(name: bytes, body: bytes) -> Iterator[Chunk]:
    if name == b"VP8X" and len(body) >= 10:
        yield name, body[:10]
    elif name == b"ICCP":
        if profile := clean_profile(body):
            yield name, profile
    elif name == b"ANIM":
        yield name, body[:6]
    elif name == b"ANMF":
        inner = [chunk for chunk in _chunks(body[FRAME_HEADER:]) if chunk[0] in PICTURE]
        yield name, body[:FRAME_HEADER] + b"".join(_chunk(*chunk) for chunk in inner)
    elif name in PICTURE:
        yield name, body


def _with_true_flags(chunks: list[Chunk]) -> Iterator[Chunk]:
    """The header says what there is: no EXIF and no XMP any more. Frames are counted against the bomb."""
    names = [name for name, _ in chunks]
    for name, body in chunks:
        if name == b"VP8X":
            width, height = (1 + int.from_bytes(body[start : start + 3], "little") for start in (4, 7))
            if width * height * max(1, names.count(b"ANMF")) > limits.PIXELS:
                raise Refused("pixels")
            flags = body[0] & (HAS_ALPHA | IS_ANIMATED) | (HAS_PROFILE if b"ICCP" in names else 0)
            yield name, bytes([flags, 0, 0, 0]) + body[4:]
        else:
            yield name, body


def _chunks(data: bytes) -> Iterator[Chunk]:
    place = 0
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        if place + 8 + size > len(data):
            raise ValueError("cut short")
        yield name, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
