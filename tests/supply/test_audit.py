"""`make audit` finds what it is there to find, and says what it could not ask."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.supply import licences, run, secrets, vulnerabilities

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file holds none.
FOUND = {
    "AWS Access Key": "AKIA" + "IOSFODNN7ABCDEFG",
    "Private Key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "GitHub Token": "ghp_" + "a1B2" * 9,
    "Basic Auth Credentials": "postgres://ocu:" + "tresS3cret@base/ocu",
    "age": "AGE-SECRET-" + "KEY-1" + "Q7" * 20,
    "SECRET_KEY": "SECRET_KEY" + "=" + "k9" * 20,
}


class TestSecrets:
    def test_are_not_in_the_tree(self) -> None:
        assert secrets.look() == ([], [])

    @pytest.mark.parametrize("kind", FOUND)
    def test_are_found_wherever_they_slip_in(self, kind: str, tmp_path: Path) -> None:
        (tmp_path / "notes.md").write_text(f"une ligne\n{FOUND[kind]}\n")

        assert ("notes.md:2", kind) in secrets.search(["notes.md"], tmp_path)

    def test_are_not_seen_in_ordinary_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text(
            'PASSWORD = "une phrase de passe"\nSECRET_KEY=\nhash = "9f8e7d6c5b4a39281706"\n'
        )

        assert secrets.search(["a.py"], tmp_path) == []


class TestLicences:
    def test_are_all_allowed_or_excepted_with_a_reason(self) -> None:
        assert licences.look() == ([], [])

    @pytest.mark.parametrize(
        "text", ["AGPL-3.0-only", "MIT OR Proprietary", "UNKNOWN", "BSD License; Commercial"]
    )
    def test_that_nobody_allowed_are_found(self, text: str) -> None:
        problems, _notices = licences.judge({"bon": "MIT", "mauvais": text}, {"MIT", "BSD License"}, {})

        assert [problem.split()[0] for problem in problems] == ["mauvais"]

    def test_exceptions_that_are_of_no_use_are_named(self) -> None:
        assert licences.judge({"a": "MIT"}, {"MIT"}, {"a": "raison"}) == (
            [],
            ["a n’a plus besoin d’exception."],
        )


class TestVulnerabilities:
    def test_are_named_with_the_version_that_ends_them(self) -> None:
        vulnerable = {
            "name": "django",
            "version": "5.2.1",
            "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.2"]}],
        }

        found, unknown = vulnerabilities.read(json.dumps({"dependencies": [vulnerable]}), "requirements.txt")

        assert found == ["django 5.2.1 : PYSEC-1, corrigée en 5.2.2"]
        assert unknown == []

    @pytest.mark.parametrize("answer", ["", "Traceback…", "{}"])
    def test_that_cannot_be_asked_are_no_failure_and_said_plainly(self, answer: str) -> None:
        found, unknown = vulnerabilities.read(answer, "requirements.txt")

        assert found == []
        assert "hors ligne" in unknown[0]

    def test_of_packages_that_the_database_does_not_know_are_said_unknown(self) -> None:
        answer = json.dumps({"dependencies": [{"name": "inconnu", "skip_reason": "not found"}]})

        assert vulnerabilities.read(answer, "r.txt") == (
            [],
            ["r.txt : inconnu sans réponse de la base des failles."],
        )

    def test_are_not_waited_for_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def hangs(*args: Any, **kwargs: Any) -> None:
            raise subprocess.TimeoutExpired("pip-audit", 1)

        monkeypatch.setattr(subprocess, "run", hangs)
        assert vulnerabilities.ask("requirements.txt") == ""


class TestTheCommand:
    @pytest.mark.parametrize(("problems", "code"), [([], 0), (["django : faille"], 1)])
    def test_fails_for_what_was_found_and_only_then(
        self,
        problems: list[str],
        code: int,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(run.CHECKS, "vulnerabilities", ("Failles", lambda: (problems, ["hors ligne"])))

        assert run.main(["vulnerabilities"]) == code
        assert "(note) hors ligne" in capsys.readouterr().out

    def test_is_part_of_make(self) -> None:
        makefile = (ROOT / "Makefile").read_text()

        assert "$(PY) -m tests.supply.run $(ARGS)" in makefile
        assert "$(PY) -m tests.supply.run licences secrets" in makefile  # make check, without a network
