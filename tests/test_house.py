"""What the project promises about itself, held."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["home", "practices", "blog", "site_ocu"]
MAKEFILE = (ROOT / "Makefile").read_text()
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
SCRIPTS = [ROOT / ".ci" / "run", *(path for path in (ROOT / "packages").iterdir() if not path.suffix)]
VARIABLE = re.compile(
    r"""(?:env\.\w+|said|environ\.get|environ\.setdefault|getenv)\(\s*["']([A-Z][A-Z0-9_]+)["']  # Python
    |\$\{([A-Z][A-Z0-9_]+):[?-]  # compose.yaml, shell
    |\{\$([A-Z][A-Z0-9_]+)[:}]   # Caddyfile
    """,
    re.VERBOSE,
)
SET_BY_OTHERS = {
    "DJANGO_SETTINGS_MODULE",  # Django's own; the text explains its four values
    "PYTEST_XDIST_WORKER",
}
READ_BY_A_LIBRARY = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"}


def sources(*patterns: str, under: list[str] = PACKAGES) -> list[Path]:
    return sorted(
        path for package in under for pattern in patterns for path in (ROOT / package).rglob(pattern)
    )


def targets() -> list[str]:
    return [name for line in re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE) for name in line.split()]


class TestMakefile:
    @pytest.mark.parametrize("target", targets())
    def test_explains_every_command(self, target: str) -> None:
        line = re.search(rf"^{target}:[^#]*# ?(.*)$", MAKEFILE, re.MULTILINE)

        assert line, f"{target} has no explanation"

    @pytest.mark.parametrize("target", ["run", "dev", "test", "check", "bench", "screenshots"])
    def test_has_the_commands_that_were_promised(self, target: str) -> None:
        assert target in targets()

    def test_lists_its_commands_when_asked_nothing(self) -> None:
        shown = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout

        assert re.search(r"^  run +Le site avec son contenu de démonstration", shown, re.MULTILINE)
        assert re.search(r"^  test +Tous les tests", shown, re.MULTILINE)


def variables_read() -> set[str]:
    files = [
        *sources("*.py"),
        *sources("*.py", under=["tests"]),
        ROOT / "compose.yaml",
        ROOT / "deploy" / "Caddyfile",
        ROOT / ".ci" / "run",
    ]
    names = {name for path in files for match in VARIABLE.findall(path.read_text()) for name in match if name}
    return names - SET_BY_OTHERS


def variables_explained() -> set[str]:
    rows = re.findall(r"^\| (`[A-Z][^|]*) \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}


class TestSettings:
    def test_are_all_explained(self) -> None:
        assert variables_read() - variables_explained() == set()

    def test_that_are_explained_all_exist(self) -> None:
        unread = variables_explained() - variables_read() - READ_BY_A_LIBRARY

        assert [name for name in unread if not hasattr(settings, name)] == []

    def test_of_the_example_are_explained_and_hold_no_secret(self) -> None:
        lines = (ROOT / ".env.example").read_text().splitlines()
        example = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

        assert set(example) <= variables_explained()
        assert example["SECRET_KEY"] == ""
        assert example["POSTGRES_PASSWORD"] == ""


class TestSystemPackages:
    @pytest.mark.parametrize("user", ["Dockerfile", ".ci/run", "Makefile", "README.md"])
    def test_are_listed_in_one_place(self, user: str) -> None:
        text = (ROOT / user).read_text()

        assert "packages/install" in text
        assert "chromium" not in text.lower().replace("chromium=", "")

    def test_have_a_reason_each(self) -> None:
        lines = [
            line
            for line in (ROOT / "packages" / "debian.txt").read_text().splitlines()
            if line and not line.startswith(("#", "["))
        ]

        assert lines
        assert all(re.fullmatch(r"[a-z0-9.+-]+ +\S+ +# \S.+", line) for line in lines)

    def test_are_listed_by_section(self) -> None:
        def listed(*sections: str) -> list[str]:
            command = [str(ROOT / "packages" / "install"), "--list", *sections]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

        assert "libpango-1.0-0" in listed("runtime")
        assert "chromium" not in listed("runtime")
        assert set(listed("runtime", "test")) == {*listed("runtime"), *listed("test")}


class TestScripts:
    @pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
    def test_can_be_run(self, script: Path) -> None:
        shell = script.read_text().splitlines()[0].removeprefix("#!").split()[-1]

        assert script.stat().st_mode & 0o111
        assert subprocess.run([shell, "-n", str(script)], capture_output=True, check=False).returncode == 0

    def test_of_the_continuous_integration_run_what_the_readme_says(self) -> None:
        lines = (ROOT / ".ci" / "run").read_text().splitlines()

        assert "make test" in lines
        assert "make check" in lines
        assert re.search("^make test +# tous les tests", (ROOT / "README.md").read_text(), re.MULTILINE)


def asked(name: str) -> list[tuple[Requirement, str]]:
    """Each requirement of an ``.in`` file, with the reason beside it."""
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
    return [(Requirement(line.partition("#")[0].strip()), line.partition("#")[2].strip()) for line in lines]


def pinned(name: str) -> dict[str, Version]:
    pins = re.findall(r"^([a-zA-Z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {re.sub(r"[._-]+", "-", package).lower(): Version(version) for package, version in pins}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
class TestRequirements:
    def test_have_a_reason_each(self, name: str) -> None:
        assert [str(requirement) for requirement, reason in asked(f"{name}.in") if not reason] == []

    def test_are_locked_at_a_version_that_was_asked_for(self, name: str) -> None:
        locked = pinned(f"{name}.txt")
        requirements = [requirement for requirement, _reason in asked(f"{name}.in")]

        stale = [
            str(one) for one in requirements if str(locked.get(one.name.lower(), "")) not in one.specifier
        ]

        assert stale == [], "run « make requirements »"

    def test_are_hashed(self, name: str) -> None:
        text = (ROOT / f"{name}.txt").read_text()

        assert re.findall(r"^\S+==[^\\]*$", text, re.MULTILINE) == []
        assert text.count("--hash=sha256:") >= len(pinned(f"{name}.txt"))


def test_both_locks_agree() -> None:
    runtime, development = pinned("requirements.txt"), pinned("requirements-dev.txt")

    assert {name: development.get(name) for name in runtime} == runtime


class TestDecisions:
    def test_are_numbered_without_a_gap(self) -> None:
        assert [path.name[:4] for path in DECISIONS] == [f"{n:04d}" for n in range(1, len(DECISIONS) + 1)]

    @pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
    def test_say_why_what_and_what_follows_in_a_few_lines(self, path: Path) -> None:
        text = path.read_text()
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)

        assert text.startswith(f"# {path.name[:4]} — ")
        assert parts == ["Contexte", "Décision", "Conséquence"]
        assert len(text.splitlines()) <= 25


class TestDocumentation:
    @pytest.mark.parametrize(
        "path",
        [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))],
        ids=lambda path: path.name,
    )
    def test_points_to_what_exists(self, path: Path) -> None:
        text = path.read_text()
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        commands = re.findall(r"(?:`|^)(?:PORT=\d+ )?make ([a-z-]+)", text, re.MULTILINE)

        assert [link for link in links if not (path.parent / link).exists()] == []
        assert [command for command in commands if command not in targets()] == []

    def test_speaks_of_every_package(self) -> None:
        text = (ROOT / "README.md").read_text()

        assert [package for package in PACKAGES if f"{package}/" not in text] == []


class TestCode:
    def test_has_no_drawer_for_odds_and_ends(self) -> None:
        names = {"utils", "helpers", "common", "misc"}

        assert [path for path in sources("*") if path.stem in names] == []

    def test_leaves_nothing_to_do_that_nobody_owns(self) -> None:
        marks = re.compile(r"\b(TODO|FIXME|XXX)\b")

        files = sources("*.py", "*.html", "*.css", "*.js")

        assert [path for path in files if marks.search(path.read_text())] == []

    @pytest.mark.parametrize("package", PACKAGES)
    def test_explains_every_module_in_its_first_line(self, package: str) -> None:
        modules = [path for path in sources("*.py", under=[package]) if "migrations" not in path.parts]
        texts = {path: path.read_text() for path in modules}
        silent = [path for path, text in texts.items() if text.strip() and not text.startswith('"""')]

        assert silent == []
