"""Whatever is sent, a person gets an answer they understand."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from home.models import Document, Image
from practices.models import PracticePage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import create_sheet, edit, sheet_form

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def writer(sign_in: SignIn, territory: TerritoryPage) -> Client:
    return sign_in(factories.volunteer(territory))


class TestAnUpload:
    def upload(self, client: Client, name: str, content: bytes) -> str:
        file = SimpleUploadedFile(name, content)
        form = {"title": "Une photo", "file": file, "collection": 1}
        response = client.post(reverse("wagtailimages:add"), form)
        assert response.status_code == 200
        return str(response.content.decode())

    def test_that_is_no_image_is_refused(self, writer: Client) -> None:
        assert "abîmée" in self.upload(writer, "photo.png", b"\x89PNG\r\n\x1a\n puis n'importe quoi")
        assert not Image.objects.exists()

    def test_that_was_cut_short_is_refused(self, writer: Client) -> None:
        whole = factories.ImageFactory.build().file.read()

        assert "abîmée" in self.upload(writer, "photo.jpg", whole[: len(whole) // 2])
        assert not Image.objects.exists()

    def test_that_is_whole_is_taken(self, writer: Client) -> None:
        whole = factories.ImageFactory.build().file.read()
        file = SimpleUploadedFile("photo.jpg", whole)

        answer = writer.post(
            reverse("wagtailimages:add"),
            {"title": "Une photo", "file": file, "collection": 1, "people": "nobody"},
        )

        assert answer.status_code == 302
        assert Image.objects.get().width == 640

    def test_of_a_kind_that_is_not_taken_is_refused(self, writer: Client) -> None:
        assert (
            "svg" in self.upload(writer, "dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>").lower()
        )
        assert not Image.objects.exists()

    def test_that_is_too_big_is_refused_with_the_limit(self, writer: Client) -> None:
        assert "trop lourd" in self.upload(writer, "photo.png", b"\x89PNG" + b"0" * 11 * MEGABYTE)
        assert not Image.objects.exists()

    def test_that_is_empty_is_refused(self, writer: Client) -> None:
        assert "vide" in self.upload(writer, "photo.png", b"")

    def test_of_a_document_with_a_forbidden_ending_is_refused(self, writer: Client) -> None:
        form = {"title": "Un programme", "file": SimpleUploadedFile("x.exe", b"MZ"), "collection": 1}

        writer.post(reverse("wagtaildocs:add"), form)

        assert not Document.objects.exists()

    def test_of_many_at_once_says_which_one_failed(self, writer: Client) -> None:
        answer = writer.post(
            reverse("wagtailimages:add_multiple"),
            {"files[]": SimpleUploadedFile("photo.png", b"rien"), "title": "x"},
            headers={"x-requested-with": "XMLHttpRequest"},
        )

        assert answer.status_code == 200
        assert answer.json()["success"] is False


class TestATitle:
    def test_of_ten_megabytes_is_refused_with_a_word(self, writer: Client, territory: TerritoryPage) -> None:
        form = sheet_form(title="x", territory=territory) | {"title": "é" * 5 * MEGABYTE}

        answer = create_sheet(writer, form)

        assert answer.status_code == 200
        assert "100" in str(answer.context["form"].errors["title"])
        assert not PracticePage.objects.exists()

    def test_of_thirty_megabytes_is_too_much_for_the_server_which_says_so(
        self, writer: Client, territory: TerritoryPage
    ) -> None:
        form = sheet_form(title="x", territory=territory) | {"title": "é" * 15 * MEGABYTE}

        assert create_sheet(writer, form).status_code in {400, 413}

    def test_with_a_null_byte_is_refused(self, writer: Client, territory: TerritoryPage) -> None:
        answer = create_sheet(writer, sheet_form(title="x", territory=territory) | {"title": "a\x00b"})

        assert "title" in answer.context["form"].errors

    def test_without_a_letter_still_gets_an_address(self, writer: Client, territory: TerritoryPage) -> None:
        answer = create_sheet(writer, sheet_form(title="…", territory=territory) | {"slug": ""})

        assert answer.status_code in {200, 302}


class TestAField:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("territory", "999999"),
            ("territory", "liège"),
            ("practice_type", "x"),
            ("state", "inconnu"),
            ("state_date", "31/02/2020"),
            ("start", "hier"),
            ("checked_on", "demain"),
            ("checked_by", "-1"),
            ("cover", "abc"),
            ("theme_links-0-theme", "0"),
            ("body-0-type", "inconnu"),
            ("problem", "pas du JSON"),
            ("tags", "," * 300),
            ("slug", "é/../x"),
        ],
    )
    def test_that_makes_no_sense_is_pointed_at(
        self, writer: Client, territory: TerritoryPage, name: str, value: str
    ) -> None:
        answer = create_sheet(writer, sheet_form(title="Une permanence", territory=territory) | {name: value})

        assert answer.status_code in {200, 302, 400}

    def test_count_that_lies_is_answered(self, writer: Client, territory: TerritoryPage) -> None:
        form = sheet_form(title="Une permanence", territory=territory)

        for lie in (
            {"sources-TOTAL_FORMS": "9999"},
            {"sources-TOTAL_FORMS": "x"},
            {"body-count": "3"},
            {"body-count": "x"},
        ):
            assert create_sheet(writer, form | lie).status_code in {200, 302, 400}

    def test_of_a_page_that_is_gone_is_answered(self, writer: Client, territory: TerritoryPage) -> None:
        page = factories.PracticePageFactory()
        form = sheet_form(title="x", territory=territory)
        page.delete()

        page.pk = 99999
        assert edit(writer, page, form).status_code in {302, 404}


@pytest.mark.parametrize(
    "query",
    [
        "?p=9999",
        "?p=x",
        "?ordering=nimporte",
        "?q=%00",
        "?q=%ff",
        "?content_type=x",
        "?owner=abc",
        "?latest_revision_created_at_from=hier",
    ],
)
@pytest.mark.parametrize(
    "name", ["wagtailadmin_pages:search", "wagtailadmin_explore_root", "wagtailimages:index"]
)
def test_a_query_that_makes_no_sense_is_answered(writer: Client, name: str, query: str) -> None:
    assert writer.get(reverse(name) + query, follow=True).status_code in {200, 400, 404}
