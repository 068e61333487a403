"""Files that are two files in one: an image that a browser or an unpacking program would take for something else."""

from __future__ import annotations

import io
import re
import zipfile

# Where PDF readers look for the beginning of a PDF.
PDF_START = 1024
MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body|\?php)", re.IGNORECASE)
# Where browsers look when they guess (WHATWG, « MIME Sniffing »).
SNIFFED = 1445


def is_something_else_too(data: bytes) -> bool:
    """Whether *data*, an image, also reads as an archive, a PDF or a page."""
    return b"%PDF-" in data[:PDF_START] or bool(MARKUP.search(data[:SNIFFED])) or is_archive(data)


def is_archive(data: bytes) -> bool:
    """Whether an unpacking program finds entries in *data*, wherever they begin."""
    if b"PK\x05\x06" not in data:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
