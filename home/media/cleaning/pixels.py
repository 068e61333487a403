"""What only a decoder can do: read a picture to its end, turn it, write it again."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageSequence
from PIL.JpegImagePlugin import get_sampling

from home.media.cleaning import limits
from home.media.cleaning.answers import Refused

pillow_heif.register_heif_opener()

ORIENTATION = 0x0112
UPRIGHT = 1
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises on a file that begins like an image and goes on like something else.
UNREADABLE = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, RuntimeError, TypeError, ArithmeticError, AttributeError,
    struct.error, zlib.error,
)  # fmt: skip
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "MPO")


def orientation(exif: bytes) -> int:
    """How a picture with these EXIF data has to be turned: 1, upright, to 8."""
    if not exif:
        return UPRIGHT
    read = Image.Exif()
    try:
        read.load(exif)
        value = read.get(ORIENTATION)
    except UNREADABLE:
        return UPRIGHT
    return value if value in TURNS else UPRIGHT


def opened(data: bytes) -> Any:
    """The picture, its pixels not read yet. Raises ``Refused`` when they would be too many."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        frames = getattr(picture, "n_frames", 1)
    except Image.DecompressionBombError as error:
        raise Refused("pixels") from error
    if picture.width * picture.height * frames > limits.PIXELS:
        raise Refused("pixels")
    return picture


def check(data: bytes) -> None:
    """Read every frame to its end. Raises one of ``UNREADABLE`` for a picture that is cut short or damaged."""
    for frame in ImageSequence.Iterator(opened(data)):
        frame.load()


def turned(data: bytes, orientation: int, **options: Any) -> bytes:
    """The picture with its pixels turned, written in the same format with *options*; nothing else of the old file."""
    picture = opened(data)
    options = {**_as_it_was(picture), **options}
    frames = [
        frame.transpose(TURNS[orientation]) if orientation in TURNS else frame.copy()
        for frame in ImageSequence.Iterator(picture)
    ]
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:]}
        options["duration"] = [frame.info.get("duration", 100) for frame in frames]
    for frame in frames:
        frame.info = {key: frame.info[key] for key in ("transparency",) if key in frame.info}
    out = io.BytesIO()
    frames[0].save(out, "JPEG" if picture.format == "MPO" else picture.format, **options)
    return out.getvalue()


def _as_it_was(picture: Any) -> dict[str, Any]:
    """How *picture* was written, as far as the format tells: to be written again without losing more."""
    options: dict[str, Any] = {}
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    if picture.format in ("JPEG", "MPO"):
        options["qtables"] = picture.quantization
        options["subsampling"] = get_sampling(picture)
        options["progressive"] = bool(picture.info.get("progressive"))
    if picture.format == "HEIF":
        options |= {"quality": 92}
    if picture.format == "AVIF":
        options |= {"quality": 92, "speed": 10, "exif": b"", "xmp": b""}
    if getattr(picture, "is_animated", False):
        options |= {key: picture.info[key] for key in ("loop", "background") if key in picture.info}
    return options
