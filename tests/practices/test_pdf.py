"""Sheets, selections and dossiers as PDF: what a program can check of them. (They were looked at as well.)"""

from __future__ import annotations

import datetime
import sys
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import ImageFile
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from home.models import Author, Image
from practices.models import Engagement, PracticePage, PracticeSource, TerritoryPage
from practices.pdf import documents, setting
from practices.pdf.files import OwnFiles, RefusedError
from practices.pdf.typography import NARROW, NBSP, lower_headings, no_breaks
from tests.factories import BlogPostPageFactory, ImageFactory, PracticePageFactory, TerritoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def pressed(before: str) -> list[str]:
    """The command of the process apart, with something else done first."""
    return [sys.executable, "-c", f"import sys; from practices.pdf import press; {before}; press.main()"]


def opened(address: str) -> PdfReader:
    response = Client().get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return PdfReader(BytesIO(response.content))


def text_of(pdf: PdfReader) -> str:
    words = " ".join(page.extract_text() for page in pdf.pages)
    return " ".join(words.replace("\u00ad", "").replace(NBSP, " ").replace(NARROW, " ").split())


def outline_of(entries: Any) -> list[str]:
    """The titles of the outline, whatever their depth."""
    titles: list[str] = []
    for entry in entries:
        titles += outline_of(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def fonts_of(pdf: PdfReader) -> list[Any]:
    """The descriptors of all fonts used."""
    found = []
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            whole = font.get_object() if isinstance(font, IndirectObject) else font
            for inner in whole.get("/DescendantFonts", [whole]):  # a font in parts
                described = inner.get_object()["/FontDescriptor"]
                found += [described.get_object()]
    return found


@pytest.fixture
def liege() -> TerritoryPage:
    place: TerritoryPage = TerritoryPageFactory(title="Liège", slug="liege")
    place.engagements.add(
        Engagement(
            title="La motion",
            date="2017-11-27",
            text="Former.",
            source_title="Magazine",
            source_publisher="Ville",
        )
    )
    place.save()
    return place


@pytest.fixture
def sheet(liege: TerritoryPage) -> PracticePage:
    page: PracticePage = PracticePageFactory(
        title="Une permanence à Liège",
        slug="une-permanence",
        territory=liege,
        themes=["sante"],
        limits="<p>Tout repose sur deux personnes.</p>",
        sources=[PracticeSource(title="Le rapport annuel", publisher="La maison", date="2022")],
    )
    return page


@pytest.mark.parametrize(
    "address",
    [
        "/pratiques/une-permanence/fiche.pdf",
        "/territoires/liege/dossier.pdf",
        "/pratiques/selection.pdf?theme=sante",
    ],
)
def test_every_document_can_be_read_by_everybody(sheet: PracticePage, address: str) -> None:
    pdf = opened(address)

    root: Any = pdf.trailer["/Root"]
    assert len(pdf.pages) > 0
    assert root["/Lang"] == "fr" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata and pdf.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert any({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts_of(pdf))
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts_of(pdf))
    assert "Une permanence à Liège" in outline_of(pdf.outline)
    assert "Limites et points de vigilance" in text_of(pdf)


class TestASheet:
    def test_holds_its_limits_its_sources_and_its_state(self, sheet: PracticePage) -> None:
        pdf = opened("/pratiques/une-permanence/fiche.pdf")

        words = text_of(pdf)
        assert "Tout repose sur deux personnes." in words
        assert "Le rapport annuel" in words and "En place" in words
        assert pdf.metadata and pdf.metadata.title == sheet.title

    def test_names_people_as_they_chose(self, sheet: PracticePage) -> None:
        Author.objects.update(pseudonym="Lune de Meuse")

        words = text_of(opened("/pratiques/une-permanence/fiche.pdf"))

        assert "Lune de Meuse" in words

    def test_says_when_it_is_archived(self, sheet: PracticePage) -> None:
        PracticePage.objects.filter(pk=sheet.pk).update(archived_on=datetime.date(2024, 5, 2))

        assert "Fiche archivée" in text_of(opened("/pratiques/une-permanence/fiche.pdf"))

    def test_shows_no_image_whose_agreement_ended(self, sheet: PracticePage) -> None:
        cover = ImageFactory()
        PracticePage.objects.filter(pk=sheet.pk).update(cover=cover)
        shown = opened("/pratiques/une-permanence/fiche.pdf")
        Image.objects.filter(pk=cover.pk).update(people="recognisable")  # and nobody agreed

        withheld = opened("/pratiques/une-permanence/fiche.pdf")

        assert sum(len(page.images) for page in shown.pages) > sum(
            len(page.images) for page in withheld.pages
        )

    @pytest.mark.parametrize("slug", ["rien", "brouillon"])
    def test_that_is_not_public_has_none(self, slug: str) -> None:
        PracticePageFactory(slug="brouillon", live=False)

        assert Client().get(f"/pratiques/{slug}/fiche.pdf").status_code == 404

    def test_is_not_set_again_for_who_has_it(self, sheet: PracticePage) -> None:
        first = Client().get("/pratiques/une-permanence/fiche.pdf")

        again = Client().get("/pratiques/une-permanence/fiche.pdf", headers={"if-none-match": first["ETag"]})

        assert again.status_code == 304


class TestASelection:
    def test_is_exactly_what_is_filtered(self, sheet: PracticePage) -> None:
        PracticePageFactory(title="Un atelier ailleurs", themes=["participation"])
        PracticePageFactory(title="Un brouillon", themes=["sante"], live=False)

        words = text_of(opened("/pratiques/selection.pdf?theme=sante"))

        assert "Une permanence à Liège" in words
        assert "Un atelier ailleurs" not in words and "Un brouillon" not in words

    def test_of_nothing_or_of_too_much_is_refused_with_words(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nothing = Client().get("/pratiques/selection.pdf?theme=participation")
        monkeypatch.setattr("practices.pdf.selection.MOST", 0)
        too_much = Client().get("/pratiques/selection.pdf")

        assert nothing.status_code == 404 and "Aucune fiche ne répond" in nothing.content.decode()
        assert (
            too_much.status_code == 400 and "un document en contient 0 au plus" in too_much.content.decode()
        )


class TestADossier:
    def test_gathers_context_engagements_sheets_posts_and_sources(
        self, sheet: PracticePage, liege: TerritoryPage
    ) -> None:
        BlogPostPageFactory(title="Une journée au marché", territory=liege)
        BlogPostPageFactory(title="Un billet caché", territory=liege, live=False)

        pdf = opened("/territoires/liege/dossier.pdf")

        titles = outline_of(pdf.outline)
        chapters = ["Contexte", "Engagements", "Pratiques", "Billets", "Sources réunies"]
        assert [title for title in titles if title in chapters] == chapters
        words = text_of(pdf)
        assert "La motion" in words and "Une journée au marché" in words and "Le rapport annuel" in words
        assert "Un billet caché" not in words
        assert f"/ {len(pdf.pages)}" in text_of(pdf) or f"sur {len(pdf.pages)}" in text_of(pdf)


class TestWhatADocumentMayUse:
    @pytest.mark.parametrize(
        "url",
        [
            "http://exemple.org/static/css/pdf.css",
            "http://testserver/static/js/copy.js",
            "http://testserver/static/css/rien.css",
            "file:///etc/passwd",
            "http://testserver/static/../settings.py",
            "http://testserver/static/css/../../manage.py",
            "http://testserver/admin/",
            "http://testserver/media/original_images/a.jpg",
            "http://169.254.169.254/latest/meta-data/",
            "data:text/html,x",
            "dessin:../../x",
        ],
    )
    def test_is_nothing_but_its_own_files(self, url: str) -> None:
        with pytest.raises((RefusedError, ValueError)):
            OwnFiles("http://testserver/").read(url)

    def test_is_its_own_style(self) -> None:
        assert OwnFiles("http://testserver/").read("http://testserver/static/css/pdf.css")

    def test_without_the_library_that_sets_type_is_said_in_words(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(*_args: Any) -> bytes:
            raise documents.UnavailableError("pango")

        monkeypatch.setattr(documents, "set_type", missing)

        response = Client().get("/pratiques/une-permanence/fiche.pdf")

        assert response.status_code == 503 and response["Retry-After"]
        assert "ne peut pas être mis en page" in response.content.decode()

    def test_waits_its_turn_and_says_so_when_it_takes_too_long(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(documents, "PATIENCE", 0)

        with documents.PRESS.take():
            response = Client().get("/pratiques/une-permanence/fiche.pdf")

        assert response.status_code == 503 and response["Retry-After"] == "30"
        assert "en même temps" in response.content.decode()

    def test_that_is_too_long_is_refused_with_words(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(documents, "MOST_LETTERS", 1000)
        monkeypatch.setattr(documents, "set_type", lambda *_args: pytest.fail("was set all the same"))

        response = Client().get("/pratiques/une-permanence/fiche.pdf")

        assert response.status_code == 413
        assert "Trop long pour un seul document" in response.content.decode()

    def test_is_said_in_words_when_the_system_lacks_pango(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setting, "COMMAND", pressed("sys.modules['weasyprint'] = None"))

        assert Client().get("/pratiques/une-permanence/fiche.pdf").status_code == 503


class TestTheProcessApart:
    def test_is_stopped_when_it_takes_too_long(
        self, sheet: PracticePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setting, "COMMAND", pressed("import time; time.sleep(60)"))
        monkeypatch.setattr(setting, "SECONDS", 0.2)

        response = Client().get("/pratiques/une-permanence/fiche.pdf")

        assert response.status_code == 413
        assert "Trop long pour un seul document" in response.content.decode()

    @pytest.mark.parametrize("wall", ["MEMORY = 400 * press.MEGABYTE", "SECONDS = 1"])
    def test_has_so_much_memory_and_time(self, wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(setting, "COMMAND", pressed(f"press.{wall}"))

        with pytest.raises(setting.TooMuchError):
            setting.set_type("<html lang='fr'><title>x</title>" + "<p>Un mot" * 20_000, "http://testserver/")

    def test_may_find_no_memory_and_forget_to_say_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Seen once of a layout at the wall: an interpreter that could not even make a MemoryError."""
        failing = "press.set_type = lambda *told: (_ for _ in ()).throw(SystemError('no exception set'))"
        monkeypatch.setattr(setting, "COMMAND", pressed(failing))

        with pytest.raises(setting.TooMuchError):
            setting.set_type("<p>Un mot", "http://testserver/")

    def test_that_fails_by_a_fault_of_ours_does_not_blame_the_document(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setting, "COMMAND", pressed("del press.set_type"))

        with pytest.raises(RuntimeError, match="set_type"):
            setting.set_type("<p>Un mot", "http://testserver/")

    def test_that_dies_while_it_is_told_something_is_one_document_less(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deaf = "import os, time; os.close(0); print('? dessin:x', flush=True); time.sleep(60)"
        monkeypatch.setattr(setting, "COMMAND", pressed(deaf))
        monkeypatch.setattr(setting, "SECONDS", 0.5)

        with pytest.raises(setting.TooMuchError):
            setting.set_type("<p>Un mot", "http://testserver/")

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "http://[",
            "dessin:../../x",
            "/static/../../x.css",
            "/static/css/rien.css",
            "/media/images/rien.jpg",
        ],
    )
    def test_does_without_what_it_is_refused(self, address: str) -> None:
        html = f"<html lang='fr'><title>x</title><p>Voici<img src='{address}' alt='une image'>"

        pdf = setting.set_type(html, "http://testserver/")

        assert "Voici" in PdfReader(BytesIO(pdf)).pages[0].extract_text()

    def test_does_not_let_images_into_the_site_that_were_cut_short(self) -> None:
        """WeasyPrint, once imported, has every image of its process read to where it stops."""
        setting.set_type("<html lang='fr'><title>x</title><p>x", "http://testserver/")

        assert not ImageFile.LOAD_TRUNCATED_IMAGES


class TestTypography:
    def test_keeps_signs_with_their_words_and_tags_as_they_are(self) -> None:
        assert no_breaks('<a title="a : b">Qui ?</a>') == f'<a title="a : b">Qui{NARROW}?</a>'
        assert no_breaks("« oui »") == f"«{NBSP}oui{NBSP}»"
        assert no_breaks("46 492 personnes") == f"46{NARROW}492{NBSP}personnes"

    def test_puts_a_document_inside_another(self) -> None:
        assert lower_headings("<h1>a</h1><h5>b</h5>", 2) == "<h3>a</h3><h6>b</h6>"
