"""Whatever way an image comes in, what is stored is clean, and one that can't be is refused with words."""

from __future__ import annotations

import gc
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import Collection, UploadedFile

from home.media.files import FileRefused
from home.models import Image, Rendition
from tests import factories
from tests.media import crafted
from tests.media.arrivals import AJAX, check, photo
from tests.media.crafted import MARK

pytestmark = pytest.mark.django_db


class TestAnImage:
    form = {"title": "Une salle", "people": "nobody", "collection": 1}

    def test_comes_in_clean_by_the_form_and_its_shape_is_known(self, writer: Client, new_files: Any) -> None:
        answer = writer.post(reverse("wagtailimages:add"), {**self.form, "file": photo(orientation=6)})

        image = Image.objects.get()
        check(new_files.look())
        assert answer.status_code == 302
        assert (image.width, image.height) == (48, 64)
        assert image.file_size == len(new_files.look()[image.file.name])

    def test_comes_in_clean_by_the_chooser(self, writer: Client, new_files: Any) -> None:
        form = {f"image-chooser-upload-{name}": value for name, value in self.form.items()}

        answer = writer.post(
            reverse("wagtailimages_chooser:create"), {**form, "image-chooser-upload-file": photo()}
        )

        assert answer.status_code == 200
        assert Image.objects.count() == 1
        check(new_files.look())

    @pytest.mark.filterwarnings(
        "ignore::pytest.PytestUnraisableExceptionWarning"
    )  # Wagtail leaves the file open
    def test_comes_in_clean_among_several_even_while_its_form_waits(
        self, writer: Client, new_files: Any
    ) -> None:
        answer = writer.post(
            reverse("wagtailimages:add_multiple"),
            {"files[]": photo(orientation=6), "title": "x"},
            headers=AJAX,
        )
        waiting = UploadedFile.objects.get()

        check(new_files.look())
        assert answer.json()["success"]
        assert waiting.file.name.startswith("wagtail_uploads/")

        prefix = f"uploaded-image-{waiting.pk}-"
        writer.post(
            reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
            {f"{prefix}{name}": value for name, value in self.form.items()},
            headers=AJAX,
        )

        gc.collect()
        image = Image.objects.get()
        check(new_files.look())
        assert (image.width, image.height) == (48, 64)
        assert image.file_size == len(new_files.look()[image.file.name])

    def test_comes_in_clean_in_the_place_of_another(self, writer: Client, new_files: Any) -> None:
        image = factories.ImageFactory()

        writer.post(reverse("wagtailimages:edit", args=[image.pk]), {**self.form, "file": photo()})

        check(new_files.look())
        assert Image.objects.get().width == 64

    @pytest.mark.parametrize("how", ["save", "create", "file.save", "bulk_create", "full_clean"])
    def test_comes_in_clean_by_code(self, how: str, new_files: Any) -> None:
        fields: dict[str, Any] = {"title": "x", "collection": Collection.get_first_root_node()}
        file = ContentFile(crafted.photo("JPEG", orientation=6), name="Amina.png")

        if how == "create":
            Image.objects.create(**fields, file=file)
        elif how == "bulk_create":
            Image.objects.bulk_create([Image(**fields, file=file)])
        else:
            image = Image(**fields, file=file if how != "file.save" else None)
            if how == "full_clean":
                image.full_clean()
                assert (image.width, image.height) == (48, 64)
            if how == "file.save":
                image.file.save("Amina.png", file, save=False)
            image.save()

        check(new_files.look())
        assert Image.objects.get().file.name.endswith(".jpg")
        if how != "bulk_create":
            assert (Image.objects.get().width, Image.objects.get().height) == (48, 64)

    def test_is_refused_by_code_as_well(self, new_files: Any) -> None:
        with pytest.raises(FileRefused, match="SVG"):
            Image(title="x", file=ContentFile(b"<svg><script/></svg>", name="x.png")).save()

        assert not new_files.look()

    @pytest.mark.parametrize("name", crafted.FORMATS)
    def test_of_every_format_leaves_no_trace_in_its_recropped_ones(self, name: str, new_files: Any) -> None:
        image = factories.ImageFactory(file=ContentFile(crafted.photo(name), name="a"))

        for target in ("jpeg", "png", "webp", "avif"):
            image.get_rendition(f"width-40|format-{target}")

        check(new_files.look(), 5)
        for rendition in Rendition.objects.all():
            with rendition.file.open() as stored, Picture.open(io.BytesIO(stored.read())) as opened:
                assert not opened.getexif()

    @pytest.mark.parametrize("target", ["jpeg", "png", "webp", "avif"])
    def test_that_was_stored_before_cleaning_leaves_no_trace_in_its_recropped_ones(self, target: str) -> None:
        image = factories.ImageFactory()
        name = default_storage.save("original_images/ancienne.jpg", ContentFile(crafted.photo("JPEG")))
        Image.objects.filter(pk=image.pk).update(file=name)

        rendition = Image.objects.get(pk=image.pk).get_rendition(f"width-40|format-{target}")

        with rendition.file.open() as stored:
            assert MARK.encode() not in stored.read()
        default_storage.delete(name)

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "un dessin SVG"),
            ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "un dessin SVG"),
            ("photo.jpg", b"%PDF-1.4", "pas une image"),
            ("photo.jpg", crafted.archive({"a": "b"}), "une archive"),
            ("photo.jpg", b"\xff\xd8\xff" + b"0" * 11_000_000, "trop lourd"),
            ("photo.png", crafted.png(60_000, 60_000, b""), "trop de points"),
            ("photo.png", b"\x89PNG\r\n\x1a\n", "abîmée"),
        ],
        ids=["svg", "svg-in-disguise", "pdf", "zip", "heavy", "bomb", "damaged"],
    )
    @pytest.mark.parametrize("several", [False, True])
    def test_that_is_none_is_refused_with_words(
        self, writer: Client, new_files: Any, name: str, data: bytes, words: str, several: bool
    ) -> None:
        file = SimpleUploadedFile(name, data)

        if several:
            answer = writer.post(
                reverse("wagtailimages:add_multiple"), {"files[]": file, "title": "x"}, headers=AJAX
            )
            said = answer.json()["error_message"]
        else:
            answer = writer.post(reverse("wagtailimages:add"), {**self.form, "file": file})
            said = answer.content.decode()

        assert answer.status_code == 200
        assert words in said
        assert not new_files.look()
        assert not Image.objects.exists()
