"""JPEG without a decoder: its segments, and which of them a picture needs."""

from __future__ import annotations

import struct

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused
from home.media.cleaning.colour import clean_profile

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what readers read
TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
RESTARTS = range(0xD0, 0xD8)
ICC = b"ICC_PROFILE\0"
EXIF = b"Exif\0\0"
JFIF = b"JFIF\0"
ADOBE = b"Adobe"

Segment = tuple[int, bytes]


def strip(data: bytes) -> tuple[bytes, bytes]:
    """*data* with the segments that make the picture, and the EXIF that was in it (to learn how it is turned).

    What follows the end of the picture is left behind. Raises ``Refused`` for a file that ends before.
    """
    segments = _segments(data)
    exif = next((body for marker, body in segments if marker == APP1 and body.startswith(EXIF)), b"")
    kept = [_segment(marker, body) for marker, body in segments if _belongs(marker)]
    head = [b"\xff\xd8", *_density(segments), *_profile(segments), *_colour_transform(segments)]
    return b"".join([*head, *kept, b"\xff\xd9"]), exif


def _segments(data: bytes) -> list[Segment]:
    """The segments between start and end; that of a scan has the compressed picture behind its header."""
    found, place, scans = [], 2, 0
    while True:
        place, marker = _next_marker(data, place)
        if marker == EOI:
            if not scans:
                raise ValueError("damaged")
            return found
        if marker == SOI or marker in RESTARTS or place + 2 > len(data):
            raise ValueError("damaged")
        (length,) = struct.unpack_from(">H", data, place)
        end = place + length
        if length < 2 or end > len(data):
            raise ValueError("cut short")
        if marker == SOS:
            scans += 1
            end = _end_of_scan(data, end)
        found.append((marker, data[place + 2 : end] if marker != SOS else data[place:end]))
        if scans > limits.JPEG_SCANS:
            raise Refused("bomb")
        place = end


def _next_marker(data: bytes, place: int) -> tuple[int, int]:
    """Where the next marker's segment begins, and the marker. Fill bytes are allowed, nothing else is."""
    if place + 2 > len(data):
        raise ValueError("cut short")
    if data[place] != 0xFF:
        raise ValueError("damaged")
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data):
        raise ValueError("cut short")
    return place + 1, data[place]


def _end_of_scan(data: bytes, place: int) -> int:
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise ValueError("cut short")
        follower = data[place + 1]
        if follower == 0xFF:
            place += 1
        elif follower == 0 or follower in RESTARTS:
            place += 2
        else:
            return place


def _belongs(marker: int) -> bool:
    if 0xC0 <= marker <= 0xCF and marker not in FRAMES | TABLES:
        raise ValueError("damaged")
    return marker in FRAMES | TABLES | {SOS}


def _segment(marker: int, body: bytes) -> bytes:
    if marker == SOS:  # with its own length, and what follows
        return bytes([0xFF, marker]) + body
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _density(segments: list[Segment]) -> list[bytes]:
    """The JFIF header: version and shape of a point, without the small picture that it may hold."""
    for marker, body in segments:
        if marker == APP0 and body.startswith(JFIF) and len(body) >= 14:
            return [_segment(APP0, body[:12] + b"\0\0")]
    return []


def _colour_transform(segments: list[Segment]) -> list[bytes]:
    """Adobe's header: without it, readers take one kind of colours for another."""
    for marker, body in segments:
        if marker == APP14 and body.startswith(ADOBE) and len(body) >= 12:
            return [_segment(APP14, body[:12])]
    return []


def _profile(segments: list[Segment]) -> list[bytes]:
    parts = {
        body[12]: body[14:]
        for marker, body in segments
        if marker == APP2 and body.startswith(ICC) and len(body) > 14
    }
    profile = clean_profile(b"".join(parts[number] for number in sorted(parts)))
    if not profile:
        return []
    pieces = [profile[start : start + 65_000] for start in range(0, len(profile), 65_000)]
    return [
        _segment(APP2, ICC + bytes([number, len(pieces)]) + piece)
        for number, piece in enumerate(pieces, start=1)
    ]
