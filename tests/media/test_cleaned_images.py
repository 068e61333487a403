"""A picture that comes in keeps its pixels, its colours and its movement, and nothing else."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageSequence

from home.media.cleaning import image
from home.media.cleaning.answers import Cleaned, Refused
from home.media.cleaning.colour import clean_profile
from home.media.cleaning.kinds import kind_of
from tests.media import crafted
from tests.media.crafted import FORMATS, MARK

WITH_EXIF = [name for name in FORMATS if name != "GIF"]


def cleaned(data: bytes) -> Cleaned:
    return image.clean(data, kind_of(data))


def opened(data: bytes) -> Any:
    return Image.open(io.BytesIO(data))


def pixels(picture: Any) -> str:
    """Their sum: pytest would compare every one of those that differ, for minutes."""
    return hashlib.sha256(picture.convert("RGBA").tobytes()).hexdigest()


def difference(one: Any, other: Any) -> float:
    """The mean difference of a point, from 0 to 255."""
    assert one.size == other.size
    band = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return sum(band.tobytes()) / (band.width * band.height)


class TestAPicture:
    @pytest.mark.parametrize("name", FORMATS)
    def test_loses_every_word_about_it_and_what_is_appended(self, name: str) -> None:
        sent = crafted.photo(name, appended=MARK.encode())
        assert MARK.encode() in sent

        stored = cleaned(sent).data

        assert MARK.encode() not in stored
        assert not opened(stored).getexif()
        assert "xmp" not in opened(stored).info
        assert "comment" not in opened(stored).info

    @pytest.mark.parametrize("name", FORMATS)
    def test_keeps_its_pixels_bit_by_bit(self, name: str) -> None:
        sent = crafted.photo(name)

        assert pixels(opened(cleaned(sent).data)) == pixels(opened(sent))

    @pytest.mark.parametrize("name", WITH_EXIF)
    def test_keeps_its_colour_profile(self, name: str) -> None:
        assert opened(cleaned(crafted.photo(name)).data).info["icc_profile"] == crafted.profile()

    @pytest.mark.parametrize("name", FORMATS)
    def test_is_named_by_its_content(self, name: str) -> None:
        assert cleaned(crafted.photo(name)).extension == crafted.EXTENSIONS[name]

    @pytest.mark.parametrize("name", FORMATS)
    def test_that_is_clean_stays_as_it_is(self, name: str) -> None:
        once = cleaned(crafted.photo(name, orientation=6)).data

        assert cleaned(once).data == once

    @pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
    @pytest.mark.parametrize("orientation", range(2, 9))
    def test_is_turned_as_its_camera_says_which_is_forgotten(self, name: str, orientation: int) -> None:
        sent = crafted.photo(name, orientation=orientation)
        upright = ImageOps.exif_transpose(opened(sent))

        stored = cleaned(sent).data

        assert difference(opened(stored), upright) < 3
        assert not opened(stored).getexif()
        assert MARK.encode() not in stored
        assert opened(stored).info["icc_profile"] == crafted.profile()

    @pytest.mark.parametrize(("name", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
    def test_loses_nothing_when_it_is_turned_and_was_without_loss(
        self, name: str, options: dict[str, Any]
    ) -> None:
        sent = crafted.photo(name, orientation=6, **options)

        assert pixels(opened(cleaned(sent).data)) == pixels(ImageOps.exif_transpose(opened(sent)))

    def test_of_jpeg_is_written_with_the_tables_it_had(self) -> None:
        sent = crafted.photo("JPEG", orientation=6, quality=71, progressive=True)

        stored = opened(cleaned(sent).data)

        assert stored.quantization == opened(sent).quantization
        assert stored.info.get("progressive")

    @pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
    def test_that_moves_goes_on_moving(self, name: str) -> None:
        sent = crafted.animation(name)

        stored = opened(cleaned(sent).data)

        assert MARK.encode() not in cleaned(sent).data
        assert stored.n_frames == 3
        assert stored.info.get("loop") == opened(sent).info.get("loop")
        before = [(pixels(frame), frame.info["duration"]) for frame in ImageSequence.Iterator(opened(sent))]
        after = [(pixels(frame), frame.info["duration"]) for frame in ImageSequence.Iterator(stored)]
        assert [duration for _, duration in after] == [100, 200, 300]
        assert after == before

    def test_of_heic_loses_its_small_copies(self) -> None:
        sent = io.BytesIO()
        crafted.picture((256, 192)).save(sent, "HEIF", thumbnails=[64], exif=crafted.exif())
        assert opened(sent.getvalue()).info["thumbnails"]

        assert not opened(cleaned(sent.getvalue()).data).info["thumbnails"]

    @pytest.mark.parametrize("name", ["AVIF", "HEIF", "WEBP", "PNG"])
    def test_keeps_its_transparency(self, name: str) -> None:
        out = io.BytesIO()
        drawn = crafted.picture().convert("RGBA")
        drawn.putalpha(Image.linear_gradient("L").resize(drawn.size))
        drawn.save(out, name, exif=crafted.exif())

        assert pixels(opened(cleaned(out.getvalue()).data)) == pixels(opened(out.getvalue()))

    def test_that_moves_is_turned_in_every_frame(self) -> None:
        sent = crafted.animation("WEBP", orientation=6)

        stored = opened(cleaned(sent).data)

        assert (stored.n_frames, stored.size) == (3, (48, 64))
        assert MARK.encode() not in cleaned(sent).data
        assert [frame.info["duration"] for frame in ImageSequence.Iterator(stored) if pixels(frame)] == [
            100,
            200,
            300,
        ]
        assert cleaned(cleaned(sent).data).data == cleaned(sent).data

    def test_in_four_inks_stays_so(self) -> None:
        out = io.BytesIO()
        crafted.picture().convert("CMYK").save(out, "JPEG", exif=crafted.exif())

        assert pixels(opened(cleaned(out.getvalue()).data)) == pixels(opened(out.getvalue()))

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_of_png_keeps_its_kind_of_colours(self, mode: str) -> None:
        out = io.BytesIO()
        drawn = Image.new("I;16", (9, 7), 40_000) if mode == "I;16" else crafted.picture().convert(mode)
        drawn.save(out, "PNG", exif=crafted.exif(orientation=8))

        stored = opened(cleaned(out.getvalue()).data)

        assert stored.mode == mode
        assert stored.tobytes() == drawn.transpose(Image.Transpose.ROTATE_90).tobytes()


class TestADamagedPicture:
    @pytest.mark.parametrize("name", FORMATS)
    def test_is_refused_when_its_end_is_missing(self, name: str) -> None:
        sent = crafted.photo(name)

        with pytest.raises(Refused) as refused:
            cleaned(sent[: len(sent) * 2 // 3])

        assert refused.value.code in ("damaged_image", "no_image")

    @pytest.mark.parametrize(
        "start",
        [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"RIFF\x10\0\0\0WEBP"],
        ids=["png", "gif", "jpeg", "webp"],
    )
    def test_is_refused_when_it_only_begins_like_one(self, start: bytes) -> None:
        with pytest.raises(Refused, match="damaged_image"):
            cleaned(start + b" puis n'importe quoi")


class TestAColourProfile:
    def with_tag(self, name: bytes, value: bytes) -> bytes:
        """The profile with one more entry, as the system of a screen adds them."""
        whole = crafted.profile()
        count = int.from_bytes(whole[128:132], "big")
        entries = [whole[132 + 12 * n : 144 + 12 * n] for n in range(count)]
        moved = b"".join(
            entry[:4] + (int.from_bytes(entry[4:8], "big") + 12).to_bytes(4, "big") + entry[8:]
            for entry in entries
        )
        body = whole[132 + 12 * count :]
        table = moved + name + (len(whole) + 12).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        size = (len(whole) + 12 + len(value)).to_bytes(4, "big")
        return size + whole[4:128] + (count + 1).to_bytes(4, "big") + table + body + value

    def test_of_a_screen_loses_its_serial_number_and_no_colour(self) -> None:
        sent = self.with_tag(b"mmod", MARK.encode() * 2)
        ImageCms.ImageCmsProfile(io.BytesIO(sent))

        kept = clean_profile(sent)

        assert kept and MARK.encode() not in kept
        assert self.seen_through(kept) == self.seen_through(sent)

    def seen_through(self, profile: bytes) -> bytes:
        srgb = ImageCms.createProfile("sRGB")
        seen: Any = ImageCms.profileToProfile(
            crafted.picture(), ImageCms.ImageCmsProfile(io.BytesIO(profile)), srgb
        )
        return bytes(seen.tobytes())

    @pytest.mark.parametrize("sent", [None, b"", MARK.encode() * 40, b"\0" * 36 + b"acsp" + b"\xff" * 200])
    def test_that_is_none_is_dropped(self, sent: bytes | None) -> None:
        assert clean_profile(sent) is None
