"""The streams of a PDF: how long they really are, without ever holding one of them unpacked."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from pikepdf import Array, Name, Pdf, Stream

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused

WINDOW = 1 << 18
FLATE = {"/FlateDecode", "/Fl"}
# Packed at most a few times: what comes out is not worth measuring, except by unpacking it in a walled process.
SMALL = 64 * 1024
LAST = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
JPX_BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}


def check(pdf: Pdf) -> None:
    """Raises ``Refused`` if a stream, or all of them together, unpack to more than a page can need."""
    total = 0
    for item in pdf.objects:
        if isinstance(item, Stream):
            _check_picture(item)
            total += _size(item)
            if total > limits.PDF_TOTAL:
                raise Refused("bomb")


def raw(stream: Any) -> bytes:
    """A picture's bytes, without the packings around its own format."""
    names = _filters(stream)
    if len(names) == 1:
        return bytes(stream.read_raw_bytes())
    packed = bytes(stream.read_raw_bytes())
    for name in names[:-1]:
        if name not in FLATE:
            raise ValueError("unreadable_pdf")
        packed = zlib.decompressobj().decompress(packed, limits.PDF_STREAM)
    return packed


def stripped_jpx(data: bytes) -> bytes:
    """A JPEG 2000 picture without the boxes that say something about it."""
    if data[4:8] != b"jP  ":
        return data
    kept, place = [], 0
    while place + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        end = len(data) if size == 0 else place + size
        if size == 1 or end < place + 8:
            raise ValueError("unreadable_pdf")
        if name in JPX_BOXES:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, Array) else [str(found)]


def _check_picture(stream: Any) -> None:
    if stream.get("/Subtype") == Name.Image:
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if width * height > 4 * limits.PIXELS:  # a scanned poster has one bit a point
            raise Refused("pixels")


def _size(stream: Any) -> int:
    """How long *stream* is unpacked, as far as its own picture format."""
    names = [name for name in _filters(stream) if name not in LAST]
    packed = bytes(stream.read_raw_bytes())
    if not names:
        return len(packed)
    if all(name in FLATE for name in names):
        return _inflated_size(packed, len(names))
    if len(names) == len(_filters(stream)) and len(packed) > SMALL:
        # ASCII, run lengths, LZW: rare, and only qpdf knows them. In the walled process, memory is the bound.
        return len(stream.read_bytes())
    return len(packed)


def _inflated_size(packed: bytes, times: int) -> int:
    """The size after *times* unpackings, counted window by window."""
    readers = [zlib.decompressobj() for _ in range(times)]
    produced = [0] * times

    def feed(level: int, part: bytes) -> None:
        if level == times:
            return
        reader, source = readers[level], part
        while source and not reader.eof:
            unpacked = reader.decompress(source, WINDOW)
            source = reader.unconsumed_tail
            produced[level] += len(unpacked)
            if produced[level] > limits.PDF_STREAM:
                raise Refused("bomb")
            feed(level + 1, unpacked)
            if not unpacked and not source:
                return

    try:
        feed(0, packed)
    except zlib.error:
        return sum(produced)  # damaged at its end: readers show what there is
    return sum(produced)
