"""GIF without a decoder: its blocks, and which of them the pictures need."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused
from home.media.cleaning.colour import clean_profile

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
TIMING, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
PROFILE = b"ICCRGBG1012"


@dataclass
class Reader:
    data: bytes
    place: int = 0
    kept: list[bytes] = field(default_factory=list)
    frames: int = 0

    def take(self, size: int) -> bytes:
        taken = self.data[self.place : self.place + size]
        if len(taken) < size:
            raise ValueError("cut short")
        self.place += size
        return taken

    def take_blocks(self) -> list[bytes]:
        blocks = []
        while size := self.take(1)[0]:
            blocks.append(self.take(size))
        return blocks


def strip(data: bytes) -> tuple[bytes, bytes]:
    """*data* with its pictures, their timing, the number of turns and the colours. Nothing after its end.

    There is no EXIF in a GIF: the second part of the answer is empty.
    """
    reader = Reader(data)
    screen = reader.take(13)
    reader.kept = [screen, reader.take(_table(screen[10]))]
    while (kind := reader.take(1)[0]) != TRAILER:
        if kind == EXTENSION:
            _extension(reader)
        elif kind == IMAGE:
            _image(reader, struct.unpack_from("<HH", screen, 6))
        else:
            raise ValueError("damaged")
    if not reader.frames:
        raise ValueError("damaged")
    return b"".join([*reader.kept, bytes([TRAILER])]), b""


def _table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _image(reader: Reader, canvas: tuple[int, ...]) -> None:
    reader.frames += 1
    if canvas[0] * canvas[1] * reader.frames > limits.PIXELS:
        raise Refused("pixels")
    place = reader.take(9)
    if (_right := struct.unpack_from("<H", place, 4)[0]) * struct.unpack_from("<H", place, 6)[
        0
    ] > limits.PIXELS:
        raise Refused("pixels")
    colours, size = reader.take(_table(place[8])), reader.take(1)
    reader.kept += [bytes([IMAGE]), place, colours, size, _joined(reader.take_blocks())]


def _extension(reader: Reader) -> None:
    kind = reader.take(1)[0]
    blocks = reader.take_blocks()
    if kind == TIMING and blocks and len(blocks[0]) == 4:
        reader.kept.append(bytes([EXTENSION, kind]) + _joined(blocks[:1]))
    elif kind == APPLICATION and len(blocks) > 1 and blocks[0] in LOOPS and blocks[1][:1] == b"\1":
        reader.kept.append(bytes([EXTENSION, kind]) + _joined([blocks[0], blocks[1][:3]]))
    elif (
        kind == APPLICATION
        and blocks
        and blocks[0] == PROFILE
        and (found := clean_profile(b"".join(blocks[1:])))
    ):
        pieces = [found[start : start + 255] for start in range(0, len(found), 255)]
        reader.kept.append(bytes([EXTENSION, kind]) + _joined([PROFILE, *pieces]))


def _joined(blocks: list[bytes]) -> bytes:
    return b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
