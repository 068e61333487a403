"""What a file is, by what it holds. Its name has no say."""

from __future__ import annotations

import enum
import io
import zipfile

from home.media.cleaning.disguise import MARKUP


class Kind(enum.Enum):
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    AVIF = "avif"
    HEIC = "heic"
    PDF = "pdf"
    OFFICE = "office"  # docx, xlsx, pptx
    OPEN_DOCUMENT = "open_document"  # odt, ods, odp
    TEXT = "text"
    # Never taken.
    ARCHIVE = "archive"
    MARKUP = "markup"  # HTML, SVG
    OLD_OFFICE = "old_office"
    UNKNOWN = "unknown"


IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.AVIF, Kind.HEIC})
DOCUMENTS = frozenset({Kind.PDF, Kind.OFFICE, Kind.OPEN_DOCUMENT, Kind.TEXT})

STARTS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"%PDF-", Kind.PDF),
    (b"\xd0\xcf\x11\xe0", Kind.OLD_OFFICE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ", Kind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Kind.ARCHIVE),
)
AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"


def kind_of(data: bytes) -> Kind:
    """What *data* is, read from its first bytes and, for an archive, from its table."""
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp":
        return _branded(data)
    if data.startswith(b"PK"):
        return _packed(data)
    if data[257:262] == b"ustar":
        return Kind.ARCHIVE
    return _written(data)


def _branded(data: bytes) -> Kind:
    size = int.from_bytes(data[:4], "big")
    if not 16 <= size <= 512:
        return Kind.UNKNOWN
    brands = {data[start : start + 4] for start in range(8, size, 4) if start != 12}
    if brands & AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if brands & HEIC_BRANDS else Kind.UNKNOWN


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.ARCHIVE
    if "[Content_Types].xml" in names:
        return Kind.OFFICE
    return Kind.OPEN_DOCUMENT if {"mimetype", "content.xml"} <= names else Kind.ARCHIVE


def _written(data: bytes) -> Kind:
    """Text, if it is all text; a page, or a drawing, if it begins like one anywhere a browser looks."""
    if MARKUP.search(data) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return Kind.MARKUP
    if b"%PDF-" in data[:1024] or not data or data.translate(None, CONTROL) != data:
        return Kind.UNKNOWN
    return Kind.TEXT
