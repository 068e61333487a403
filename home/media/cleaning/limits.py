"""How much of a file is read before it counts as a bomb. Generous for people, small for a small machine."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

# A photo of fifty million points, the most that common phones make, is 200 MB once it is read.
PIXELS = 52_000_000  # of all frames together
JPEG_SCANS = 32  # progressive files have about ten; thousands keep a decoder busy for hours
COLOUR_PROFILE = 2 * MEGABYTE

ARCHIVE_ENTRIES = 3000
ARCHIVE_TOTAL = 250 * MEGABYTE  # once unpacked
ARCHIVE_ENTRY = 100 * MEGABYTE
EMBEDDED_DEPTH = 2  # a table in a text is a document in a document

PDF_STREAM = 200 * MEGABYTE  # a scanned page at 600 dpi, unpacked, is 100
PDF_TOTAL = 600 * MEGABYTE
PDF_OBJECTS = 300_000

# For the process that reads what C libraries have to read.
MEMORY = 1024 * MEGABYTE
SECONDS = 60
