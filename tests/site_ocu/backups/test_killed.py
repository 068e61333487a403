"""kill -9 at every step of a save, a publication, an upload, an import and run_periodic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site_ocu.backups.site import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]


@pytest.mark.parametrize("site", ["disk"], indirect=True)
@pytest.mark.parametrize(
    ("act", "least"), [("save", 5), ("publish", 10), ("upload", 4), ("invite", 10), ("run_periodic", 10)]
)
def test_nothing_is_half_done_and_nothing_is_done_twice(
    site: Site, act: str, least: int, tmp_path: Path
) -> None:
    (tmp_path / "mails").mkdir()

    done = site.do("dying.killed", ACT=act, EMAIL_URL=f"filemail:///{tmp_path}/mails")

    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == []
    assert found["steps"] >= least
    if act in {"invite", "run_periodic"}:
        assert found["mails"]
