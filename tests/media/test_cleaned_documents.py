"""A document that comes in keeps its text, and loses its authors, its history and what it would do by itself."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from home.media.cleaning import archives, office, opendocument
from home.media.cleaning.answers import Cleaned, Refused
from home.media.cleaning.intake import take
from home.media.cleaning.kinds import DOCUMENTS
from tests.media import crafted, papers
from tests.media.crafted import MARK


def inside(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(cleaned: Cleaned) -> set[str]:
    return {remark.code for remark in cleaned.remarks}


class TestAWordDocument:
    @pytest.fixture
    def cleaned(self) -> Cleaned:
        return office.clean(papers.docx())

    def test_names_nobody_in_any_of_its_parts(self, cleaned: Cleaned) -> None:
        assert MARK.encode() in b"".join(inside(papers.docx()).values())

        kept = inside(cleaned.data)

        assert MARK.encode() not in b"".join(kept.values())
        assert not [name for name in kept if name.startswith("docProps") or "people" in name]
        assert b"rsid" not in b"".join(kept.values())

    def test_keeps_its_text_prefixes_photo_and_web_links(self, cleaned: Cleaned) -> None:
        kept = inside(cleaned.data)

        assert b"Bonjour" in kept["word/document.xml"]
        assert (
            b'mc:Ignorable="w14"' in kept["word/document.xml"] and b"xmlns:w14" in kept["word/document.xml"]
        )
        assert b'name="Image 2" descr="Une salle"' in kept["word/document.xml"]
        assert kept["word/media/image1.jpg"].startswith(b"\xff\xd8")
        assert b"https://exemple.org/" in kept["word/_rels/document.xml.rels"]

    def test_fetches_nothing_from_elsewhere(self, cleaned: Cleaned) -> None:
        kept = inside(cleaned.data)

        assert b"pisteur" not in kept["word/_rels/document.xml.rels"]
        assert b"attachedTemplate" not in kept["word/settings.xml"] + kept["word/_rels/settings.xml.rels"]

    def test_points_to_no_part_that_is_gone(self, cleaned: Cleaned) -> None:
        kept = inside(cleaned.data)

        assert b"docProps" not in kept["[Content_Types].xml"] + kept["_rels/.rels"]
        assert b"people" not in kept["word/_rels/document.xml.rels"]

    def test_tells_of_changes_and_comments(self, cleaned: Cleaned) -> None:
        assert codes(cleaned) == {"changes_stay", "comments_stay"}

    def test_has_no_dates_in_its_archive_and_stays_as_it_is(self, cleaned: Cleaned) -> None:
        with zipfile.ZipFile(io.BytesIO(cleaned.data)) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert office.clean(cleaned.data).data == cleaned.data

    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            ({"word__vbaProject.bin": b"x"}, "macros"),
            ({"word__activeX__a.xml": "<a/>"}, "macros"),
            ({"_xmlsignatures__sig1.xml": "<a/>"}, "signed"),
            ({"word__embeddings__oleObject1.bin": b"\xd0\xcf\x11\xe0"}, "attached_object"),
            ({"word__media__film.mp4": b"\0\0\0\x18ftypmp42"}, "attached_object"),
            (
                {"word__media__dessin.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"},
                "attached_object",
            ),
            ({"word__embeddings__a": crafted.archive({"a": "b"})}, "unreadable_document"),
            ({"word__a.doc": b"\xd0\xcf\x11\xe0"}, "attached_object"),
            ({"xl__connections.xml": "<a/>"}, "connections"),
            ({"word__a.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "unreadable_document"),
            ({"word__a.xml": "<a>"}, "unreadable_document"),
            ({"..__..__a.xml": "<a/>"}, "unreadable_document"),
        ],
        ids="vba activex signature ole film svg archive old connections entity broken outside".split(),
    )
    def test_is_refused_for_what_it_holds(self, parts: dict[str, bytes | str], code: str) -> None:
        with pytest.raises(Refused, match=code):
            office.clean(papers.docx(**parts))

    def test_that_calls_itself_one_without_macros_and_isn_t_is_refused(self) -> None:
        types = inside(papers.docx())["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

        with pytest.raises(Refused, match="macros"):
            office.clean(crafted.archive({**inside(papers.docx()), "[Content_Types].xml": types}))

    def test_of_no_known_kind_is_refused(self) -> None:
        types = inside(papers.docx())["[Content_Types].xml"].replace(b"document.main", b"template.main")

        with pytest.raises(Refused, match="unreadable_document"):
            office.clean(crafted.archive({**inside(papers.docx()), "[Content_Types].xml": types}))

    def test_that_is_cut_short_is_refused(self) -> None:
        with pytest.raises(Refused, match="unreadable_document"):
            archives.unpacked(papers.docx()[:-30])

    def test_behind_something_else_is_refused(self) -> None:
        with pytest.raises(Refused, match="polyglot"):
            office.clean(b"PK\x05\x06" + papers.docx())

    def test_that_is_locked_is_refused(self) -> None:
        sent = bytearray(papers.docx())
        for start in (b"PK\x03\x04", b"PK\x01\x02"):
            sent[sent.index(start) + (6 if start[2] == 3 else 8)] |= 1

        with pytest.raises(Refused, match="locked_document"):
            office.clean(bytes(sent))

    def test_in_a_document_in_a_document_in_a_document_is_refused(self) -> None:
        inner = papers.docx()
        for _level in range(2):
            inner = papers.docx(word__embeddings__a=inner)
        assert MARK.encode() not in office.clean(inner).data

        with pytest.raises(Refused, match="bomb"):
            office.clean(papers.docx(word__embeddings__a=inner))


class TestATable:
    @pytest.fixture
    def cleaned(self) -> Cleaned:
        book = openpyxl.Workbook()
        book.properties.creator = book.properties.lastModifiedBy = book.properties.company = MARK
        book.active["A1"] = "Bonjour"
        book.active["A1"].comment = Comment("À vérifier", MARK)
        book.create_sheet("Cachée").sheet_state = "hidden"
        out = io.BytesIO()
        book.save(out)
        return office.clean(out.getvalue())

    def test_opens_with_its_cells_and_without_its_author(self, cleaned: Cleaned) -> None:
        book = openpyxl.load_workbook(io.BytesIO(cleaned.data))

        assert cleaned.extension == "xlsx"
        assert book.active["A1"].value == "Bonjour"
        assert book.active["A1"].comment.author == "Auteur·e"
        assert MARK.encode() not in b"".join(inside(cleaned.data).values())

    def test_tells_of_what_is_hidden(self, cleaned: Cleaned) -> None:
        assert codes(cleaned) >= {"hidden_stays", "comments_stay"}


class TestAnOpenDocument:
    def test_names_nobody_and_keeps_its_text(self) -> None:
        cleaned = opendocument.clean(papers.odt())
        kept = inside(cleaned.data)

        assert MARK.encode() not in b"".join(kept.values())
        assert b"Bonjour" in kept["content.xml"]
        assert "Thumbnails" not in kept["META-INF/manifest.xml"].decode()
        assert next(iter(kept)) == "mimetype"
        assert cleaned.extension == "odt"
        assert codes(cleaned) == {"comments_stay"}
        assert opendocument.clean(cleaned.data).data == cleaned.data

    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            ({"Basic__Standard__Module1.xml": "<a/>"}, "macros"),
            ({"META-INF__documentsignatures.xml": "<a/>"}, "signed"),
            ({"Object": b"\xd0\xcf\x11\xe0"}, "attached_object"),
            ({"META-INF__manifest.xml": "<a><encryption-data/></a>"}, "locked_document"),
            ({"content.xml": "<a><script><b/></script></a>"}, "macros"),
            ({"mimetype": "application/zip"}, "unreadable_document"),
        ],
        ids="basic signature object locked script type".split(),
    )
    def test_is_refused_for_what_it_holds(self, parts: dict[str, bytes | str], code: str) -> None:
        with pytest.raises(Refused, match=code):
            opendocument.clean(papers.odt(**parts))


class TestAText:
    @pytest.mark.parametrize("text", ["nom;ville\nAïcha;Liège\n", "Bonjour"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_is_taken_as_it_is(self, text: str, encoding: str) -> None:
        sent = text.encode(encoding)

        assert take(sent, "csv", DOCUMENTS) == Cleaned(sent, "csv")

    def test_that_calls_itself_something_else_is_refused(self) -> None:
        with pytest.raises(Refused, match="misnamed"):
            take(b"Bonjour", "pdf", DOCUMENTS)
