"""An installation of its own for a rehearsal; what is done to it is done by processes of its own (``acts``)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.site_ocu.processes import ROOT

ACT = (
    "import django, sys; django.setup(); from django.utils.module_loading import import_string; "
    "import_string('tests.site_ocu.backups.' + sys.argv[1])()"
)


@dataclass
class Site:
    """An installation: what its processes are told, and where its data are."""

    environment: dict[str, str]

    @property
    def data(self) -> Path:
        return Path(self.environment["DATA_DIR"])

    def manage(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._run("manage.py", *command, **environment)

    def do(self, what: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._run("-c", ACT, what, **environment)

    def start(self, what: str, said: Path) -> subprocess.Popen[bytes]:
        """Begin *what*; it goes on by itself, and writes to *said*."""
        with said.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-c", ACT, what],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def state(self) -> dict[str, Any]:
        done = self.do("acts.state")
        assert done.returncode == 0, done.stderr[-3000:]
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])  # the log is there too
        return found

    def _run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
