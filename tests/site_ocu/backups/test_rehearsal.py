"""The whole of it: load, back up under writes, destroy, restore, compare row by row and file by file."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from pathlib import Path

import pyrage
import pytest

from tests.site_ocu.backups.conftest import on_postgresql
from tests.site_ocu.backups.site import Site
from tests.site_ocu.processes import ROOT, free_port, server

KEY = str(pyrage.x25519.Identity.generate())
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]


def backed_up(site: Site, target: Path, **environment: str) -> Path:
    done = site.manage("backup", "--output", str(target), **environment)
    assert done.returncode == 0, done.stderr[-3000:]
    return target


def destroy(site: Site) -> None:
    """Every row and every file."""
    if on_postgresql:
        assert site.do("acts.destroy").returncode == 0
    for path in site.data.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


class TestARehearsal:
    def test_brings_back_every_row_and_every_file(self, site: Site, tmp_path: Path) -> None:
        before = site.state()
        file = backed_up(site, tmp_path / "b.tar.age", BACKUP_KEY=KEY)
        destroy(site)

        done = site.manage("restore", str(file), BACKUP_KEY=KEY)

        assert done.returncode == 0, done.stderr
        after = site.state()
        assert after["rows"] == before["rows"]
        assert after["files"] == before["files"]
        assert len(before["files"]) == 9
        assert after["noted"] == ["restored"]
        assert not after["lost"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"Billet" not in file.read_bytes()

    @pytest.mark.usefixtures("writers")
    def test_under_writes_is_of_one_moment_and_lacks_no_file(
        self, site: Site, empty: Site, tmp_path: Path
    ) -> None:
        for number in range(3):
            file = backed_up(site, tmp_path / f"{number}.tar")

        done = empty.manage("restore", str(file))

        assert done.returncode == 0, done.stderr
        found = empty.state()
        assert not found["lost"]
        assert not found["torn"]
        assert len(found["rows"]["home_user"]) == 1

    def test_leaves_nothing_but_the_file(self, site: Site, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        backed_up(site, tmp_path / "out" / "b.tar")

        assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.tar"]
        assert not list(site.data.glob(".snapshot-*"))
        assert json.loads((site.data / "backup.json").read_text())["files"] == 9


@pytest.mark.parametrize("site", ["disk"], indirect=True)
class TestARunningSite:
    def test_goes_back_without_a_wrong_answer(self, site: Site, tmp_path: Path) -> None:
        file = backed_up(site, tmp_path / "b.tar")
        before = site.state()["rows"]["wagtailcore_page"]
        port = free_port()
        address = {"PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"}
        command = [*("gunicorn", "-c", "python:site_ocu.gunicorn", "site_ocu.wsgi")]
        with server(
            [sys.executable, "-m", *command],
            port=port,
            environment={**site.environment, **address},
            log=tmp_path / "log",
        ) as running:
            running.wait_until_ready(60, Host="127.0.0.1")
            assert "Billet 1" in running.get("/blog/").body
            assert site.do("acts.rename").returncode == 0
            assert "Billet changé" in running.get("/blog/").body

            refused = site.manage("restore", str(file))
            assert refused.returncode == 1
            assert "--force" in refused.stderr
            assert "Billet changé" in running.get("/blog/").body

            done = site.manage("restore", str(file), "--force", **address)
            assert done.returncode == 0, done.stderr
            answers = [running.get("/blog/") for _ in range(10)]

        assert {answer.status for answer in answers} == {200}
        assert all("Billet 1" in answer.body and "changé" not in answer.body for answer in answers)
        assert site.state()["rows"]["wagtailcore_page"] == before
        (kept,) = (site.data / "backups").glob("avant-restauration-*.tar")
        assert site.manage("restore", str(kept), "--force").returncode == 0
        assert "Billet changé" in str(site.state()["rows"]["wagtailcore_page"])


@pytest.mark.parametrize("site", ["disk"], indirect=True)
class TestARestoration:
    @pytest.mark.parametrize("where", ["file", "database", "migrations"])
    def test_killed_half_way_is_told_and_done_again(self, site: Site, where: str, tmp_path: Path) -> None:
        before = site.state()
        file = backed_up(site, tmp_path / "b.tar")
        assert site.do("acts.rename").returncode == 0
        renamed = site.state()["rows"]["wagtailcore_page"]
        shutil.rmtree(site.data / "media")

        killed = site.do("acts.restore", DIES_AT=where, FILE=str(file))

        assert killed.returncode == -9, killed.stderr
        pages = site.state()["rows"]["wagtailcore_page"]
        assert pages == (before["rows"]["wagtailcore_page"] if where == "migrations" else renamed)
        told = site.manage("check", "--deploy", "--database", "default")
        assert "Une restauration s’est arrêtée à l’étape" in told.stderr
        again = site.manage("restore", str(file), "--force")
        assert again.returncode == 0, again.stderr
        assert "s’est arrêtée" in again.stdout
        after = site.state()
        assert (after["rows"], after["files"]) == (before["rows"], before["files"])
        assert not list(site.data.glob("restoration.json"))

    def test_of_a_later_version_is_refused_with_words(self, site: Site, empty: Site, tmp_path: Path) -> None:
        assert site.do("acts.from_the_future").returncode == 0
        file = backed_up(site, tmp_path / "b.tar")

        done = empty.manage("restore", str(file))

        assert done.returncode == 1
        assert "vient d’une version plus récente du site (home.9999_demain)" in done.stderr
        assert not (empty.data / "db.sqlite3").exists()

    def test_that_cannot_be_read_touches_nothing(self, site: Site, tmp_path: Path) -> None:
        file = backed_up(site, tmp_path / "b.tar.age", BACKUP_KEY=KEY)
        before = site.state()
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        (tmp_path / "flipped").write_bytes(content)
        (tmp_path / "cut").write_bytes(content[:-1000])

        for name, key, words in [
            ("b.tar.age", "une autre clef", "Cette clef n’ouvre pas"),
            ("b.tar.age", "", "donnez sa clef"),
            ("flipped", KEY, "abîmé ou incomplet"),
            ("cut", KEY, "abîmé ou incomplet"),
            ("absent", KEY, "n’existe pas"),
        ]:
            done = site.manage("restore", str(tmp_path / name), "--force", BACKUP_KEY=key)
            assert done.returncode == 1
            assert words in done.stderr
            assert "Traceback" not in done.stderr

        assert site.state() == before
        assert not list((site.data).glob("restoration.json"))


def test_the_commands_are_those_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()

    assert "manage.py backup" in readme
    assert "manage.py restore" in readme
