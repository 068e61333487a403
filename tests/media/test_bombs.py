"""Files that unpack to more than a machine holds are refused, in bounded memory and time.

Each is cleaned in a process that may not have more memory and time than the answer should need.
"""

from __future__ import annotations

import io
import itertools
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name
from PIL import Image

from home.media.cleaning import apart, gif, intake, jpeg, limits, office, pdf, pixels, png, webp
from home.media.cleaning.answers import Refused
from home.media.cleaning.intake import take
from home.media.cleaning.kinds import DOCUMENTS, IMAGES, Kind
from tests.media import crafted, papers

MEMORY = 700 * limits.MEGABYTE  # Python, its libraries and their threads: 300
SECONDS = 30
WALLED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from home.media.cleaning.intake import take
from home.media.cleaning.answers import Refused
from home.media.cleaning.kinds import DOCUMENTS, IMAGES
try:
    take(sys.stdin.buffer.read(), "txt", IMAGES | DOCUMENTS)
except Refused as refused:
    print(refused.code)
else:
    print("taken")
"""


def answer(data: bytes) -> str:
    """What cleaning answers within walls: « taken », or the code of the refusal."""
    done = subprocess.run(
        [sys.executable, "-c", WALLED.format(memory=MEMORY, seconds=SECONDS)],
        input=data,
        check=False,
        capture_output=True,
        timeout=90,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.decode().strip() or done.stderr.decode()


def gif_of(width: int, height: int, frames: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + frame * frames + b"\x3b"


def huge_webp() -> bytes:
    sent = crafted.animation("WEBP")
    place = sent.index(b"VP8X") + 12
    return sent[:place] + b"\xff\xff\0\xff\xff\0" + sent[place + 6 :]


def slow_jpeg() -> bytes:
    """A picture that says the same thing again, ten thousand times."""
    sent = crafted.photo("JPEG", progressive=True)
    begin = sent.rindex(b"\xff\xda")
    return sent[:begin] + sent[begin:-2] * 10_000 + sent[-2:]


def large_jpeg(side: int = 65_000) -> bytes:
    sent = crafted.photo("JPEG")
    place = sent.rindex(b"\xff\xc0") + 5
    return sent[:place] + struct.pack(">HH", side, side) + sent[place + 4 :]


def lying_zip() -> bytes:
    """An office document with a part that is larger than it says."""
    sent = bytearray(papers.docx(word__a=bytes(101 * limits.MEGABYTE)))
    with zipfile.ZipFile(io.BytesIO(bytes(sent))) as archive:
        entry = archive.getinfo("word/a")
    place = sent.rindex(b"word/a") - 46
    assert struct.unpack_from("<I", sent, place + 24)[0] == entry.file_size
    struct.pack_into("<I", sent, place + 24, 100)
    return bytes(sent)


def nested_flate() -> bytes:
    packed = zlib.compress(crafted.zeros(400), 9)
    return papers.pdf_with_stream(packed, filter=Array([Name.FlateDecode, Name.FlateDecode]))


def bomb_in_the_table() -> bytes:
    """The table of objects is a stream too, which qpdf unpacks before anybody can ask."""
    stream = crafted.zeros(1000)
    head = b"%PDF-1.5\n"
    table = f"<< /Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length {len(stream)} >>".encode()
    body = b"3 0 obj\n" + table + b"\nstream\n" + stream + b"\nendstream\nendobj\n"
    return head + body + f"startxref\n{len(head)}\n%%EOF".encode()


def poster() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    image = pikepdf.Stream(pdf, b"x")
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 90_000, 90_000
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=image))
    return papers.saved(pdf)


def many_objects() -> bytes:
    entries = {f"word/{number}.xml": "<a/>" for number in range(limits.ARCHIVE_ENTRIES)}
    return papers.docx(**{name.replace("/", "__"): part for name, part in entries.items()})


def entities() -> str:
    """Ten times ten times ten… of a word (« a billion laughs »)."""
    names = "abcdefghi"
    defined = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(names)
    )
    return f'<!DOCTYPE x [<!ENTITY a "aaaa">{defined}]><x>&i;</x>'


BOMBS = {
    "a png of four billion points": (lambda: crafted.png(65_000, 65_000, crafted.zeros(50)), "pixels"),
    "a jpeg of four billion points": (large_jpeg, "pixels"),
    "a gif of a thousand large frames": (lambda: gif_of(4000, 4000, 1000), "pixels"),
    "a gif with a frame larger than itself": (
        lambda: gif_of(1, 1, 1).replace(b"\x2c\0\0\0\0\1\0\1\0", b"\x2c\0\0\0\0\xff\xff\xff\xff"),
        "pixels",
    ),
    "a webp of huge frames": (huge_webp, "pixels"),
    "a jpeg of ten thousand scans": (slow_jpeg, "bomb"),
    "a png that unpacks to more than its pixels": (lambda: crafted.png(8, 8, crafted.zeros(600)), "taken"),
    "a pdf of one long stream": (
        lambda: papers.pdf_with_stream(crafted.zeros(400), filter=Name.FlateDecode),
        "bomb",
    ),
    "a pdf packed twice": (nested_flate, "bomb"),
    "a pdf whose table is a bomb": (bomb_in_the_table, "bomb unreadable_pdf"),
    "a pdf with a picture of eight billion points": (poster, "pixels"),
    "an office document that unpacks to 300 megabytes": (lambda: papers.docx(word__a=bytes(300 << 20)), "bomb"),
    "an office document that lies about it": (lying_zip, "unreadable_document"),
    "an office document of many parts": (many_objects, "bomb"),
    "entities that multiply": (lambda: papers.docx(**{"word__a.xml": entities()}), "unreadable_document"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_is_answered_in_bounded_memory_and_time(name: str) -> None:
    build, expected = BOMBS[name]
    sent = build()
    assert len(sent) < 20 * limits.MEGABYTE

    began = time.monotonic()
    said = answer(sent)

    assert said in expected.split()
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    ("family", "build", "code"),
    [
        pytest.param(png.strip, BOMBS["a png of four billion points"][0], "pixels", id="png"),
        pytest.param(gif.strip, BOMBS["a gif of a thousand large frames"][0], "pixels", id="gif"),
        pytest.param(gif.strip, BOMBS["a gif with a frame larger than itself"][0], "pixels", id="gif-frame"),
        pytest.param(webp.strip, huge_webp, "pixels", id="webp"),
        pytest.param(jpeg.strip, slow_jpeg, "bomb", id="jpeg"),
        pytest.param(pixels.opened, large_jpeg, "pixels", id="four-billion"),
        pytest.param(pixels.opened, lambda: large_jpeg(8000), "pixels", id="sixty-four-million"),
    ],
)
def test_is_refused_before_its_pixels_are_read(family: Any, build: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        family(build())


class TestAPdf:
    def test_of_endless_objects_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "PDF_OBJECTS", 5)

        with pytest.raises(Refused, match="bomb"):
            pdf.clean(papers.saved(papers.report()))

    def test_of_many_long_streams_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "PDF_TOTAL", 50)

        with pytest.raises(Refused, match="bomb"):
            pdf.clean(papers.saved(papers.report()))

    def test_of_a_picture_larger_than_any_page_is_refused(self) -> None:
        with pytest.raises(Refused, match="pixels"):
            pdf.clean(poster())

    def test_of_one_long_stream_is_refused_while_it_is_measured(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "PDF_STREAM", 1000)

        with pytest.raises(Refused, match="bomb"):
            pdf.clean(papers.pdf_with_stream(zlib.compress(bytes(2000)), filter=Name.FlateDecode))


class TestAnOfficeDocument:
    @pytest.mark.parametrize("limit", ["ARCHIVE_ENTRY", "ARCHIVE_TOTAL", "ARCHIVE_ENTRIES"])
    def test_of_too_much_is_refused(self, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
        monkeypatch.setattr(limits, limit, 5)

        with pytest.raises(Refused, match="bomb"):
            office.clean(papers.docx())


def test_one_file_at_a_time_is_read_and_the_others_wait_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.01)

    with intake._one_at_a_time, pytest.raises(Refused, match="busy"):
        take(crafted.photo("JPEG"), "", IMAGES)


class TestTheProcessApart:
    def test_that_dies_is_a_refusal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", "import os; os.abort()"])

        with pytest.raises(Refused, match="bomb"):
            take(papers.saved(papers.report()), "pdf", DOCUMENTS)

    def test_that_takes_too_long_is_a_refusal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", "import time; time.sleep(9)"])
        monkeypatch.setattr(limits, "SECONDS", 0.2)

        with pytest.raises(Refused, match="bomb"):
            take(papers.saved(papers.report()), "pdf", DOCUMENTS)

    def test_has_walls(self) -> None:
        code = "from home.media.cleaning.apart import build_walls; build_walls(); bytearray(3 << 30)"

        done = subprocess.run(
            [sys.executable, "-c", code],
            check=False,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            timeout=60,
        )

        assert b"MemoryError" in done.stderr

    def test_answers_what_the_family_answers(self) -> None:
        said = apart.answered(b"avif\n" + crafted.photo("AVIF"))

        assert said.startswith(b'{"extension": "avif", "remarks": []}\n')
        assert apart.answered(b"pdf\n%PDF-1.4 rien").startswith(b'{"refused": "unreadable_pdf"')


def test_a_photo_of_fifty_million_points_is_taken() -> None:
    """The largest that a telephone makes fits, turned, into what a process may have."""
    out = io.BytesIO()
    Image.new("RGB", (8192, 6144), "teal").save(out, "JPEG", exif=crafted.exif(orientation=6), quality=70)

    assert take(out.getvalue(), "", IMAGES).extension == "jpg"
    assert Kind.JPEG in IMAGES
