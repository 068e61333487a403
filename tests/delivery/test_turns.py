"""Work that costs much: a few at once, a short queue, and words for the others."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from home.delivery.turns import BusyError, Turns, in_time
from practices import exports
from tests.site_ocu.processes import ROOT, clean_environment

pytestmark = pytest.mark.once  # and the processes that it forks would take the connection along


@pytest.fixture
def turns(settings: Any, tmp_path: Path) -> Turns:
    settings.DATA_DIR = tmp_path
    return Turns("essai", places=2, queue=1)


class TestAPlace:
    def test_is_there_for_as_many_as_there_are(self, turns: Turns) -> None:
        with turns.take(), turns.take(), pytest.raises(BusyError):
            turns.take()

    def test_is_given_back(self, turns: Turns) -> None:
        for _n in range(5):
            with turns.take(), turns.take():
                pass

    def test_is_given_back_by_who_is_forgotten(self, turns: Turns) -> None:
        for _n in range(5):
            turns.take()

    def test_is_waited_for(self, turns: Turns) -> None:
        first, _second = turns.take(), turns.take()
        with ThreadPoolExecutor(1) as people:
            waiting = people.submit(turns.take, 10)
            time.sleep(0.2)
            first.release()

            assert waiting.result(timeout=5)

    def test_is_waited_for_by_few(self, turns: Turns) -> None:
        first, _second = turns.take(), turns.take()
        with ThreadPoolExecutor(1) as people:
            waiting = people.submit(turns.take, 10)
            time.sleep(0.2)
            began = time.monotonic()
            with pytest.raises(BusyError):
                turns.take(10)

            assert time.monotonic() - began < 1
            first.release()
            waiting.result(timeout=5)

    def test_that_does_not_come_is_not_waited_for_for_ever(self, turns: Turns) -> None:
        with turns.take(), turns.take(), pytest.raises(BusyError):
            turns.take(0.3)

    def test_is_given_back_by_who_was_killed(self, turns: Turns, tmp_path: Path) -> None:
        taking = "t=[Turns('essai', places=2).take() for n in range(2)]; print('taken', flush=True); time.sleep(60)"
        code = f"import django, time; django.setup(); from home.delivery.turns import Turns; {taking}"
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="site_ocu.settings.local", DATA_DIR=str(tmp_path), SECRET_KEY="x" * 50
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE
        ) as other:
            assert other.stdout and other.stdout.readline() == b"taken\n"
            with pytest.raises(BusyError):
                turns.take()
            other.kill()
            other.wait()

        assert turns.take()


def test_what_takes_too_long_is_broken_off() -> None:
    with pytest.raises(TimeoutError):
        list(in_time([1, 2], -1))
    assert list(in_time([1, 2], 60)) == [1, 2]


@pytest.mark.django_db
class TestAnExport:
    def test_is_one_of_a_few(self, turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exports, "TURNS", Turns("exports", places=1))
        first: Any = Client().get("/pratiques/export.csv")
        second: Any = Client().get("/pratiques/export.json")

        assert (first.status_code, second.status_code) == (200, 503)
        assert second["Retry-After"] == "60" and "en même temps" in second.content.decode()

        assert b"Titre" in first.getvalue()
        first.close()
        assert Client().get("/pratiques/export.json").status_code == 200

    def test_does_not_go_on_for_ever(self, turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exports, "LONGEST", -1)
        response: Any = Client().get("/pratiques/export.csv")

        with pytest.raises(TimeoutError):
            response.getvalue()
        response.close()
