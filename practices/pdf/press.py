"""A process of its own that sets type: bounded in memory and time, and no reader of the site waits or dies with it.

It knows nothing of the site (``python -m practices.pdf.press``, spoken to by ``practices.pdf.setting``). It reads the
address of the page on one line, the length of the text on the next, and the text. « ? » and an address on a line ask
for a file, whose length and type come on a line, then its bytes; a length of -1 says that there is none. « ! » and a
length on a line come before the PDF.
"""

from __future__ import annotations

import resource
import sys
from typing import Any, BinaryIO

from home.delivery import walls

MEGABYTE = 1024 * 1024
MEMORY = 2048 * MEGABYTE  # of addresses, libraries included; the longest documents take a quarter of it
SECONDS = 120  # of a core
# Exit codes: Pango or WeasyPrint is missing on this machine; the document took all there is.
NO_LIBRARY, NO_MEMORY = 3, 4


def main() -> None:
    """Set the one document that stands on the standard input."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no part of the conversation
    walls.build({resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0})
    base = asked.readline().decode().strip()
    html = asked.read(int(asked.readline())).decode()
    try:
        pdf = set_type(html, base, asked, told)
    except (MemoryError, SystemError):  # the second is what becomes of a first that C code forgot to raise
        sys.exit(NO_MEMORY)
    told.write(b"! %d\n" % len(pdf) + pdf)
    told.flush()


def set_type(html: str, base: str, asked: BinaryIO, told: BinaryIO) -> bytes:
    """*html* as PDF/UA-1: tagged, with its language, title, outline and fonts."""
    try:
        # Pango is a library of the system, and may be missing: then only PDFs are.
        from weasyprint import HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        sys.exit(NO_LIBRARY)

    class Asking(URLFetcher):
        """Asks the site for every file; no request is made."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            told.write(b"? " + url.encode().replace(b"\n", b"") + b"\n")
            told.flush()
            length, _space, kind = asked.readline().decode().strip().partition(" ")
            if int(length) < 0:
                raise ValueError(url)  # which WeasyPrint takes for a missing image
            return URLFetcherResponse(url, asked.read(int(length)), {"Content-Type": kind})

    page = HTML(string=html, base_url=base, url_fetcher=Asking(allowed_protocols=()))
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1", optimize_images=True, dpi=200, jpeg_quality=82))


if __name__ == "__main__":
    main()
