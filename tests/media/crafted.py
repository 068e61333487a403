"""Files as people send them, and as attackers craft them: made here, none is in the tree.

Whatever says something about somebody says ``MARK``, so that a test can look for it in the bytes that are stored.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

MARK = "SECRETMARK"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif", "HEIF": "heic"}
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{MARK}</rdf:RDF></x:xmpmeta>'.encode()
GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


@cache
def profile() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def picture(size: tuple[int, int] = (64, 48), shift: int = 0) -> Image.Image:
    """Colours that tell each corner from the others."""
    drawn = Image.new("RGB", size)
    width, height = size
    drawn.putdata(
        [
            ((x + shift) * 255 // width % 256, y * 255 // height, 80)
            for y in range(height)
            for x in range(width)
        ]
    )
    return drawn


def exif(orientation: int = 1) -> bytes:
    """A camera's maker, and where the picture was taken."""
    data = Image.Exif()
    data[MAKER] = MARK
    data[ORIENTATION] = orientation
    data[GPS] = {1: "N", 2: (43.0, 59.0, 22.0), 3: "E", 4: (3.0, 36.0, 18.0), 29: MARK}
    return data.tobytes()


def photo(format_name: str, orientation: int = 1, appended: bytes = b"", **options: Any) -> bytes:
    """A picture in this format with everything that it can carry beside its pixels."""
    out = io.BytesIO()
    if format_name == "GIF":
        options |= {"comment": MARK.encode()}
    else:
        options |= {"exif": exif(orientation), "icc_profile": profile()}
    if format_name == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", MARK)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        texts.add_text("Compressed", MARK * 50, zip=True)
        options |= {"pnginfo": texts}
    if format_name in ("JPEG", "WEBP", "AVIF", "HEIF"):
        options |= {"xmp": XMP}
    if format_name == "JPEG":
        options |= {"comment": MARK.encode()}
    picture().save(out, format_name, **options)
    return with_more(out.getvalue(), format_name) + appended


def with_more(data: bytes, format_name: str) -> bytes:
    """What Pillow can't write: IPTC, a thumbnail, maker notes of an application."""
    if format_name == "JPEG":
        small = io.BytesIO()
        picture((16, 12)).save(small, "JPEG", comment=MARK.encode())
        extra = [(0xED, b"Photoshop 3.0\0" + MARK.encode()), (0xE0, b"JFXX\0\x10" + small.getvalue())]
        extra += [(0xEB, MARK.encode()), (0xE2, b"FPXR\0" + MARK.encode())]
        return data[:2] + b"".join(segment(*entry) for entry in extra) + data[2:]
    if format_name == "PNG":
        return data[:-12] + png_chunk(b"tIME", b"\0" * 7) + png_chunk(b"caBX", MARK.encode()) + data[-12:]
    if format_name == "GIF":
        block = b"\x21\xff\x0bXMP DataXMP" + bytes([len(MARK)]) + MARK.encode() + b"\0"
        return data[:-1] + block + data[-1:]
    return data


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def animation(format_name: str, orientation: int = 1) -> bytes:
    """Three frames, of which no two are alike."""
    out = io.BytesIO()
    frames = [picture(shift=20 * number) for number in range(3)]
    options: dict[str, Any] = (
        {"comment": MARK.encode()} if format_name == "GIF" else {"exif": exif(orientation), "xmp": XMP}
    )
    if format_name == "WEBP":
        options |= {"lossless": True}
    frames[0].save(
        out, format_name, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=2, **options
    )
    return out.getvalue()


def archive(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def jp2_box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def zip_in_pixels() -> bytes:
    """A PNG whose pixels are, byte for byte, an archive: stored, not compressed."""
    hidden = archive({"a.txt": MARK}, zipfile.ZIP_STORED)
    width = (len(hidden) + 2) // 3
    line = b"\0" + hidden + bytes(3 * width - len(hidden))
    return png(width, 1, zlib.compress(line, 0))


def png(width: int, height: int, pixels: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def zeros(megabytes: int) -> bytes:
    """As many megabytes of nothing, packed."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])
