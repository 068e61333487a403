"""Colour profiles: kept, because colours depend on them; reduced to what colours depend on.

A profile is a small database. That of a screen may hold its serial number and its owner's name for it; anything can
hide between its entries. One that holds nothing else stays as it is, byte for byte.
"""

from __future__ import annotations

import io
import struct

from PIL import ImageCms

from home.media.cleaning import limits

HEADER = 128
ENTRY = 12
# What a computer needs to understand colours (ICC.1:2022, § 9), and the two texts that the format demands.
COLOURS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm lumi meas view tech cicp gamt pre0 pre1 pre2 "
    b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 B2D0 B2D1 B2D2 B2D3 D2B0 D2B1 D2B2 D2B3".split()
)
TEXTS = {b"desc": "RGB", b"cprt": "CC0"}
LONGEST_TEXT = 512


def clean_profile(profile: bytes | None) -> bytes | None:
    """*profile* without what isn't about colours; ``None`` for what is no profile at all."""
    if not profile or not HEADER + 4 <= len(profile) <= limits.COLOUR_PROFILE or profile[36:40] != b"acsp":
        return None
    try:
        entries = _entries(profile)
        cleaned = profile if _holds_nothing_else(profile, entries) else _rebuilt(profile, entries)
        ImageCms.ImageCmsProfile(io.BytesIO(cleaned))
    except (struct.error, ValueError, OSError, ImageCms.PyCMSError):
        return None
    return cleaned


def _entries(profile: bytes) -> dict[bytes, tuple[int, int]]:
    (count,) = struct.unpack_from(">I", profile, HEADER)
    if count > 100:
        raise ValueError(count)
    entries = {}
    for number in range(count):
        name, start, size = struct.unpack_from(">4sII", profile, HEADER + 4 + ENTRY * number)
        if start + size > len(profile):
            raise ValueError(name)
        entries[name] = (start, size)
    return entries


def _holds_nothing_else(profile: bytes, entries: dict[bytes, tuple[int, int]]) -> bool:
    """Whether every entry is known and short, and nothing lies between or behind them."""
    if any(
        name not in COLOURS and not (name in TEXTS and size <= LONGEST_TEXT)
        for name, (_, size) in entries.items()
    ):
        return False
    reached = HEADER + 4 + ENTRY * len(entries)
    for start, size in sorted(entries.values()):
        if start - reached >= 4:
            return False
        reached = max(reached, start + size)
    return len(profile) - reached < 4


def _rebuilt(profile: bytes, entries: dict[bytes, tuple[int, int]]) -> bytes:
    kept = {name: profile[start : start + size] for name, (start, size) in entries.items() if name in COLOURS}
    kept |= {name: _text(text) for name, text in TEXTS.items()}
    table, body = struct.pack(">I", len(kept)), b""
    begin = HEADER + 4 + ENTRY * len(kept)
    for name, value in kept.items():
        table += struct.pack(">4sII", name, begin + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    header = bytearray(profile[:HEADER])
    header[0:4] = struct.pack(">I", begin + len(body))
    header[8:12] = b"\x04\x20\0\0"  # texts are written as version 4.2 wants them
    header[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)  # when it was made
    header[48:56] = b"\0" * 8  # the device's maker and model
    header[80:HEADER] = b"\0" * (HEADER - 80)  # who made the profile, and its fingerprint
    return bytes(header) + table + body


def _text(text: str) -> bytes:
    """A « multiLocalizedUnicode » in one language."""
    encoded = text.encode("utf-16-be")
    return struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded
