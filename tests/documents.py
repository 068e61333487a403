"""Small files that are what they say, for tests that need one."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
from PIL import Image


@cache
def small_pdf() -> bytes:
    """One empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.save(out)
    return out.getvalue()


@cache
def small_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    return out.getvalue()
