"""A PDF that comes in keeps its text, and loses its author, its history and what it would do by itself."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Name

from home.media.cleaning import pdf, words
from home.media.cleaning.answers import Cleaned, Refused
from tests.media import crafted, papers
from tests.media.crafted import MARK


def codes(cleaned: Cleaned) -> set[str]:
    return {remark.code for remark in cleaned.remarks}


class TestAPdf:
    @pytest.fixture
    def cleaned(self) -> Cleaned:
        return pdf.clean(papers.saved(papers.report()))

    def test_says_nothing_of_its_author_in_any_of_its_parts(self, cleaned: Cleaned) -> None:
        assert MARK.encode() in papers.unpacked_pdf(papers.saved(papers.report()))

        assert MARK.encode() not in papers.unpacked_pdf(cleaned.data)

    def test_keeps_text_tags_language_title_links_and_forms(self, cleaned: Cleaned) -> None:
        with pikepdf.open(io.BytesIO(cleaned.data)) as kept:
            assert b"Bonjour" in kept.pages[0].Contents.read_bytes()
            assert str(kept.Root.Lang) == "fr"
            assert kept.Root.StructTreeRoot.K.A.Placement == Name.Block
            assert kept.open_metadata()["dc:title"] == "Rapport de mission"
            assert kept.open_metadata()["pdfuaid:part"] == "1"
            notes = list(kept.pages[0].Annots)
            assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://exemple.org/"]
            assert str(kept.Root.AcroForm.Fields[0].T) == "prenom"
            assert str(kept.Root.AcroForm.Fields[0].V) == "Paul"

    def test_does_nothing_by_itself_and_holds_no_other_file(self, cleaned: Cleaned) -> None:
        shown = papers.unpacked_pdf(cleaned.data)

        for word in (
            b"JavaScript",
            b"/JS",
            b"Launch",
            b"OpenAction",
            b"EmbeddedFile",
            b"/AA",
            b"XFA",
            b"FileAttachment",
        ):
            assert word not in shown, word

    def test_tells_what_stays_in_it(self, cleaned: Cleaned) -> None:
        assert codes(cleaned) == {"attachments_dropped", "notes_stay", "form_stays", "title_stays"}
        assert "« Rapport de mission »" in words.told(cleaned.remarks)

    def test_that_is_not_tagged_loses_its_title_too(self) -> None:
        kept = pdf.clean(papers.saved(papers.report(tagged=False))).data

        assert b"Rapport de mission" not in papers.unpacked_pdf(kept)

    def test_forgets_its_earlier_versions(self) -> None:
        sent = papers.revised_pdf()
        assert MARK.encode() in sent

        kept = papers.unpacked_pdf(pdf.clean(sent).data)

        assert MARK.encode() not in kept
        assert b"q Q" in kept

    def test_that_is_clean_stays_as_it_is(self, cleaned: Cleaned) -> None:
        assert pdf.clean(cleaned.data).data == cleaned.data

    @pytest.mark.parametrize("password", ["", "secret"], ids=["restricted", "locked"])
    def test_that_is_locked_is_refused(self, password: str) -> None:
        locked = pikepdf.Encryption(owner="maître", user=password)

        with pytest.raises(Refused, match="locked_pdf"):
            pdf.clean(papers.saved(papers.report(), encryption=locked))

    def test_that_is_signed_is_refused(self) -> None:
        signed = papers.report()
        signed.Root.Signed = signed.make_indirect(
            pikepdf.Dictionary(
                Type=Name.Sig, ByteRange=pikepdf.Array([0, 1, 2, 3]), Contents=pikepdf.String("x")
            )
        )

        with pytest.raises(Refused, match="signed"):
            pdf.clean(papers.saved(signed))

    def test_that_is_damaged_is_refused(self) -> None:
        with pytest.raises(Refused, match="unreadable_pdf"):
            pdf.clean(b"%PDF-1.4 rien")

    @pytest.mark.parametrize("filters", [["/LZWDecode", "/DCTDecode"], ["/DCTDecode"], ["/JPXDecode"]])
    def test_with_a_photo_that_is_none_is_refused(self, filters: list[str]) -> None:
        with papers.report() as damaged:
            photo = damaged.pages[0].Resources.XObject.Photo
            photo.write(b"\0\0\0\1jP  rien", filter=pikepdf.Array([Name(name) for name in filters]))
            sent = papers.saved(damaged)

        with pytest.raises(Refused, match="unreadable_pdf"):
            pdf.clean(sent)

    def test_that_goes_on_being_an_archive_is_refused(self) -> None:
        hiding = papers.pdf_with_stream(
            crafted.archive({"a": "x"}, zipfile.ZIP_STORED), filter=Name.CCITTFaxDecode
        )

        with pytest.raises(Refused, match="polyglot"):
            pdf.clean(hiding)

    def test_loses_what_its_jpeg_2000_pictures_say(self) -> None:
        box = crafted.jp2_box
        picture = (
            box(b"jP  ", b"\r\n\x87\n")
            + box(b"ftyp", b"jp2 ")
            + box(b"xml ", MARK.encode())
            + box(b"jp2c", b"x")
        )
        with papers.report() as scanned:
            scanned.pages[0].Resources.XObject.Photo.write(picture, filter=Name.JPXDecode)
            cleaned = pdf.clean(papers.saved(scanned)).data

        with pikepdf.open(io.BytesIO(cleaned)) as kept:
            assert MARK.encode() not in kept.pages[0].Resources.XObject.Photo.read_raw_bytes()

    def test_without_a_page_is_refused(self) -> None:
        with pytest.raises(Refused, match="unreadable_pdf"):
            pdf.clean(papers.saved(pikepdf.new()))
