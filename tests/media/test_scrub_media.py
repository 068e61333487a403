"""Files that were stored before cleaning was, or behind its back, are cleaned by a command."""

from __future__ import annotations

import datetime
import io
import os
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image as Picture
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import UploadedFile

from home.media import scrubbing
from home.models import Document, Image
from tests import factories
from tests.documents import small_png
from tests.media import crafted, papers
from tests.media.crafted import MARK

pytestmark = pytest.mark.django_db


def behind_its_back(instance: Any, data: bytes, extension: str) -> str:
    """Give *instance* a stored file that nothing has cleaned."""
    folder = instance.file.name.partition("/")[0]
    name = default_storage.save(f"{folder}/ancien.{extension}", ContentFile(data))
    type(instance).objects.filter(pk=instance.pk).update(file=name)
    instance.refresh_from_db()
    return str(name)


@pytest.fixture
def image() -> Image:
    image: Image = factories.ImageFactory()
    behind_its_back(image, crafted.photo("JPEG", orientation=6), "jpg")
    return image


@pytest.fixture
def document() -> Document:
    document: Document = factories.DocumentFactory()
    behind_its_back(document, papers.docx(), "docx")
    return document


@pytest.fixture
def scrub(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    def run(*options: str) -> str:
        out = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("scrub_media", *options, stdout=out)
        return out.getvalue()

    return run


def stored(file: Any) -> bytes:
    with default_storage.open(file.name) as opened:
        data: bytes = opened.read()
    return data


class TestScrubbing:
    def test_cleans_images_and_documents_and_says_so(
        self, image: Image, document: Document, scrub: Any
    ) -> None:
        old = [image.file.name, document.file.name]

        said = scrub()

        for model in (Image, Document):
            kept = model.objects.get()
            assert MARK.encode() not in stored(kept.file)
            assert kept.file_size == len(stored(kept.file))
            assert kept.file.name not in old
        assert "changé    original_images/ancien" in said
        assert "modifications suivies" in said
        assert "2 nettoyés ou supprimés, 0 à revoir" in said

    def test_deletes_the_old_files_and_what_was_made_of_them(self, image: Image, scrub: Any) -> None:
        old, made = image.file.name, image.get_rendition("width-40").file.name

        scrub()

        assert not default_storage.exists(old)
        assert not default_storage.exists(made)
        kept = Image.objects.get()
        assert not kept.renditions.exists()
        assert (kept.width, kept.height) == (48, 64)
        with Picture.open(io.BytesIO(stored(kept.get_rendition("width-40").file))) as again:
            assert again.height > again.width

    def test_changes_nothing_the_second_time(self, image: Image, document: Document, scrub: Any) -> None:
        scrub()
        names = [Image.objects.get().file.name, Document.objects.get().file.name]

        assert "0 nettoyés ou supprimés" in scrub()
        assert [Image.objects.get().file.name, Document.objects.get().file.name] == names

    def test_that_is_a_rehearsal_changes_nothing(self, image: Image, scrub: Any) -> None:
        before = stored(image.file)

        said = scrub("--dry-run")

        assert "1 à nettoyer" in said
        assert stored(Image.objects.get().file) == before

    @pytest.mark.parametrize(
        ("data", "words"),
        [(b"<svg/>", "un dessin SVG"), (b"%PDF-1.4 rien", "abîmé"), (b"\xd0\xcf\x11\xe0", "ancien")],
    )
    def test_that_fails_for_a_file_says_which_and_goes_on(
        self, image: Image, document: Document, scrub: Any, data: bytes, words: str, capsys: Any
    ) -> None:
        name = behind_its_back(factories.DocumentFactory(), data, "pdf")
        out = io.StringIO()

        with pytest.raises(CommandError):
            call_command("scrub_media", stdout=out)

        assert f"À REVOIR  {name}" in out.getvalue()
        assert words in out.getvalue()
        assert MARK.encode() not in stored(Image.objects.get().file)

    def test_tells_of_a_file_that_is_missing(self, image: Image) -> None:
        default_storage.delete(image.file.name)
        out = io.StringIO()

        with pytest.raises(CommandError):
            call_command("scrub_media", stdout=out)

        assert "Le fichier manque" in out.getvalue()

    def test_cleans_what_wagtail_keeps_aside(self, scrub: Any) -> None:
        aside = UploadedFile.objects.create(file=ContentFile(small_png(), name="a.png"))
        behind_its_back(aside, crafted.photo("PNG"), "png")

        scrub()

        assert MARK.encode() not in stored(UploadedFile.objects.get().file)

    def test_cleans_a_file_larger_than_one_may_send_today(
        self, image: Image, scrub: Any, settings: Any
    ) -> None:
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10

        assert "0 à revoir" in scrub()

    def test_asks_the_storage_for_no_path(
        self, image: Image, document: Document, scrub: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """S3 has none."""
        for file in (image.file, document.file):
            monkeypatch.setattr(
                type(file), "path", property(lambda file: pytest.fail("a path was asked for"))
            )

        assert "2 nettoyés" in scrub()


class TestARunThatWasKilled:
    def test_before_the_database_knew_shows_what_was_shown_and_the_next_one_cleans(
        self, image: Image, scrub: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = image.file.name

        def killed(*args: Any, **kwargs: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(scrubbing.transaction, "atomic", killed)
            with pytest.raises(KeyboardInterrupt):
                scrub()
        assert Image.objects.get().file.name == old
        assert default_storage.exists(old)

        scrub()

        assert MARK.encode() not in stored(Image.objects.get().file)

    def test_before_the_old_file_was_deleted_leaves_it_to_the_next_one(
        self, image: Image, scrub: Any
    ) -> None:
        left = default_storage.save(f"original_images/{'a' * 32}.jpg", ContentFile(crafted.photo("JPEG")))
        young = default_storage.save(f"original_images/{'b' * 32}.jpg", ContentFile(b"en cours"))
        past = (timezone.now() - datetime.timedelta(hours=25)).timestamp()
        os.utime(default_storage.path(left), (past, past))

        said = scrub()

        assert f"changé    {left}" in said
        assert [default_storage.exists(name) for name in (left, young)] == [False, True]
