"""PNG without a decoder: its chunks, which of them a picture needs, and whether its pixels are all there is in them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused
from home.media.cleaning.colour import clean_profile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The chunks that pixels and their colours depend on, with the longest that each may be; animation included.
KEPT = {
    b"PLTE": 768, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"sBIT": 4, b"bKGD": 6, b"pHYs": 9,
    b"cICP": 4, b"mDCV": 24, b"cLLI": 8, b"acTL": 8, b"fcTL": 26,
}  # fmt: skip
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
WINDOW = 1 << 18

Chunk = tuple[bytes, bytes]


def strip(data: bytes) -> tuple[bytes, bytes]:
    """*data* with the chunks that make the picture, and the EXIF that was in it.

    What follows the picture is left behind, and so is what hides behind the pixels inside of it.
    """
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise ValueError("damaged")
    header = chunks[0][1]
    _check_size(header, sum(name == b"fcTL" for name, _ in chunks))
    exif = next((body for name, body in chunks if name == b"eXIf"), b"")
    return SIGNATURE + b"".join(_chunk(*chunk) for chunk in _needed(chunks, header)), exif


def _needed(chunks: list[Chunk], header: bytes) -> Iterator[Chunk]:
    pixels = b"".join(body for name, body in chunks if name == b"IDAT")
    written = False
    yield chunks[0]
    for name, body in chunks[1:]:
        if name == b"IDAT" and not written:
            written = True
            yield name, _exact(pixels, _raw_size(header))
        elif name == b"fdAT":
            yield name, body
        elif name == b"iCCP" and (profile := clean_profile(_inflated_profile(body))):
            yield name, b"ICC\0\0" + zlib.compress(profile)
        elif name in KEPT and len(body) <= KEPT[name]:
            yield name, body
    yield b"IEND", b""


def _chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to the end of the picture, that one left out. Raises ``Refused`` where one is cut or damaged."""
    place = len(SIGNATURE)
    while True:
        if place + 12 > len(data):
            raise ValueError("cut short")
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise ValueError("cut short")
        body = data[place + 8 : end - 4]
        if zlib.crc32(name + body) != struct.unpack_from(">I", data, end - 4)[0]:
            raise ValueError("damaged")
        if name == b"IEND":
            return
        yield name, body
        place = end


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _check_size(header: bytes, frames: int) -> None:
    width, height = struct.unpack_from(">II", header)
    if width * height * max(1, frames) > limits.PIXELS:
        raise Refused("pixels")


def _raw_size(header: bytes) -> int:
    """How many bytes the unpacked pixels are, with the filter of each line."""
    width, height, depth, colours, _method, _filter, interlaced = struct.unpack(">IIBBBBB", header)
    if colours not in CHANNELS or depth not in (1, 2, 4, 8, 16):
        raise ValueError("damaged")
    bits = CHANNELS[colours] * depth
    total = 0
    for left, top, across, down in PASSES if interlaced else ((0, 0, 1, 1),):
        columns, lines = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and lines > 0:
            total += lines * (1 + (columns * bits + 7) // 8)
    return total


def _exact(packed: bytes, expected: int) -> bytes:
    """*packed*, or the same pixels packed anew where more is in it than the picture shows."""
    reader, produced, source = zlib.decompressobj(), 0, packed
    try:
        while not reader.eof and produced <= expected:
            part = reader.decompress(source, WINDOW)
            source, produced = reader.unconsumed_tail, produced + len(part)
            if not part and not source and not reader.eof:
                break
    except zlib.error as error:
        raise ValueError("damaged") from error
    if produced < expected:
        raise ValueError("cut short")
    if reader.eof and produced == expected and not reader.unused_data:
        return packed
    return repacked(packed, expected)


def repacked(packed: bytes, expected: int) -> bytes:
    """The first *expected* bytes of *packed*, packed anew: whatever else the packing said is gone."""
    reader, writer, left, source = zlib.decompressobj(), zlib.compressobj(), expected, packed
    parts = []
    while left > 0 and (part := reader.decompress(source, min(left, WINDOW))):
        source, left = reader.unconsumed_tail, left - len(part)
        parts.append(writer.compress(part))
    return b"".join([*parts, writer.flush()])


def _inflated_profile(body: bytes) -> bytes:
    _name, _end, rest = body.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(rest[1:], limits.COLOUR_PROFILE + 1)
    except zlib.error:
        return b""
