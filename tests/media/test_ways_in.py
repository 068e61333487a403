"""Whatever way a file comes in, what is stored is clean, and a file that can't be is refused with words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from home.media.cleaning import intake, limits
from home.media.files import CleanFile, FileRefused, file_fields
from home.models import Document, Image, Rendition, User
from tests import factories
from tests.conftest import SignIn
from tests.media import crafted, papers
from tests.media.arrivals import AJAX, check, report
from tests.media.crafted import MARK

pytestmark = pytest.mark.django_db


class TestADocument:
    def test_comes_in_clean_by_the_form_and_its_author_is_told_what_stays(
        self, writer: Client, new_files: Any
    ) -> None:
        answer = writer.post(
            reverse("wagtaildocs:add"),
            {"title": "Un rapport", "file": report(), "collection": 1},
            follow=True,
        )

        document = Document.objects.get()
        check(new_files.look())
        assert "des modifications suivies restent lisibles" in answer.content.decode()
        assert document.file_size == len(new_files.look()[document.file.name])

    def test_comes_in_clean_by_the_chooser(self, writer: Client, new_files: Any) -> None:
        prefix = "document-chooser-upload-"
        form = {f"{prefix}title": "x", f"{prefix}collection": 1, f"{prefix}file": report()}

        writer.post(reverse("wagtaildocs_chooser:create"), form)

        assert Document.objects.count() == 1
        check(new_files.look())

    def test_comes_in_clean_among_several(self, writer: Client, new_files: Any) -> None:
        writer.post(reverse("wagtaildocs:add_multiple"), {"files[]": report(), "title": "x"}, headers=AJAX)

        assert Document.objects.count() == 1
        check(new_files.look())
        assert "modifications suivies" in writer.get(reverse("wagtaildocs:index")).content.decode()

    def test_comes_in_clean_in_the_place_of_another(self, writer: Client, new_files: Any) -> None:
        document = factories.DocumentFactory()

        writer.post(
            reverse("wagtaildocs:edit", args=[document.pk]), {"title": "x", "collection": 1, "file": report()}
        )

        check(new_files.look())
        assert Document.objects.get().file.name.endswith(".docx")

    def test_comes_in_clean_by_code(self, new_files: Any) -> None:
        file = ContentFile(papers.saved(papers.report()), name="Amina.pdf")

        Document.objects.create(title="x", file=file, collection=Collection.get_first_root_node())

        stored = next(iter(new_files.look().values()))
        assert MARK.encode() not in papers.unpacked_pdf(stored)

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("rapport.docx", papers.docx(word__vbaProject=b"x"), "des macros"),
            ("rapport.pdf", b"<html></html>", "une page web"),
            ("rapport.pdf", b"%PDF-1.4" + b"0" * 21_000_000, "trop lourd"),
            ("rapport.pdf", b"%PDF-1.4" + b"0" * 30_000_000, "trop lourd"),
            ("rapport.odt", crafted.archive({"a": "b"}), "une archive"),
        ],
        ids=["macros", "html", "heavy", "too-heavy-to-keep", "zip"],
    )
    def test_that_is_none_is_refused_with_words(
        self, writer: Client, new_files: Any, name: str, data: bytes, words: str
    ) -> None:
        form = {"title": "x", "collection": 1, "file": SimpleUploadedFile(name, data)}

        answer = writer.post(reverse("wagtaildocs:add"), form)

        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert not new_files.look()


class TestEveryFieldOfFiles:
    def test_cleans_those_of_other_packages_as_well(self) -> None:
        assert {field.model for field in file_fields()} >= {
            Image,
            Document,
            Rendition,
            UploadedFile,
            UserProfile,
        }
        assert all(issubclass(field.attr_class, CleanFile) for field in file_fields())

    def test_is_found_in_every_model(self) -> None:
        every = {
            f for m in apps.get_models() for f in m._meta.concrete_fields if isinstance(f, models.FileField)
        }

        assert {(f.model, f.name) for f in every} == {(f.model, f.name) for f in file_fields()}

    def test_cleans_a_portrait(self, new_files: Any) -> None:
        profile = UserProfile.get_for_user(factories.volunteer())

        profile.avatar.save("Amina.jpg", ContentFile(crafted.photo("JPEG")))

        check(new_files.look())

    def test_tells_forms_that_know_nothing_of_it(self) -> None:
        profile = UserProfile.get_for_user(factories.volunteer())
        profile.avatar = ContentFile(b"<svg/>", name="x.jpg")

        with pytest.raises(ValidationError) as refused:
            profile.full_clean()

        assert "SVG" in str(refused.value.message_dict["avatar"])

    def test_keeps_nothing_aside_that_is_of_the_other_kind(self) -> None:
        kind = ContentType.objects.get_for_model(Image)

        with pytest.raises(FileRefused):
            UploadedFile.objects.create(file=report(), for_content_type=kind)


class TestAnUpload:
    def test_stays_in_memory(self, writer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """What lies in a temporary folder when the machine stops lies there, uncleaned, for long."""
        opened: list[Any] = []
        monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **kwargs: opened.append(args))
        monkeypatch.setattr(
            "django.core.files.temp.NamedTemporaryFile", lambda *args, **kwargs: opened.append(args)
        )
        large = SimpleUploadedFile("x.jpg", crafted.photo("JPEG", appended=bytes(5_000_000)))

        writer.post(
            reverse("wagtailimages:add"),
            {"title": "Une salle", "people": "nobody", "collection": 1, "file": large},
        )

        assert Image.objects.count() == 1
        assert not opened

    def test_that_is_much_too_large_leaves_only_its_size(self, writer: Client, rf: Any) -> None:
        request = rf.post("/", {"file": SimpleUploadedFile("x.pdf", bytes(25_000_000))})

        file = request.FILES["file"]

        assert (file.size, len(file.read())) == (25_000_000, 0)


def test_a_volunteer_s_answer_is_json_that_reads(sign_in: SignIn) -> None:
    user: User = factories.volunteer()

    answer = sign_in(user).post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": SimpleUploadedFile("a.png", b"rien"), "title": "x"},
        headers=AJAX,
    )

    assert "n’est pas une image" in json.loads(answer.content)["error_message"]


@pytest.mark.parametrize("kind", ["images", "docs"])
def test_a_file_that_finds_the_site_busy_is_told_so_in_words(
    kind: str, writer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0)
    image = SimpleUploadedFile("a.jpg", crafted.photo("JPEG"))

    with intake._one_at_a_time:
        answer = writer.post(
            reverse(f"wagtail{kind}:add_multiple"),
            {"files[]": image if kind == "images" else report(), "title": "x", "collection": 1},
            headers=AJAX,
        )

    assert "Réessayez dans une minute" in json.loads(answer.content)["error_message"]
