"""Limits: who asks too often is told when to come back, nobody else notices, and no address is kept."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from home.delivery import counts, limits
from home.delivery.counts import count
from home.delivery.limits import LIMITS, Limit, seconds_to_wait
from home.delivery.open_forms import visitor
from tests import factories
from tests.moderation.test_digests import Clock
from tests.site_ocu.processes import ROOT, clean_environment

HOUR = 3600


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def on_files(settings: Any, tmp_path: Path) -> Path:
    """A site whose cache is on files, as one machine has it; the folder of its data."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache")}}
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(params=["the cache of the tests", "files"])
def any_cache(request: pytest.FixtureRequest) -> None:
    if request.param == "files":
        request.getfixturevalue("on_files")
    cache.clear()


@pytest.mark.usefixtures("any_cache")
class TestACount:
    def test_is_exact_however_many_count_at_once(self) -> None:
        with ThreadPoolExecutor(8) as people:
            numbers = list(people.map(lambda _n: count("une personne", HOUR)[0], range(200)))

        assert sorted(numbers) == list(range(1, 201))

    def test_is_of_one_visitor(self) -> None:
        for _n in range(3):
            count("une personne", HOUR)

        assert count("une autre", HOUR)[0] == 1

    def test_ends_with_its_stretch(self, clock: Clock) -> None:
        count("une personne", HOUR)
        number, left = count("une personne", HOUR)
        clock.days_pass(0.1)

        assert (number, count("une personne", HOUR)[0]) == (2, 1)
        assert 0 < left <= HOUR


class TestTheTable:
    def test_is_shared_by_processes(self, on_files: Path) -> None:
        counting = "print([count('x', 86400)[0] for n in range(300)][-1])"
        code = f"import django; django.setup(); from home.delivery.counts import count; {counting}"
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="site_ocu.settings.local",
            DATA_DIR=str(on_files),
            SECRET_KEY=sys.executable,
        )
        running = [
            subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
            for _n in range(2)
        ]
        last = [int(process.communicate(timeout=60)[0]) for process in running]

        assert max(last) == 600

    def test_is_as_large_for_many_as_for_one(self, on_files: Path) -> None:
        numbers = [count(f"personne {n}", HOUR)[0] for n in range(3000)]

        (table,) = (on_files / "counts").iterdir()
        assert table.stat().st_size <= counts.PLACES * counts.WIDTH
        assert numbers.count(1) > 2990

    def test_goes_when_its_stretch_is_over(self, on_files: Path, clock: Clock) -> None:
        for _day in range(4):
            count("une personne", HOUR)
            clock.days_pass(1)

        assert len(list((on_files / "counts").iterdir())) == 1

    def test_says_nothing_of_who_came(self, on_files: Path) -> None:
        count("search|192.0.2.77", HOUR)

        (table,) = (on_files / "counts").iterdir()
        assert b"192" not in table.read_bytes() and "192" not in table.name


class Gone:
    def __getattr__(self, name: str) -> Any:
        raise ConnectionError


def test_a_cache_that_is_gone_closes_nothing(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.LIMITS_TIMES = 1
    monkeypatch.setattr(counts, "cache", Gone())

    assert count("une personne", HOUR)[0] == 0
    assert Client().get("/recherche/suggestions/?q=x").status_code == 200


def asked(path: str, method: str = "GET") -> HttpRequest:
    return RequestFactory().generic(method, path)


def covering(path: str, method: str = "GET") -> str:
    return next((limit.name for limit in LIMITS if limit.covers(asked(path, method))), "")


class TestTheTableOfLimits:
    @pytest.mark.parametrize(
        ("path", "method", "name"),
        [
            ("/admin/login/", "POST", "sign-in"),
            ("/admin/login/code/", "POST", "sign-in"),
            ("/admin/compte/confirmer/code/", "POST", "sign-in"),
            ("/admin/password_reset/", "POST", "password"),
            ("/invitation/3/abc/", "POST", "sign-in"),
            ("/recherche/?q=a", "GET", "search"),
            ("/recherche/suggestions/?q=a", "GET", "suggestions"),
            ("/pratiques/?pays=BE", "GET", "filters"),
            ("/pratiques/comparer/?fiche=a", "GET", "filters"),
            ("/pratiques/export.csv", "GET", "exports"),
            ("/pratiques/export.json", "HEAD", "exports"),
            ("/pratiques/export.geojson/", "GET", "exports"),
            ("/pratiques/selection.pdf?pays=BE", "GET", "pdf"),
            ("/pratiques/une-fiche/fiche.pdf", "GET", "pdf"),
            ("/territoires/liege/dossier.pdf", "GET", "pdf"),
            ("/pratiques/partage.png", "GET", "pictures"),
            ("/signaler/", "POST", "forms"),
            ("/apercu/abc/", "POST", "forms"),
            ("/pratiques/prevenez-moi/", "POST", "forms"),
            ("/pratiques/proposer/abc/", "POST", "forms"),
            ("/pratiques/une-fiche/corriger/", "POST", "forms"),
        ],
    )
    def test_covers_what_costs(self, path: str, method: str, name: str) -> None:
        assert covering(path, method) == name

    @pytest.mark.parametrize(
        "path",
        [
            *("/", "/blog/", "/blog/un-billet/", "/pratiques/", "/recherche/", "/blog/flux/", "/sitemap.xml"),
            *("/media/images/a.jpg", "/documents/3/rapport.pdf", "/static/css/site.css?v=2", "/healthz"),
            *("/admin/pages/", "/admin/login/", "/signaler/"),
        ],
    )
    def test_leaves_reading_alone(self, path: str) -> None:
        assert covering(path) == ""


@pytest.fixture
def limited(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of everything an hour."""
    cache.clear()
    settings.LIMITS_TIMES = 1
    small = tuple(Limit(one.name, one.path, 2, HOUR, one.methods, one.queried) for one in LIMITS)
    monkeypatch.setattr(limits, "LIMITS", small)


@pytest.mark.django_db
@pytest.mark.usefixtures("limited")
class TestWhoAsksTooOften:
    @pytest.mark.parametrize(
        ("path", "method"),
        [
            ("/recherche/?q=logement", "get"),
            ("/recherche/suggestions/?q=log", "get"),
            ("/pratiques/export.csv", "get"),
            ("/pratiques/?pays=BE", "get"),
            ("/admin/login/", "post"),
            ("/signaler/", "post"),
        ],
    )
    def test_is_told_in_french_when_to_come_back(self, path: str, method: str, client: Client) -> None:
        answers: list[Any] = [getattr(client, method)(path) for _n in range(3)]

        assert [answer.status_code == 429 for answer in answers] == [False, False, True]
        html = answers[2].content.decode()
        assert "Beaucoup de demandes viennent de votre connexion" in html
        assert ("revenez en arrière" in html) == (method == "post")
        assert 0 < int(answers[2]["Retry-After"]) <= HOUR
        assert answers[2]["Cache-Control"] == "no-store"

    def test_can_still_read(self, client: Client) -> None:
        page = factories.BlogPostPageFactory()
        for _n in range(5):
            client.get("/recherche/?q=a")

        assert {client.get(path).status_code for path in ("/", page.get_url(), "/pratiques/") * 5} == {200}

    def test_is_not_confused_with_others(self, settings: Any) -> None:
        def from_address(address: str) -> int:
            return seconds_to_wait(RequestFactory().get("/recherche/?q=a", REMOTE_ADDR=address))

        for _n in range(3):
            waits = from_address("2001:db8:1:2::1"), from_address("192.0.2.1")

        assert all(waits)
        assert from_address(
            "2001:db8:1:2:ffff::9"
        )  # the same subscriber, who has as many addresses as wanted
        assert not from_address("2001:db8:1:3::1")
        assert not from_address("192.0.2.2")

    def test_is_let_through_where_limits_are_lifted(self, client: Client, settings: Any) -> None:
        settings.LIMITS_TIMES = 0

        assert {client.get("/recherche/?q=a").status_code for _n in range(5)} == {200}

    def test_is_let_through_longer_where_they_are_wider(self, client: Client, settings: Any) -> None:
        settings.LIMITS_TIMES = 2

        statuses = [client.get("/recherche/?q=a").status_code for _n in range(5)]
        assert statuses == [200, 200, 200, 200, 429]


class TestTheVisitor:
    @pytest.mark.parametrize(
        ("forwarded", "known"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
            ("1.2.3.4,", "192.0.2.1"),
            ("", "192.0.2.1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("2001:db8::5", "2001:db8::/64"),
        ],
    )
    def test_is_who_the_proxy_says_and_not_who_they_say(
        self, forwarded: str, known: str, settings: Any
    ) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

        assert visitor(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)) == known

    def test_is_the_other_end_where_there_is_no_proxy(self) -> None:
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9")

        assert visitor(request) == "192.0.2.1"
