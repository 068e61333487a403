"""AVIF and HEIC without a decoder: a container taken apart, and put together again with what the picture needs.

The format is ISO/IEC 23008-12: « items » of which some are the picture, its tiles and its transparency, others EXIF,
XMP, a thumbnail, a depth map; a table of properties; a table that says where each item lies.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from home.media.cleaning.colour import clean_profile

CODED = {b"hvc1", b"av01", b"grid", b"iden", b"iovl"}
PROPERTIES = {
    b"ispe", b"pixi", b"hvcC", b"av1C", b"irot", b"imir", b"pasp", b"clap", b"clli", b"mdcv", b"auxC", b"lsel",
    b"a1op", b"a1lx", b"colr",
}  # fmt: skip
ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
HANDLER = b"\0" * 8 + b"pict" + b"\0" * 13

Box = tuple[bytes, bytes]


@dataclass
class Container:
    kinds: dict[int, bytes] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)
    extents: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # those of the file itself
    links: list[tuple[bytes, int, list[int]]] = field(default_factory=list)
    properties: list[Box] = field(default_factory=list)
    uses: dict[int, list[tuple[bool, int]]] = field(default_factory=dict)
    primary: int = 0


def strip(data: bytes) -> bytes | None:
    """*data* with the picture, its tiles, its transparency and their properties; ``None`` if it is built otherwise."""
    try:
        boxes = list(_boxes(data))
        if boxes[0][0] != b"ftyp" or is_sequence(data):
            return None
        meta = next(body for name, body in boxes if name == b"meta")
        return _built(boxes[0][1], _needed(_read(meta[4:], data)))
    except (ValueError, struct.error, IndexError, StopIteration, KeyError):
        return None


def is_sequence(data: bytes) -> bool:
    """Whether *data* moves: it has tables of pictures, beside the still one or in its place."""
    return any(name == b"moov" for name, _ in _boxes(data))


def _boxes(data: bytes) -> Iterator[Box]:
    place = 0
    while place + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        header = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, place + 8)
            header = 16
        end = len(data) if size == 0 else place + size
        if end > len(data) or end < place + header:
            return  # no box: something appended
        yield name, data[place + header : end]
        place = end


def _read(meta: bytes, whole: bytes) -> Container:
    parts = dict(_boxes(meta))
    read = Container()
    version = parts[b"pitm"][0]
    read.primary = int.from_bytes(parts[b"pitm"][4 : 8 if version else 6], "big")
    read_items(read, parts[b"iinf"])
    read_places(read, parts[b"iloc"], whole, parts.get(b"idat", b""))
    if b"iref" in parts:
        _read_links(read, parts[b"iref"])
    _read_properties(read, parts[b"iprp"])
    return read


def read_items(read: Container, body: bytes) -> None:
    start = 8 if body[0] else 6
    for name, entry in _boxes(body[start:]):
        if name != b"infe" or entry[0] not in (2, 3):
            raise ValueError(name)
        wide = 4 if entry[0] == 3 else 2
        key = int.from_bytes(entry[4 : 4 + wide], "big")
        read.kinds[key] = entry[6 + wide : 10 + wide]


def read_places(read: Container, body: bytes, whole: bytes, own: bytes) -> None:
    version = body[0]
    sizes = (body[4] >> 4, body[4] & 15, body[5] >> 4, body[5] & 15 if version else 0)
    wide = 4 if version == 2 else 2
    place = 6

    def number(size: int) -> int:
        nonlocal place
        if place + size > len(body):
            raise ValueError(b"iloc")
        place += size
        return int.from_bytes(body[place - size : place], "big")

    for _item in range(number(wide)):
        key = number(wide)
        method = number(2) & 15 if version else 0
        elsewhere, base = number(2), number(sizes[2])
        if elsewhere or method > 1:
            raise ValueError(b"iloc")
        source = own if method else whole
        parts = []
        for _extent in range(number(2)):
            number(sizes[3])
            start, length = base + number(sizes[0]), number(sizes[1])
            if start + length > len(source):
                raise ValueError(b"iloc")
            if not method:
                read.extents.setdefault(key, []).append((start, length or len(source) - start))
            parts.append(source[start : start + length] if length else source[start:])
        read.bodies[key] = b"".join(parts)


def _read_links(read: Container, body: bytes) -> None:
    wide = 4 if body[0] else 2
    for name, link in _boxes(body[4:]):
        origin = int.from_bytes(link[:wide], "big")
        (count,) = struct.unpack_from(">H", link, wide)
        targets = [
            int.from_bytes(link[wide + 2 + wide * n : wide + 2 + wide * (n + 1)], "big") for n in range(count)
        ]
        read.links.append((name, origin, targets))


def _read_properties(read: Container, body: bytes) -> None:
    for name, part in _boxes(body):
        if name == b"ipco":
            read.properties = list(_boxes(part))
        elif name == b"ipma":
            _read_uses(read, part)


def _read_uses(read: Container, body: bytes) -> None:
    wide, large = (4 if body[0] else 2), body[3] & 1
    (count,) = struct.unpack_from(">I", body, 4)
    place = 8
    for _item in range(count):
        key = int.from_bytes(body[place : place + wide], "big")
        number = body[place + wide]
        place += wide + 1
        for _use in range(number):
            size = 2 if large else 1
            value = int.from_bytes(body[place : place + size], "big")
            top = 1 << (8 * size - 1)
            read.uses.setdefault(key, []).append((bool(value & top), value & (top - 1)))
            place += size


def _needed(read: Container) -> Container:
    """The picture, what it is made of, and its transparency."""
    keys = _reachable(read, {read.primary})
    for name, origin, targets in read.links:
        if name == b"auxl" and set(targets) & keys and _is_alpha(read, origin):
            keys |= _reachable(read, {origin})
    if any(read.kinds[key] not in CODED for key in keys):
        raise ValueError(b"infe")
    kept = Container(primary=read.primary)
    kept.kinds = {key: kind for key, kind in read.kinds.items() if key in keys}
    kept.bodies = {key: read.bodies[key] for key in kept.kinds}
    kept.links = [
        (name, origin, targets)
        for name, origin, targets in read.links
        if name in (b"dimg", b"auxl", b"prem") and {origin, *targets} <= keys
    ]
    numbers: dict[int, int] = {}
    for key in kept.kinds:
        for essential, number in read.uses.get(key, []):
            box = _property(read.properties[number - 1]) if number else None
            if box is None:
                continue
            if number not in numbers:
                kept.properties.append(box)
                numbers[number] = len(kept.properties)
            kept.uses.setdefault(key, []).append((essential, numbers[number]))
    return kept


def _reachable(read: Container, keys: set[int]) -> set[int]:
    found: set[int] = set()
    while keys:
        found |= keys
        keys = {
            t for name, origin, to in read.links if name == b"dimg" and origin in keys for t in to
        } - found
    return found


def _is_alpha(read: Container, key: int) -> bool:
    kinds = [read.properties[number - 1] for _, number in read.uses.get(key, []) if number]
    return any(name == b"auxC" and body[4:].split(b"\0")[0] in ALPHA for name, body in kinds)


def _property(box: Box) -> Box | None:
    name, body = box
    if name not in PROPERTIES:
        return None
    if name == b"colr" and body[:4] in (b"prof", b"rICC"):
        profile = clean_profile(body[4:])
        return (name, body[:4] + profile) if profile else None
    return box


def _built(brands: bytes, kept: Container) -> bytes:
    head = _box(b"ftyp", brands)
    meta = _meta(kept, 0)
    meta = _meta(kept, len(head) + len(meta) + 8)
    return head + meta + _box(b"mdat", b"".join(kept.bodies.values()))


def _meta(kept: Container, start: int) -> bytes:
    entries = [
        _full(b"infe", 3, struct.pack(">IH4s", key, 0, kind) + b"\0") for key, kind in kept.kinds.items()
    ]
    places, place = b"", start
    for key, body in kept.bodies.items():
        places += struct.pack(">IHHHII", key, 0, 0, 1, place, len(body))
        place += len(body)
    links = b"".join(
        _box(name, struct.pack(f">IH{len(to)}I", origin, len(to), *to)) for name, origin, to in kept.links
    )
    uses = b"".join(
        struct.pack(">IB", key, len(used))
        + b"".join(struct.pack(">H", number | essential << 15) for essential, number in used)
        for key, used in sorted(kept.uses.items())
    )
    properties = _box(b"ipco", b"".join(_box(*box) for box in kept.properties))
    associations = _box(b"ipma", b"\1\0\0\1" + struct.pack(">I", len(kept.uses)) + uses)
    boxes = [
        _box(b"hdlr", HANDLER),
        _full(b"pitm", 1, struct.pack(">I", kept.primary)),
        _full(b"iloc", 2, b"\x44\0" + struct.pack(">I", len(kept.bodies)) + places),
        _full(b"iinf", 1, struct.pack(">I", len(entries)) + b"".join(entries)),
        _full(b"iref", 1, links) if links else b"",
        _box(b"iprp", properties + associations),
    ]
    return _full(b"meta", 0, b"".join(boxes))


def _full(name: bytes, version: int, body: bytes) -> bytes:
    return _box(name, bytes([version, 0, 0, 0]) + body)


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body
