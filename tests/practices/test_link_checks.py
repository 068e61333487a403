"""Links that die: found politely, never by asking our own network, and shown to those who can mend them."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.freshness import fetching, links
from practices.freshness.fetching import MayNotAskError, NoAnswerError, is_public, status_of
from practices.freshness.links import LinkCheck, check_links, links_of
from practices.models import PracticeActor, PracticePage, PracticeSource
from tests import factories
from tests.conftest import SignIn
from tests.moderation.test_digests import Clock

DEAD = "https://mort.example/rapport"
ALIVE = "https://vivant.example/"
DAY = datetime.timedelta(days=1)


def anywhere(address: str) -> bool:
    return True


class Server(ThreadingHTTPServer):
    """Answers each path with what ``answers`` says of it: a status and, if any, where it leads."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, tuple[int, str]] = {}
        self.asked: list[tuple[str, str, str]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        key = f"{self.command} {self.path}"
        status, location = server.answers.get(key) or server.answers.get(self.path, (200, ""))
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815  # the name that http.server looks for

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as server:
        monkeypatch.setattr(fetching, "WEB_PORTS", {server.server_port})
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class TestAsking:
    def test_asks_for_the_head_alone_and_says_who_asks(self, server: Server) -> None:
        assert status_of(server.url("/a?b=é"), allowed=anywhere) == 200

        assert server.asked == [("HEAD", "/a?b=%C3%A9", "OCU-liens/1 (+http://testserver)")]

    def test_asks_again_where_a_server_knows_no_head(self, server: Server) -> None:
        server.answers["HEAD /"] = (405, "")

        assert status_of(server.url("/"), allowed=anywhere) == 200
        assert [method for method, _path, _agent in server.asked] == ["HEAD", "GET"]

    def test_follows_redirections_but_not_for_ever(self, server: Server) -> None:
        server.answers = {"/ancien": (301, "/neuf"), "/neuf": (404, ""), "/ronde": (302, "/ronde")}

        assert status_of(server.url("/ancien"), allowed=anywhere) == 404
        with pytest.raises(NoAnswerError):
            status_of(server.url("/ronde"), allowed=anywhere)

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "::1",
            "fe80::1%eth0",
            "fc00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::a00:1",
            "::127.0.0.1",
            "::",
            "::ffff:169.254.169.254",
            "2001::1",  # Teredo
            "fec0::1",
            "ff02::1",
            "192.0.0.8",
            "198.18.0.1",
            "240.0.0.1",
            "255.255.255.255",
        ],
    )
    def test_never_asks_a_machine_that_is_not_public(self, address: str) -> None:
        assert not is_public(address)

    def test_asks_public_ones(self) -> None:
        assert is_public("93.184.215.14")
        assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")

    def test_opens_no_connection_to_itself(self, server: Server) -> None:
        for url in (server.url("/"), server.url("/").replace("127.0.0.1", "localhost")):
            with pytest.raises(MayNotAskError):
                status_of(url)
        assert server.asked == []

    @pytest.mark.parametrize(
        "host",
        [
            *(
                "2130706433",
                "0x7f000001",
                "017700000001",
                "127.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0",
                "127.0.0.1.",
            ),
            *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]"),
            *("①②⑦.⓪.⓪.①", "127。0。0。1", "169.254.169.254", "2852039166"),
        ],
    )
    def test_knows_its_own_machine_however_it_is_written(self, host: str, server: Server) -> None:
        with pytest.raises(NoAnswerError):
            status_of(f"http://{host}:{server.server_port}/")
        assert server.asked == []

    @pytest.mark.parametrize("port", [22, 25, 6379, 5432, 8000, 11211])
    def test_tries_no_other_door_of_a_machine(self, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            fetching.socket, "getaddrinfo", lambda *asked, **named: pytest.fail("was looked up")
        )

        with pytest.raises(MayNotAskError):
            status_of(f"http://exemple.org:{port}/")

    def test_connects_to_the_address_that_it_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A name that answers differently the second time (DNS rebinding) is not asked a second time."""
        answers = iter(["93.184.215.14", "127.0.0.1"])
        opened: list[Any] = []

        def connect(address: Any, timeout: float) -> Any:
            opened.append(address)
            raise OSError

        monkeypatch.setattr(
            fetching.socket, "getaddrinfo", lambda *asked, **named: [(2, 1, 6, "", (next(answers), 80))]
        )
        monkeypatch.setattr(fetching.socket, "create_connection", connect)

        with pytest.raises(NoAnswerError):
            status_of("http://deux-reponses.example/")
        assert opened == [("93.184.215.14", 80)]

    def test_reads_no_body_however_large(self, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
        sent = 0

        def pour(handler: Handler) -> None:
            nonlocal sent
            handler.send_response(200 if handler.command == "GET" else 405)
            handler.end_headers()
            with suppress(OSError):
                while handler.command == "GET" and sent < 200_000_000:
                    sent += handler.wfile.write(b"x" * 65536)

        monkeypatch.setattr(Handler, "do_HEAD", pour)
        monkeypatch.setattr(Handler, "do_GET", pour)

        assert status_of(server.url("/"), allowed=anywhere) == 200
        assert sent < 100_000_000

    def test_follows_to_no_other_kind_of_address(self, server: Server) -> None:
        for place in (
            "file:///etc/passwd",
            "gopher://127.0.0.1/",
            "//nom:mot@localhost/",
            "http://[::1]:22/",
        ):
            server.answers["/"] = (302, place)
            with pytest.raises(MayNotAskError):
                status_of(server.url("/"), allowed=anywhere)

    def test_looks_at_every_hop(self, server: Server) -> None:
        """The first server is taken for a public one; the place it sends to is not."""
        server.answers["/"] = (302, f"http://localhost:{server.server_port}/secret")
        hosts = iter([True, False])

        with pytest.raises(MayNotAskError):
            status_of(server.url("/"), allowed=lambda address: next(hosts))
        assert [path for _method, path, _agent in server.asked] == ["/"]

    def test_refuses_a_name_of_which_one_address_is_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
        monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *asked, **named: found)

        with pytest.raises(MayNotAskError):
            status_of("http://deux-visages.example/")

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "ftp://exemple.org/",
            "gopher://127.0.0.1/",
            "http://",
            "http://[",
            "http://nom:mot@exemple.org/",
            "http://" + "x" * 300 + ".example/",
            "http://exemple.org:99999/",
        ],
    )
    def test_refuses_what_is_no_address_of_the_web(self, url: str) -> None:
        with pytest.raises(NoAnswerError):
            status_of(url, allowed=anywhere)

    def test_calls_a_closed_door_no_answer(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetching, "WEB_PORTS", {9})
        closed = server.url("/").replace(str(server.server_port), "9")

        with pytest.raises(NoAnswerError):
            status_of(closed, allowed=anywhere)

    def test_hangs_up_on_a_server_that_drips(self, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
        monkeypatch.setattr(fetching, "DEADLINE", 0.2)
        drip = threading.Event()
        monkeypatch.setattr(Handler, "do_HEAD", lambda handler: drip.wait(5))

        with pytest.raises(NoAnswerError):
            status_of(server.url("/"), allowed=anywhere)
        drip.set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def allowed(settings: Any) -> None:
    settings.LINK_CHECKS = True


def answering(**answers: int | None) -> Callable[[str], int]:
    """Somebody else's servers, by the first word of their name; ``None`` never answers."""

    def ask(url: str) -> int:
        status = answers[url.removeprefix("https://").partition(".")[0]]
        if status is None:
            raise NoAnswerError("…")
        return status

    return ask


def sheet_with(*urls: str, **fields: Any) -> PracticePage:
    sources = [PracticeSource(title=f"S{n}", publisher="P", url=url) for n, url in enumerate(urls)]
    sheet: PracticePage = factories.PracticePageFactory(sources=sources, **fields)
    return sheet


def days_of(clock: Clock, count: int, ask: Callable[[str], int]) -> None:
    for _day in range(count):
        check_links(ask)
        clock.days_pass(1.01)


@pytest.mark.django_db
class TestTheLinksOfAPage:
    def test_are_those_of_its_rows_its_texts_and_its_blocks(self) -> None:
        sheet = factories.PracticePageFactory(
            sources=[PracticeSource(title="S", publisher="P", url="https://source.example/?a=1&b=2")],
            actors=[PracticeActor(name="A", url="https://acteur.example")],
            limits='<p>Voir <a href="https://limites.example/?a=1&amp;b=2">ici</a></p>',
            body=[
                ("paragraph", '<p><a href="https://texte.example/">le texte</a></p>'),
                ("links", {"links": [{"title": "T", "url": "https://bloc.example/", "description": ""}]}),
            ],
        )

        assert links_of(sheet) == {
            "https://source.example/?a=1&b=2",
            "https://acteur.example",
            "https://limites.example/?a=1&b=2",
            "https://texte.example/",
            "https://bloc.example/",
        }

    def test_are_followed_for_public_pages_alone(self, allowed: None) -> None:
        sheet_with("https://brouillon.example/", live=False)
        private = sheet_with("https://prive.example/")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        sheet_with(ALIVE)

        links.gather()

        assert [link.url for link in LinkCheck.objects.all()] == [ALIVE]

    def test_are_forgotten_with_their_page(self, allowed: None, clock: Clock) -> None:
        sheet = sheet_with(ALIVE)
        check_links(answering(vivant=200))
        sheet.unpublish()
        clock.days_pass(2)

        check_links(answering(vivant=200))

        assert not LinkCheck.objects.exists()


@pytest.mark.django_db
class TestARun:
    def test_asks_nobody_unless_it_is_allowed(self) -> None:
        sheet_with(ALIVE)

        call_command("run_periodic")

        assert check_links(answering()) == 0
        assert not LinkCheck.objects.exists()

    def test_asks_once_a_month(self, allowed: None, clock: Clock) -> None:
        sheet_with(ALIVE)
        asked: list[str] = []

        def ask(url: str) -> int:
            asked.append(url)
            return 200

        days_of(clock, 29, ask)
        assert len(asked) == 1
        days_of(clock, 3, ask)
        assert len(asked) == 2

    def test_asks_a_server_once(self, allowed: None) -> None:
        sheet_with(*(f"https://vivant.example/{n}" for n in range(5)), "https://autre.example/")

        assert check_links(answering(vivant=200, autre=200)) == 2

    def test_is_short(self, allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
        sheet_with(*(f"https://h{n}.example/" for n in range(15)))
        assert check_links(lambda url: 200) == links.A_RUN

        monkeypatch.setattr(links, "LONGEST_RUN", -1)
        assert check_links(lambda url: 200) == 0

    def test_says_nothing_when_nobody_answers(self, allowed: None, clock: Clock) -> None:
        sheet_with(DEAD, ALIVE)

        days_of(clock, 5, answering(mort=None, vivant=None))

        assert not LinkCheck.objects.exclude(failures=0).exists()

    def test_asks_a_witness_before_it_calls_the_only_link_dead(self, allowed: None, clock: Clock) -> None:
        sheet_with(DEAD, ALIVE)
        days_of(clock, 4, answering(mort=None, vivant=200))

        assert [link.url for link in LinkCheck.objects.dead()] == [DEAD]

    def test_leaves_what_another_one_has_taken(self, allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
        sheet_with(ALIVE)
        asked: list[str] = []

        def ask(url: str) -> int:
            asked.append(url)
            if len(asked) == 1:
                check_links(ask)  # the other one, meanwhile
            return 200

        check_links(ask)

        assert asked == [ALIVE]


@pytest.mark.django_db
class TestALinkIsDead:
    @pytest.mark.parametrize(
        ("status", "runs", "dead"),
        [
            (404, 1, False),
            (404, 2, True),
            (410, 2, True),
            (500, 2, False),
            (500, 4, True),
            (None, 4, True),
            (403, 9, False),
            (429, 9, False),
        ],
    )
    def test_after_failures_on_different_days(
        self, status: int | None, runs: int, dead: bool, allowed: None, clock: Clock
    ) -> None:
        sheet_with(DEAD, ALIVE)

        days_of(clock, runs, answering(mort=status, vivant=200))

        assert LinkCheck.objects.dead().exists() == dead

    def test_not_by_many_runs_of_one_day(self, allowed: None, clock: Clock) -> None:
        sheet_with(DEAD, ALIVE)

        for _run in range(9):
            check_links(answering(mort=404, vivant=200))

        assert not LinkCheck.objects.dead().exists()

    def test_until_it_answers_again(self, allowed: None, clock: Clock) -> None:
        sheet_with(DEAD, ALIVE)
        days_of(clock, 4, answering(mort=404, vivant=200))
        assert LinkCheck.objects.dead().exists()

        days_of(clock, 8, answering(mort=200, vivant=200))

        assert not LinkCheck.objects.dead().exists()


@pytest.fixture
def dead_link(db: None) -> LinkCheck:
    sheet = sheet_with(DEAD, title="=Fiche au lien mort")
    link = LinkCheck.objects.create(
        url=DEAD, status=404, failures=2, failed_since=timezone.now() - 9 * DAY, seen_at=timezone.now()
    )
    link.pages.add(sheet)
    return link


class TestTheReport:
    def test_shows_editors_the_page_the_link_and_since_when(
        self, dead_link: LinkCheck, sign_in: SignIn
    ) -> None:
        client = sign_in(factories.moderator())

        html = client.get(reverse("dead_links")).content.decode()
        table = b"".join(client.get(reverse("dead_links"), {"export": "csv"})).decode()

        for shown in (html, table):
            assert "Fiche au lien mort" in shown
            assert DEAD in shown
            assert "page introuvable (404)" in shown
        assert "'=Fiche" in table

    def test_is_for_editors(self, dead_link: LinkCheck, sign_in: SignIn) -> None:
        for person in (factories.volunteer(), factories.referent()):
            for name in ("dead_links", "dead_links_results"):
                response = sign_in(person).get(reverse(name))
                assert response.status_code in (302, 403)

    def test_is_counted_on_the_first_screen_of_editors(self, dead_link: LinkCheck, sign_in: SignIn) -> None:
        home = reverse("wagtailadmin_home")

        assert "Un lien ne répond plus" in sign_in(factories.moderator()).get(home).content.decode()
        assert "ne répond plus" not in sign_in(factories.volunteer()).get(home).content.decode()

    def test_forgets_a_page_that_is_public_no_more(self, dead_link: LinkCheck, sign_in: SignIn) -> None:
        for page in dead_link.pages.all():
            page.specific.unpublish()

        html = sign_in(factories.moderator()).get(reverse("dead_links")).content.decode()

        assert DEAD not in html
