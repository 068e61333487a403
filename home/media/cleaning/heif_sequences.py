"""AVIF that moves, without a decoder: what isn't the pictures is overwritten where it stands.

The tables of a sequence say at which byte of the file each picture lies: nothing may move. So what says something
about somebody becomes as many zeros, in boxes « free » and items « none », which readers skip.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from home.media.cleaning.colour import clean_profile
from home.media.cleaning.heif import Container, read_items, read_places

INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
SPOKEN = {b"udta", b"uuid", b"free", b"skip"}
TIMES = {b"mvhd", b"tkhd", b"mdhd"}
TOP = {b"ftyp", b"meta", b"moov", b"mdat"} | SPOKEN
TABLES = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"dinf", b"grpl"}
CODED = {b"av01", b"hvc1", b"grid", b"iden", b"iovl"}

Place = tuple[bytes, int, int]


def strip(data: bytes) -> bytes:
    """*data*, a sequence, without what isn't its pictures. Raises ``ValueError`` for one that is built otherwise."""
    top = list(_boxes(data, 0, len(data)))
    if {name for name, _, _ in top} - TOP:
        raise ValueError("unfamiliar boxes")
    cleaned = bytearray(data[: top[-1][2]])  # nothing behind the last box
    for name, start, end in _all_boxes(data, 0, top[-1][2]):
        if name == b"meta":
            _silence_items(cleaned, data, start, end)
        elif name in SPOKEN:
            _silence(cleaned, start, end)
        elif name in TIMES:
            long = 8 if data[start + 8] else 4
            cleaned[start + 12 : start + 12 + 2 * long] = bytes(2 * long)
        elif name == b"stsd":
            _check_profiles(data[start:end])
    return bytes(cleaned)


def _silence(cleaned: bytearray, start: int, end: int) -> None:
    cleaned[start + 4 : end] = b"free" + bytes(end - start - 8)


def _silence_items(cleaned: bytearray, data: bytes, start: int, end: int) -> None:
    """EXIF and XMP become items of no kind, of zeros. A picture that the still image shares with the sequence stays."""
    places = list(_boxes(data, start + 12, end))
    parts = {name: data[first + 8 : last] for name, first, last in places}
    read = Container()
    read_items(read, parts[b"iinf"])
    read_places(read, parts[b"iloc"], data, parts.get(b"idat", b""))
    for name, first, last in places:
        if name == b"iinf":
            for _, entry, _ in _boxes(data, first + (16 if data[first + 8] else 14), last):
                kind = entry + (16 if data[entry + 8] == 2 else 18)
                if data[kind : kind + 4] not in CODED:
                    cleaned[kind : kind + 4] = b"none"
        elif name not in TABLES:
            _silence(cleaned, first, last)
    for key, kind_of_item in read.kinds.items():
        for place, length in read.extents.get(key, []) if kind_of_item not in CODED else []:
            cleaned[place : place + length] = bytes(length)


def _check_profiles(table: bytes) -> None:
    """A colour profile that had to be changed would have another length."""
    place = table.find(b"colrprof")
    if place >= 4:
        (size,) = struct.unpack_from(">I", table, place - 4)
        profile = table[place + 8 : place - 4 + size]
        if clean_profile(profile) != profile:
            raise ValueError("a profile that says more than colours")


def _all_boxes(data: bytes, start: int, end: int) -> Iterator[Place]:
    for name, first, last in _boxes(data, start, end):
        yield name, first, last
        if name in INSIDE:
            yield from _all_boxes(data, first + 8, last)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Place]:
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            if end == len(data) and start:
                return  # something appended
            raise ValueError(name)
        yield name, start, start + size
        start += size
