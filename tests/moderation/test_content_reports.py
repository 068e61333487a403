"""« Signaler un contenu »: anybody may, nothing typed is lost, and whoever has to know does."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.delivery import open_forms
from home.models import ContentReport
from home.moderation.queue import waiting_for
from home.moderation.report_form import HOURLY
from tests import factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everybody took their time to write."""
    monkeypatch.setattr(open_forms, "FASTEST", -1)


@pytest.fixture
def send(patient: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Send:
    """Open the form and send it, as a reader without an account."""

    def sent(client: Client | None = None, **fields: Any) -> Any:
        reader = client or Client()
        with django_capture_on_commit_callbacks(execute=True):
            return reader.post("/signaler/", filled_in(reader, **fields))

    return sent


def filled_in(reader: Client, **fields: Any) -> dict[str, Any]:
    """What a browser sends: the hidden time of the form, and what was typed."""
    html = reader.get("/signaler/").content.decode()
    (stamp,) = re.findall(r'name="opened"\s+value="([^"]+)"', html)
    typed = {"address": "", "kind": "mistake", "message": "La date est fausse.", "contact": "", "trap": ""}
    return {**typed, "opened": stamp, **fields}


class TestTheForm:
    def test_is_one_link_away_from_every_page(self) -> None:
        post = factories.BlogPostPageFactory(slug="au-marche")

        assert f'href="/signaler/?page={post.get_url()}"' in Client().get(post.get_url()).content.decode()
        for address in ("/", "/pratiques/", "/recherche/?q=x", "/mentions-legales/", "/rien/"):
            html = Client().get(address).content.decode()
            assert f'href="/signaler/?page={address.split("?")[0]}"' in html

    def test_names_the_page_it_was_opened_from(self) -> None:
        post = factories.BlogPostPageFactory(title="Une journée au marché")

        html = Client().get("/signaler/", {"page": post.get_url()}).content.decode()

        assert "Une journée au marché" in html
        assert f'name="address" value="{post.get_url()}"' in html

    def test_tells_nobody_the_title_of_a_draft(self) -> None:
        draft = factories.BlogPostPageFactory(title="Encore secret", live=False)

        html = Client().get("/signaler/", {"page": f"/blog/{draft.slug}/"}).content.decode()

        assert "Encore secret" not in html

    @pytest.mark.parametrize(
        "address", ["http://[", "///", "?", "x" * 9000, "/blog/\r\nBcc: x@y", "<script>"]
    )
    def test_bears_any_address(self, address: str) -> None:
        response = Client().get("/signaler/", {"page": address})

        assert response.status_code == 200
        assert "<script>" not in response.content.decode()

    def test_is_neither_kept_nor_indexed_and_sets_no_cookie(self, send: Send) -> None:
        reader = Client()

        for response in (reader.get("/signaler/"), reader.get("/signaler/?envoye=oui"), send(reader)):
            assert response["Cache-Control"] == "no-store, private"
            assert "noindex" in response["X-Robots-Tag"]
        assert reader.cookies == {}

    def test_works_for_a_browser_that_sends_no_token(self, send: Send) -> None:
        assert send(Client(enforce_csrf_checks=True)).status_code == 302
        assert ContentReport.objects.count() == 1

    def test_accepts_nothing_but_reading_and_sending(self) -> None:
        assert Client().delete("/signaler/").status_code == 405


class TestSending:
    def test_keeps_the_report_with_its_page(self, send: Send) -> None:
        post = factories.BlogPostPageFactory()

        response = send(address=post.get_url(), kind="mistake", message="C’était en mai.", contact="a@b.fr")

        report = ContentReport.objects.get()
        assert response["Location"] == "/signaler/?envoye=oui"
        assert report.page == post.page_ptr
        assert (report.kind, report.message, report.contact) == ("mistake", "C’était en mai.", "a@b.fr")

    @pytest.mark.parametrize("given", ["http://testserver{}", "{}?theme=sante#ici", "  {} "])
    def test_recognises_the_page_by_its_whole_address(self, send: Send, given: str) -> None:
        post = factories.BlogPostPageFactory()

        send(address=given.format(post.get_url()))

        assert ContentReport.objects.get().page == post.page_ptr

    def test_keeps_an_address_it_does_not_know_as_text_on_one_line(self, send: Send) -> None:
        send(address="la page sur\r\nLiège")
        send(address="https://ailleurs.example/blog/")

        assert [(report.page, report.address) for report in ContentReport.objects.all()] == [
            (None, "la page sur Liège"),
            (None, "https://ailleurs.example/blog/"),
        ]

    def test_says_what_happens_next(self, send: Send) -> None:
        thanks = Client().get("/signaler/?envoye=oui").content.decode()
        reply = send(kind="reply", message="Ma réponse.")["Location"]

        assert "le plus souvent sous trois jours" in thanks
        assert "a trois jours pour insérer votre réponse" in Client().get(reply).content.decode()

    def test_without_words_gives_back_the_rest_and_says_why_in_french(self, send: Send) -> None:
        html = send(kind="unlawful", message="  ", contact="pas une adresse").content.decode()

        assert "Écrivez ce qui se passe" in html
        assert "Saisissez une adresse" in html
        assert 'value="pas une adresse"' in html
        assert re.search(r'value="unlawful"[^>]*checked', html)
        assert 'aria-invalid="true"' in html
        assert not ContentReport.objects.exists()

    def test_with_too_many_words_gives_them_back(self, send: Send) -> None:
        html = send(message="mot " * 1500).content.decode()

        assert "5000" in html
        assert "mot mot mot" in html

    @pytest.mark.parametrize(
        "wrong", [{"message": "a\x00b"}, {"kind": "autre-chose"}, {"contact": "a@b.fr\nBcc: c@d.fr"}]
    )
    def test_refuses_what_no_browser_sends(self, send: Send, wrong: dict[str, str]) -> None:
        assert send(**wrong).status_code == 200
        assert not ContentReport.objects.exists()


class TestRobots:
    def test_are_held_back_by_the_field_that_people_do_not_see(self, send: Send) -> None:
        html = send(trap="https://pilules.example", message="Achetez").content.decode()

        assert "envoyez-le une seconde fois" in html
        assert "Achetez" in html
        assert "pilules.example" not in html, "or it would be sent again with the second try"
        assert not ContentReport.objects.exists()

    def test_are_faster_than_people_who_may_send_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reader = Client()
        fields = filled_in(reader, message="Vite")

        first = reader.post("/signaler/", fields)
        monkeypatch.setattr(open_forms, "FASTEST", -1)  # two seconds later
        (stamp,) = re.findall(r'name="opened"\s+value="([^"]+)"', first.content.decode())
        second = reader.post("/signaler/", fields)

        assert "envoyez-le une seconde fois" in first.content.decode()
        assert "Vite" in first.content.decode()
        assert stamp == fields["opened"], "the time already waited counts"
        assert second.status_code == 302

    @pytest.mark.parametrize("stamp", ["", "inventé", ":1:2"])
    def test_cannot_make_up_the_time(self, patient: None, stamp: str) -> None:
        reader = Client()

        html = reader.post("/signaler/", filled_in(reader, opened=stamp)).content.decode()

        assert "envoyez-le une seconde fois" in html
        assert not ContentReport.objects.exists()

    def test_send_so_many_an_hour_and_no_more(self, send: Send) -> None:
        for _time in range(HOURLY):
            assert send().status_code == 302

        response = send(message="La onzième")

        assert response.status_code == 429
        assert "La onzième" in response.content.decode()
        assert "un peu plus tard" in response.content.decode()
        assert ContentReport.objects.count() == HOURLY
        assert send(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302, "others may go on"

    def test_are_told_apart_by_the_proxy_s_word_and_not_by_theirs(self, send: Send, settings: Any) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        for time in range(HOURLY):
            send(Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{time}, 192.0.2.1"))

        assert send(Client(HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1")).status_code == 429
        assert send(Client(HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.2")).status_code == 302

    def test_leave_no_address_in_cache_or_database(self, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
        kept: list[tuple[Any, ...]] = []
        keep = cache.add
        monkeypatch.setattr(cache, "add", lambda *some, **named: (kept.append(some), keep(*some, **named)))

        send(Client(REMOTE_ADDR="192.0.2.33"))

        ((key, _count, seconds),) = [some for some in kept if some[0].startswith("count:")]
        assert "192.0.2.33" not in key
        assert seconds <= 24 * 3600
        assert "192.0.2.33" not in str(ContentReport.objects.values().get())


class TestTheModeration:
    @pytest.mark.parametrize("kind", ["recognisable", "reply"])
    def test_hears_at_once_of_what_cannot_wait(self, send: Send, kind: str) -> None:
        people = [factories.moderator(), factories.administrator()]
        factories.moderator(is_active=False)
        factories.volunteer()

        send(kind=kind, message="Le garçon en bleu est mon fils, rue du Pot d’Or.")

        report = ContentReport.objects.get()
        assert sorted(to for message in mail.outbox for to in message.to) == sorted(p.email for p in people)
        assert f"http://testserver/admin/signalements/{report.pk}/" in mail.outbox[0].body
        assert "mon fils" not in mail.outbox[0].body, "what it says of people stays on the site"

    def test_finds_the_rest_in_the_queue(self, send: Send) -> None:
        moderator = factories.moderator()

        send(kind="mistake")
        send(kind="reply", message="Ma réponse.")

        reply, mistake = ContentReport.objects.order_by("-kind")
        items = {item.url: item for item in waiting_for(moderator)}
        first = items[reverse("content_report", args=[reply.pk])]
        assert first.due == reply.created_at + datetime.timedelta(days=3)
        assert items[reverse("content_report", args=[mistake.pk])].due is None
        assert [message.to for message in mail.outbox] == [[moderator.email]]

    def test_reads_what_was_said_and_notes_what_was_done(self, sign_in: SignIn) -> None:
        moderator, post = factories.moderator(), factories.BlogPostPageFactory()
        report = ContentReport.objects.create(
            page=post, kind="mistake", message="<b>Faux</b>", contact="a@b.fr"
        )
        client, address = sign_in(moderator), reverse("content_report", args=[report.pk])

        html = client.get(address).content.decode()
        empty = client.post(address, {"outcome": " "})
        done = client.post(address, {"outcome": "La date est corrigée."})

        assert "&lt;b&gt;Faux&lt;/b&gt;" in html
        assert reverse("wagtailadmin_pages:edit", args=[post.pk]) in html
        assert reverse("wagtailadmin_pages:unpublish", args=[post.pk]) in html
        assert "Dites ce qui a été fait" in empty.content.decode()
        assert done.status_code == 302
        report.refresh_from_db()
        assert (report.handled_by, report.outcome) == (moderator, "La date est corrigée.")
        assert not [item for item in waiting_for(moderator) if item.url == address]
        assert "La date est corrigée." in client.get(address).content.decode()

    def test_handles_a_report_once(self, sign_in: SignIn) -> None:
        report = ContentReport.objects.create(kind="other", message="Bonjour")
        address = reverse("content_report", args=[report.pk])

        sign_in(factories.moderator()).post(address, {"outcome": "Fait"})
        answer = sign_in(factories.moderator()).post(address, {"outcome": "Fait aussi"}, follow=True)

        assert "vient de traiter" in answer.content.decode()
        assert ContentReport.objects.get().outcome == "Fait"

    def test_lists_what_waits_and_what_is_done(self, sign_in: SignIn) -> None:
        ContentReport.objects.create(kind="mistake", message="Une", address="ici")
        ContentReport.objects.create(kind="other", message="Deux", handled_at=timezone.now())
        ContentReport.objects.create(
            kind="reply", message="Trois", created_at=timezone.now() - datetime.timedelta(days=4)
        )

        html = sign_in(factories.moderator()).get(reverse("content_reports")).content.decode()

        assert "Une information est fausse" in html
        assert "traité le" in html
        assert "en retard de" in html

    @pytest.mark.parametrize("make", [factories.volunteer, factories.referent])
    def test_alone_reads_reports(self, sign_in: SignIn, make: Callable[[], Any]) -> None:
        report = ContentReport.objects.create(kind="other", message="Entre nous")
        client = sign_in(make())

        for address in (reverse("content_reports"), reverse("content_report", args=[report.pk])):
            assert "Entre nous" not in client.get(address, follow=True).content.decode()
            client.post(address, {"outcome": "Rien"})
        assert ContentReport.objects.get().handled_at is None
        assert reverse("content_reports") not in client.get("/admin/").content.decode()
        assert waiting_for(client.get("/admin/").wsgi_request.user) == []

    def test_keeps_a_report_whose_page_is_deleted(self) -> None:
        post = factories.BlogPostPageFactory()
        report = ContentReport.objects.create(page=post, kind="other", message="x", address=post.get_url())

        post.delete()

        report.refresh_from_db()
        assert report.page is None
        assert report.address


class TestRetention:
    def test_forgets_the_contact_ninety_days_after_it_was_handled(self) -> None:
        now = timezone.now()
        for days in (91, 89):
            ContentReport.objects.create(
                kind="other", message="x", contact="a@b.fr", handled_at=now - datetime.timedelta(days=days)
            )
        ContentReport.objects.create(
            kind="other", message="x", contact="a@b.fr", created_at=now - datetime.timedelta(days=400)
        )

        call_command("run_periodic")
        call_command("run_periodic")

        assert [report.contact for report in ContentReport.objects.order_by("pk")] == ["", "a@b.fr", "a@b.fr"]
