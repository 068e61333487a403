"""A file is seen by whoever may read a page that shows it, from its publication until its end, and by nobody else."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import Document, Image, User
from home.moderation.shared_drafts import DraftLink
from site_ocu.settings import base
from tests import factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
File = Image | Document


def address(file: File) -> str:
    return str(file.get_rendition("width-100").url if isinstance(file, Image) else file.url)


def asked(client: Client, file: File) -> Any:
    response = client.get(address(file))
    if response.streaming:
        assert b"".join(response.streaming_content)  # type: ignore[arg-type]
    return response


def status(client: Client, file: File) -> int:
    return int(asked(client, file).status_code)


def body(file: File) -> list[tuple[str, Any]]:
    if isinstance(file, Document):
        return [("documents", {"documents": [file]})]
    return [("image", {"image": file, "alt": "Une salle", "caption": "", "credit": ""})]


def page_with(file: File, **fields: Any) -> Page:
    return factories.BlogPostPageFactory(body=body(file), **fields)


@pytest.fixture
def uploader() -> User:
    return factories.volunteer()


@pytest.fixture(params=["image", "document"])
def file(request: pytest.FixtureRequest, uploader: User) -> File:
    factory = factories.ImageFactory if request.param == "image" else factories.DocumentFactory
    uploaded: File = factory(uploaded_by_user=uploader)
    return uploaded


class TestAFile:
    def test_that_nothing_shows_is_for_who_sent_it_and_for_editors(
        self, file: File, uploader: User, sign_in: SignIn, client: Client
    ) -> None:
        assert status(client, file) == 404
        assert status(sign_in(factories.volunteer()), file) == 404
        assert status(sign_in(uploader), file) == 200
        assert status(sign_in(factories.moderator()), file) == 200

    def test_of_a_draft_is_not_public(self, file: File, client: Client) -> None:
        page_with(file, live=False)

        assert status(client, file) == 404

    def test_is_public_while_a_page_shows_it(self, file: File, client: Client) -> None:
        page = page_with(file)
        assert status(client, file) == 200

        page.unpublish()
        assert status(client, file) == 404

    def test_is_no_longer_public_when_another_takes_its_place(self, file: File, client: Client) -> None:
        page = page_with(file)
        page.body = factories.BODY
        revision = page.save_revision()
        assert status(client, file) == 200

        revision.publish()

        assert status(client, file) == 404

    def test_of_a_page_behind_a_password_is_for_who_has_it(self, file: File, client: Client) -> None:
        page = page_with(file)
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="ouvre-toi"
        )
        assert status(client, file) == 404

        session = client.session
        session[PageViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
        session.save()

        assert status(client, file) == 200
        assert "private" in asked(client, file)["Cache-Control"]

    def test_of_a_draft_is_for_partners_while_their_link_is_open(self, file: File, client: Client) -> None:
        page = page_with(file, live=False)
        page.specific.save_revision()
        link = DraftLink.objects.create(
            page=page, recipient="La mairie", expires_at=timezone.now() + datetime.timedelta(days=1)
        )
        assert status(client, file) == 200

        DraftLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())

        assert status(client, file) == 404


class TestAnImage:
    def test_that_nobody_published_is_kept_by_no_shared_cache(self, sign_in: SignIn) -> None:
        answer = asked(sign_in(factories.moderator()), factories.ImageFactory())

        assert answer["Cache-Control"] == "private, max-age=300"

    def test_that_is_published_is_asked_for_again_by_shared_caches(self, client: Client) -> None:
        image = factories.ImageFactory()
        page_with(image)

        assert asked(client, image)["Cache-Control"] == "public, max-age=31536000, s-maxage=300, immutable"

    @pytest.mark.parametrize(
        "folder", ["original_images", "documents", "wagtail_uploads", "avatar_images", "."]
    )
    def test_and_no_other_file_is_served_from_the_storage(self, folder: str) -> None:
        image, document = factories.ImageFactory(), factories.DocumentFactory()
        page_with(image), page_with(document)
        names = [image.file.name, document.file.name, f"{folder}/{image.file.name.split('/')[-1]}"]

        for name in [*names, f"images/../{image.file.name}", f"images/%2e%2e/{image.file.name}"]:
            assert Client().get(f"/media/{name}").status_code == 404
        assert not image.file.name.endswith("example.jpg")


class TestTheWayToTheFiles:
    """Nothing but the views above answers with a file that somebody sent."""

    def test_leads_through_no_other_server(self) -> None:
        assert "file_server" not in (ROOT / "deploy" / "Caddyfile").read_text()

    def test_is_not_that_of_the_static_files(self) -> None:
        media, static = Path(base.MEDIA_ROOT), Path(base.STATIC_ROOT)

        assert not media.is_relative_to(static)
        assert not static.is_relative_to(media)

    def test_has_no_address_of_the_storage(self) -> None:
        assert base.WAGTAILDOCS_SERVE_METHOD == "serve_view"
        assert factories.DocumentFactory().url.startswith("/documents/")


class TestADocument:
    def test_is_asked_for_again_each_time(self, client: Client) -> None:
        document = factories.DocumentFactory()
        page_with(document)

        answer = asked(client, document)

        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.get(document.url, headers={"if-none-match": answer["ETag"]}).status_code == 304

    def test_that_is_no_pdf_is_saved_and_can_do_nothing(self, client: Client) -> None:
        document = factories.DocumentFactory(title="Liste", file=ContentFile(b"a;b", name="a.csv"))
        page_with(document)

        answer = asked(client, document)

        assert answer["Content-Disposition"].startswith('attachment; filename="liste.csv"')
        policy = answer["Content-Security-Policy"].split("; ")
        assert "sandbox" in policy
        assert "default-src 'none'" in policy
        assert not [entry for entry in policy if entry.startswith(("script-src", "style-src"))]

    def test_of_a_collection_for_its_people_asks_who_it_is(self, client: Client) -> None:
        collection = Collection.get_first_root_node().add_child(name="À part")
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        document = factories.DocumentFactory(collection=collection)
        page_with(document)

        assert asked(client, document).status_code == 302
