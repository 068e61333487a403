"""Something outside the code is gone: a clear word, nothing half done, and reading goes on where it can."""

from __future__ import annotations

import errno
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core import mail
from django.core.cache import cache, caches
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from home.delivery import readiness
from home.delivery.outbox import send_waiting
from home.models import Document, Image, Invitation, User, WaitingMail
from home.pages import outages
from home.pages.outages import outage_behind
from tests import editor, factories
from tests.conftest import SignIn
from tests.media.test_consent_form import AJAX, fields, photo
from tests.moderation import test_content_reports as reports
from tests.people import test_invitations as invitations
from tests.site_ocu.processes import free_port

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/blog/", "/pratiques/", "/territoires/", "/recherche/?q=accueil", "/mentions-legales/"]


@pytest.fixture(autouse=True)
def probes_ask_anew() -> None:
    readiness.forget_answers()


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


class TestWhatIsBehindAnError:
    @pytest.mark.parametrize(
        ("error", "outage"),
        [
            (OperationalError("unable to open database file"), outages.DATABASE),
            (OperationalError("connection to server at « base » failed"), outages.DATABASE),
            (OperationalError("database or disk is full"), outages.DISK_FULL),
            (OperationalError("could not extend file: No space left on device"), outages.DISK_FULL),
            (OperationalError("attempt to write a readonly database"), outages.READ_ONLY),
            (OperationalError("database is locked"), outages.BUSY),
            (OSError(errno.ENOSPC, "plein"), outages.DISK_FULL),
            (OSError(errno.EDQUOT, "plein"), outages.DISK_FULL),
            (OSError(errno.EROFS, "fermé"), outages.READ_ONLY),
            (PermissionError(errno.EACCES, "fermé"), outages.READ_ONLY),
            (smtplib.SMTPServerDisconnected("parti"), outages.MAIL),
            (EndpointConnectionError(endpoint_url="https://s3"), outages.FILES),
            (FileNotFoundError(errno.ENOENT, "absent"), None),
            (KeyError("faute"), None),
            (None, None),
        ],
    )
    def test_is_told_apart(self, error: Exception | None, outage: outages.Outage | None) -> None:
        assert outage_behind(error) == outage

    def test_is_found_below_what_others_made_of_it(self) -> None:
        error = ValueError("autre chose")
        error.__cause__ = OSError(errno.ENOSPC, "plein")

        assert outage_behind(error) == outages.DISK_FULL

    def test_of_a_mail_server_that_refuses_is_not_a_fault_of_ours(self) -> None:
        with pytest.raises(ConnectionRefusedError) as refused:
            smtplib.SMTP("127.0.0.1", free_port(), timeout=1)

        assert outage_behind(refused.value) == outages.MAIL
        assert outage_behind(ConnectionRefusedError()) is None


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(CursorWrapper, "execute", gone)


@pytest.mark.usefixtures("no_database")
class TestWithoutADatabase:
    @pytest.mark.parametrize("address", ["/", "/blog/", "/rien/", "/recherche/?q=a"])
    def test_a_page_says_so_and_when_to_come_back(self, reader: Client, address: str) -> None:
        answer = reader.get(address)

        assert answer.status_code == 503
        assert answer["Retry-After"] == "120"
        assert answer["Cache-Control"] == "no-store"
        assert "La base de données ne répond pas" in answer.content.decode()
        assert not answer.cookies

    def test_the_process_is_alive_and_the_site_is_not_ready(self, reader: Client) -> None:
        assert reader.get("/healthz").status_code == 200
        ready = reader.get("/readyz")
        assert ready.status_code == 503
        assert "database" in ready.content.decode()


class TestAFullDisk:
    @pytest.fixture
    def full(self) -> Iterator[None]:
        if connection.vendor != "sqlite":
            pytest.skip("SQLite can be told that its disk is full")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count")
            (most,) = cursor.fetchone()
            cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the number of those there are
            yield
            cursor.execute(f"PRAGMA max_page_count = {most}")

    def test_is_told_to_whoever_saves_and_nobody_who_reads(
        self, request: pytest.FixtureRequest, reader: Client
    ) -> None:
        post = factories.BlogPostPageFactory(title="Au marché")
        writer = signed_in(factories.administrator())
        body = streamfield([("paragraph", rich_text(f"<p>{'x' * 200_000}</p>"))])
        form = editor.post_form(title="Autre titre", territory=post.territory, body=body)
        request.getfixturevalue("full")

        answer = writer.post(reverse("wagtailadmin_pages:edit", args=[post.pk]), form)

        assert answer.status_code == 503
        html = answer.content.decode()
        assert "Le disque du site est plein" in html
        assert "votre navigateur" in html.lower()
        post.refresh_from_db()
        assert post.title == post.get_latest_revision_as_object().title == "Au marché"
        assert reader.get(post.get_url()).status_code == 200


@pytest.fixture(params=["redis", "file"])
def no_cache(request: pytest.FixtureRequest, settings: Any, tmp_path: Any) -> Iterator[None]:
    (tmp_path / "file").write_text("")
    settings.CACHES = {
        "default": {
            "redis": {
                "BACKEND": "home.delivery.caches.RedisCache",
                "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
            },
            "file": {
                "BACKEND": "home.delivery.caches.FileBasedCache",
                "LOCATION": str(tmp_path / "file" / "cache"),
            },
        }[request.param]
    }
    yield
    caches["default"].close()


@pytest.mark.usefixtures("no_cache")
class TestWithoutACache:
    @pytest.mark.parametrize("address", PUBLIC)
    def test_the_public_site_answers(self, reader: Client, address: str) -> None:
        assert reader.get(address).status_code == 200

    def test_a_form_takes_what_it_is_sent(self, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reports.open_forms, "FASTEST", -1)

        answer = reader.post("/signaler/", reports.filled_in(reader))

        assert answer.status_code == 302
        assert reports.ContentReport.objects.count() == 1

    def test_the_probe_tells(self, reader: Client) -> None:
        assert reader.get("/healthz").status_code == 200
        ready = reader.get("/readyz")
        assert (ready.status_code, ready.content.decode()) == (503, "not ready: cache")

    def test_every_question_is_answered_as_if_it_were_empty(self) -> None:
        cache.set("a", 1)
        cache.set_many({"a": 1})
        cache.clear()

        assert cache.get("a", "rien") == "rien"
        assert cache.get_many(["a"]) == {}
        assert cache.add("a", 1) is True
        assert cache.touch("a") is False
        assert cache.delete("a") is False
        assert "a" not in cache
        assert cache.get_or_set("a", "calculé") == "calculé"
        assert cache.incr("a") == 1, "a limit that counts here lets everybody pass"


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


class TestWithoutAMailServer:
    def test_a_form_is_taken_and_its_mail_leaves_later_once(
        self, reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.moderator()
        monkeypatch.setattr(reports.open_forms, "FASTEST", -1)
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = (
            "django.core.mail.backends.smtp.EmailBackend",
            free_port(),
        )

        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = reader.post("/signaler/", reports.filled_in(reader, kind="recognisable"))

        assert answer.status_code == 302
        assert WaitingMail.objects.count() == 1
        assert send_waiting() == 0
        settings.EMAIL_BACKEND = working
        assert [send_waiting(), send_waiting()] == [1, 0]
        assert len(mail.outbox) == 1
        assert not WaitingMail.objects.exists()

    @pytest.mark.usefixtures("no_mail")
    def test_whoever_invites_hears_that_the_invitations_wait(self) -> None:
        factories.SessionFactory(number=29)
        factories.TerritoryPageFactory(title="Liège")
        moderator = signed_in(factories.moderator())
        line = "amina@exemple.org; Amina Kadi; 29; Liège; "

        with TestCase.captureOnCommitCallbacks(execute=True):
            initial = invitations.check(moderator, line).context["form"].initial
            moderator.post(reverse("invite"), {**initial, "send": "1"})
            html = ""
        with TestCase.captureOnCommitCallbacks(execute=True):
            again = reverse("invite_again", args=[Invitation.objects.get().pk])
            html = moderator.post(again, follow=True).content.decode()

        assert "Le serveur de courrier ne répond pas" in html


class Closed(FileSystemStorage):
    """Reads, and writes nothing."""

    number = errno.EROFS

    def _save(self, name: str, content: Any) -> str:
        raise OSError(self.number, "Read-only file system")


class Full(Closed):
    number = errno.ENOSPC


class TestMediaThatTakeNothing:
    @pytest.fixture(
        params=[(Closed, "n’accepte pas d’enregistrer"), (Full, "Le disque du site est plein")],
        ids=["read-only", "full"],
    )
    def words(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
        storage, words = request.param
        for model in (Image, Document):
            monkeypatch.setattr(model._meta.get_field("file"), "storage", storage())
        return str(words)

    @pytest.fixture(autouse=True)
    def own_transaction(self) -> Iterator[None]:
        """A request has one of its own, which the one around the test must not feel."""

        def over(**kwargs: Any) -> None:
            transaction.set_rollback(False)

        got_request_exception.connect(over)
        yield
        got_request_exception.disconnect(over)

    def test_are_told_to_whoever_uploads(self, sign_in: SignIn, words: str) -> None:
        answer = signed_in(factories.volunteer()).post(
            reverse("wagtailimages:add"), {**fields(people="nobody"), "file": photo()}
        )

        assert answer.status_code == 503
        assert words in answer.content.decode()
        assert not Image.objects.exists()

    def test_are_told_beside_the_file_of_several(self, words: str) -> None:
        answer = signed_in(factories.administrator()).post(
            reverse("wagtaildocs:add_multiple"),
            {
                "title": "Compte rendu",
                "collection": 1,
                "files[]": SimpleUploadedFile("liste.csv", b"lieu;jour\n"),
            },
            headers=AJAX,
        )

        assert answer.json()["success"] is False
        assert words in answer.json()["error_message"]
        assert not Document.objects.exists()

    def test_are_read_all_the_same(self, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        image = factories.ImageFactory()
        factories.BlogPostPageFactory(cover=image)
        rendition = image.get_rendition("width-100")
        monkeypatch.setattr(FileSystemStorage, "_save", Closed._save)
        monkeypatch.setattr(FileSystemStorage, "number", errno.EROFS, raising=False)

        assert reader.get(rendition.url).status_code == 200
        assert reader.get("/").status_code == 200

    @pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC], ids=["read-only", "full"])
    def test_let_pages_be_read_without_the_sizes_that_are_not_there_yet(
        self, reader: Client, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        post = factories.BlogPostPageFactory(cover=factories.ImageFactory())
        monkeypatch.setattr(FileSystemStorage, "_save", Closed._save)
        monkeypatch.setattr(FileSystemStorage, "number", number, raising=False)

        answer = reader.get(post.get_url())

        assert answer.status_code == 200
        assert post.title in answer.content.decode()


def test_a_fault_of_ours_stays_one(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home.search.views.render", lambda *args: 1 / 0)

    answer = reader.get("/recherche/?q=a")

    assert answer.status_code == 500
    assert "cassé de notre côté" in answer.content.decode()
