"""The archives that office documents are: opened without trust, written anew without dates, comments or gaps."""

from __future__ import annotations

import io
import zipfile
import zlib

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused

START = b"PK\x03\x04"
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
WINDOW = 1 << 18
NO_DATE = (1980, 1, 1, 0, 0, 0)

Parts = dict[str, bytes]


def unpacked(data: bytes) -> Parts:
    """Every part by its name. Raises ``Refused`` for a bomb, a locked part, a name that leads elsewhere.

    What an entry says of its size is not believed: it is read window by window.
    """
    if not data.startswith(START):
        raise Refused("polyglot")
    parts: Parts = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > limits.ARCHIVE_ENTRIES:
                raise Refused("bomb")
            for entry in entries:
                _check(entry, parts)
                parts[entry.filename] = _read(archive, entry, limits.ARCHIVE_TOTAL - total)
                total += len(parts[entry.filename])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise Refused("unreadable_document") from error
    return parts


def packed(parts: Parts, first: str) -> bytes:
    """The archive of *parts*: *first* at the beginning and not compressed, as OpenDocument wants it."""
    out = io.BytesIO()
    names = [first, *sorted(name for name in parts if name != first)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, parts[name])
    return out.getvalue()


def _check(entry: zipfile.ZipInfo, parts: Parts) -> None:
    name = entry.filename
    if entry.flag_bits & ENCRYPTED:
        raise Refused("locked_document")
    if (
        entry.compress_type not in METHODS
        or name in parts
        or "\\" in name
        or {"", ".."} & set(name.split("/"))
    ):
        raise Refused("unreadable_document")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    most, read = min(limits.ARCHIVE_ENTRY, left), bytearray()
    with archive.open(entry) as part:
        while piece := part.read(WINDOW):
            read += piece
            if len(read) > most:
                raise Refused("bomb")
    return bytes(read)
