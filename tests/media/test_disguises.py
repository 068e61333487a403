"""What a file is, is read in it: pages, archives and files that are two files in one stay outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from home.media.cleaning.answers import Refused
from home.media.cleaning.disguise import is_archive, is_something_else_too
from home.media.cleaning.intake import take
from home.media.cleaning.kinds import DOCUMENTS, IMAGES, Kind, kind_of
from tests.documents import small_pdf, small_png
from tests.media import crafted, papers
from tests.media.crafted import MARK

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
ZIP = crafted.archive({"a.html": HTML})


def refusal(data: bytes, welcome: frozenset[Kind], extension: str = "") -> str:
    with pytest.raises(Refused) as refused:
        take(data, extension, welcome)
    return refused.value.code


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"", IMAGES) == "empty"


class TestAFile:
    @pytest.mark.parametrize(
        ("sent", "code"),
        [
            (SVG, "markup"),
            (b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, "markup"),
            (b"  \n" + HTML, "markup"),
            (b"Bonjour " * 300 + HTML, "markup"),
            (ZIP, "archive"),
            (b"\x1f\x8b\x08" + bytes(20), "archive"),
            (b"Rar!\x1a\x07\0", "archive"),
            (b"7z\xbc\xaf\x27\x1c", "archive"),
            (bytes(257) + b"ustar" + bytes(250), "archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "old_office"),
            (b"MZ\x90\0", "no_document"),
            (b"\x7fELF\x02", "no_document"),
            (b"", "empty"),
            ("Bonjour".encode("utf-16"), "no_document"),
            (small_png(), "no_document"),
        ],
    )
    @pytest.mark.parametrize("extension", ["pdf", "txt", "csv", "docx"])
    def test_that_is_no_document_is_refused_under_every_name(
        self, sent: bytes, code: str, extension: str
    ) -> None:
        assert refusal(sent, DOCUMENTS, extension) == code

    @pytest.mark.parametrize(
        ("sent", "code"),
        [
            (SVG, "markup"),
            (HTML, "markup"),
            (ZIP, "archive"),
            (small_pdf(), "no_image"),
            (b"BM" + bytes(60), "no_image"),
        ],
        ids=["svg", "html", "zip", "pdf", "bmp"],
    )
    def test_that_is_no_image_is_refused(self, sent: bytes, code: str) -> None:
        assert refusal(sent, IMAGES, "png") == code

    def test_is_what_it_holds_whatever_it_is_called(self) -> None:
        assert take(small_png(), "jpg", IMAGES).extension == "png"
        assert take(small_pdf(), "docx", DOCUMENTS).extension == "pdf"

    def test_with_macros_is_refused_under_another_name(self) -> None:
        assert refusal(papers.docx(word__vbaProject__bin=b"x"), DOCUMENTS, "docx") == "macros"


class TestAnImageWithSomethingBehindIt:
    @pytest.mark.parametrize("name", crafted.FORMATS)
    @pytest.mark.parametrize("behind", [ZIP, HTML, small_pdf()], ids=["zip", "html", "pdf"])
    def test_leaves_it_outside(self, name: str, behind: bytes) -> None:
        sent = crafted.photo(name, appended=behind)

        stored = take(sent, "", IMAGES).data

        assert not zipfile.is_zipfile(io.BytesIO(stored))
        assert behind not in stored
        assert not is_something_else_too(stored)

    def test_leaves_an_archive_in_a_chunk_of_its_own_outside(self) -> None:
        png = small_png()

        stored = take(png[:-12] + crafted.png_chunk(b"zIPx", ZIP) + png[-12:], "", IMAGES).data

        assert not zipfile.is_zipfile(io.BytesIO(stored))
        assert ZIP not in stored

    def test_leaves_what_hides_behind_its_pixels_outside(self) -> None:
        with Image.open(io.BytesIO(small_png())) as whole:
            width, height = whole.size
        pixels = zlib.compress(bytes((3 * width + 1) * height))

        for hiding in (
            pixels + MARK.encode(),
            zlib.compress(bytes((3 * width + 1) * height) + MARK.encode(), 0),
        ):
            sent = crafted.png(width, height, hiding)
            assert MARK.encode() in sent

            assert MARK.encode() not in take(sent, "", IMAGES).data

    def test_whose_pixels_are_an_archive_is_written_so_that_they_only_look_like_it(self) -> None:
        sent = crafted.zip_in_pixels()
        assert is_archive(sent)

        stored = take(sent, "", IMAGES).data

        assert not is_archive(stored)
        with Image.open(io.BytesIO(sent)) as before, Image.open(io.BytesIO(stored)) as after:
            assert before.tobytes() == after.tobytes()

    def test_whose_packed_pixels_hold_an_archive_is_refused_if_only_loss_would_help(self) -> None:
        small = crafted.archive({"a": "x"}, zipfile.ZIP_STORED)
        pixels = b"\x02\x02\x44\x01" + bytes([len(small)]) + small + b"\0"
        frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + pixels

        assert (
            refusal(b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + frame + b";", IMAGES)
            == "polyglot"
        )


class TestAPdfWithSomethingElse:
    def test_before_it_is_refused(self) -> None:
        assert refusal(b"GIF89a" + small_pdf(), DOCUMENTS) == "no_document"
        assert refusal(b"\n" + small_pdf(), DOCUMENTS) == "no_document"
        assert refusal(HTML + small_pdf(), DOCUMENTS) == "markup"

    @pytest.mark.parametrize("behind", [ZIP, HTML], ids=["zip", "html"])
    def test_behind_it_leaves_it_outside(self, behind: bytes) -> None:
        stored = take(small_pdf() + behind, "pdf", DOCUMENTS).data

        assert not is_archive(stored)
        assert b"<script>" not in stored

    def test_in_an_archive_that_is_no_office_document_is_refused(self) -> None:
        assert refusal(b"%PDF-1.4\n" + ZIP, DOCUMENTS) == "unreadable_pdf"


def test_office_documents_begin_with_their_first_part() -> None:
    assert kind_of(papers.docx()) is Kind.OFFICE
    assert refusal(HTML + papers.docx(), DOCUMENTS) == "markup"
    assert refusal(b"PK\x05\x06" + papers.docx(), DOCUMENTS) == "polyglot"
