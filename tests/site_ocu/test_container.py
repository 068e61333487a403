"""No test can build the image; what its Dockerfile does can be done, with the same files and settings."""

from __future__ import annotations

import json
import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.site_ocu.processes import ROOT, Server, clean_environment, free_port, server

pytestmark = pytest.mark.once

SECRET_NAMES = re.compile(r"(SECRET|PASSWORD|TOKEN|KEY)", re.IGNORECASE)
THROWN_AWAY = "\"$(python -c 'import secrets; print(secrets.token_urlsafe(50))')\""
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "site_ocu.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "exemple.org",
    "BASE_URL": "https://exemple.org",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "site@exemple.org",
}


class Instruction(NamedTuple):
    name: str
    text: str


def instructions(text: str) -> list[Instruction]:
    """The instructions of a Dockerfile, continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [Instruction(*line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


DOCKERFILE = instructions((ROOT / "Dockerfile").read_text())
LAST_STAGE = DOCKERFILE[max(i for i, step in enumerate(DOCKERFILE) if step.name == "FROM") :]


def texts(name: str, steps: list[Instruction] = DOCKERFILE) -> list[str]:
    return [step.text for step in steps if step.name == name]


class TestDockerfile:
    def test_builds_in_one_stage_and_runs_in_another(self) -> None:
        assert len(texts("FROM")) == 2
        assert all(image.startswith("python:${PYTHON}") for image in texts("FROM"))
        assert texts("ARG") == ["PYTHON=3.13-slim-trixie"]

    def test_installs_hashed_requirements_alone(self) -> None:
        installs = [command for command in texts("RUN") if "pip install" in command]

        assert len(installs) == 1
        assert "--require-hashes -r requirements.txt" in installs[0]

    def test_takes_system_packages_from_the_shared_list(self) -> None:
        assert any("packages/install --strict runtime" in command for command in texts("RUN", LAST_STAGE))
        assert not any("apt-get install" in command for command in texts("RUN"))

    def test_runs_as_somebody_without_rights_after_everything_is_built(self) -> None:
        names = [step.name for step in LAST_STAGE]

        assert texts("USER", LAST_STAGE) == ["ocu"]
        assert "RUN" not in names[names.index("USER") :]
        assert "COPY" not in names[names.index("USER") :]
        assert any("--uid 10001" in command for command in texts("RUN", LAST_STAGE))

    def test_holds_no_secret(self) -> None:
        kept = " ".join([*texts("ENV"), *texts("ARG")])

        assert not SECRET_NAMES.search(kept)
        assert not any(".env" in step.text for step in DOCKERFILE if step.name in {"COPY", "ADD"})
        assert not texts("ADD")

    def test_migrates_in_a_command_of_its_own(self) -> None:
        assert "migrate" not in " ".join([*texts("CMD"), *texts("ENTRYPOINT"), *texts("RUN")])

    def test_copies_every_package_of_the_site(self) -> None:
        copied = {text.split()[0].rstrip("/") for text in texts("COPY", LAST_STAGE)}

        assert {"home", "practices", "blog", "site_ocu", "manage.py"} <= copied
        assert "tests" not in copied

    def test_lets_nothing_else_into_the_build(self) -> None:
        lines = (ROOT / ".dockerignore").read_text().splitlines()
        allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}

        assert "*" in lines
        copied = {text.split()[0].rstrip("/") for text in texts("COPY") if not text.startswith("--from")}
        assert allowed == copied


def settings_of_the_image() -> dict[str, str]:
    """What the image's ENV says, but for the place of its programs."""
    pairs = [pair.split("=", 1) for text in texts("ENV", LAST_STAGE) for pair in shlex.split(text)]
    return {name: value for name, value in pairs if name != "PATH"}


def run(*command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a container whose image was built and whose database was migrated."""
    folder = tmp_path_factory.mktemp("image")
    here = {
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
    }
    environment = clean_environment(**{**settings_of_the_image(), **PRODUCTION, **here})
    (folder / "data").mkdir()
    for command in (["collectstatic", "--noinput", "-v0"], ["migrate", "--noinput", "-v0"]):
        done = run("manage.py", *command, environment=environment)
        assert done.returncode == 0, done.stderr[-3000:]
    return environment


@pytest.fixture(scope="module")
def container(image: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The image's own command, running."""
    command = json.loads(texts("CMD", LAST_STAGE)[-1])
    command[0] = str(Path(sys.executable).with_name(command[0]))
    log = tmp_path_factory.mktemp("container") / "log"
    with server(command, port=int(image["PORT"]), environment=image, log=log) as running:
        running.wait_until_ready(60, Host="exemple.org")
        yield running


@pytest.mark.slow
@pytest.mark.xdist_group("container")
class TestBuild:
    def test_collects_static_files_with_the_settings_of_the_dockerfile(self, tmp_path: Path) -> None:
        build = next(command for command in texts("RUN", LAST_STAGE) if "collectstatic" in command)
        given = dict(re.findall(r"([A-Z_]+)=(\S+)", build.replace(THROWN_AWAY, "x" * 60)))
        here = {"DATA_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static")}
        environment = clean_environment(**{**settings_of_the_image(), **given, **here})

        done = run("manage.py", "collectstatic", "--noinput", environment=environment)

        assert done.returncode == 0, done.stderr[-3000:]
        assert (tmp_path / "static" / "staticfiles.json").exists()
        assert list((tmp_path / "static").rglob("*.br")), "compressed once, at build"

    def test_passes_the_deployment_check(self, image: dict[str, str]) -> None:
        done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", environment=image)

        assert done.returncode == 0, done.stderr

    def test_says_in_french_what_a_first_deployment_lacks(self, image: dict[str, str]) -> None:
        done = run("manage.py", "check", "--deploy", "--database", "default", environment=image)

        assert done.returncode == 1
        assert "Mentions légales incomplètes" in done.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("container")
class TestContainer:
    @pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
    def test_answers_probes_from_inside_without_https(self, container: Server, probe: str) -> None:
        assert container.get(probe, Host="exemple.org").status == 200

    def test_passes_its_own_health_check(self, container: Server, image: dict[str, str]) -> None:
        check = json.loads(texts("HEALTHCHECK", LAST_STAGE)[-1].split("CMD ", 1)[1])

        assert check[0] == "python"
        assert run(*check[1:], environment=image).returncode == 0
        assert run(*check[1:], environment={**image, "PORT": str(free_port())}).returncode == 1
        assert container.process.poll() is None

    def test_serves_the_site_behind_its_proxy(self, container: Server) -> None:
        answer = container.get("/", Host="exemple.org", X_Forwarded_Proto="https")

        assert answer.status == 200
        assert "max-age=31536000" in str(answer.headers["Strict-Transport-Security"])
        assert answer.headers["Set-Cookie"] is None

    def test_sends_plain_http_to_https(self, container: Server) -> None:
        answer = container.get("/blog/?theme=sante", Host="exemple.org")

        assert answer.status == 301
        assert answer.headers["Location"] == "https://exemple.org/blog/?theme=sante"

    def test_refuses_names_that_are_not_its_own(self, container: Server) -> None:
        assert container.get("/", Host="autre.exemple.net", X_Forwarded_Proto="https").status == 400

    def test_serves_compressed_static_files_for_a_year(
        self, container: Server, image: dict[str, str]
    ) -> None:
        names = json.loads(Path(image["STATIC_ROOT"], "staticfiles.json").read_text())["paths"]
        style = next(hashed for name, hashed in names.items() if name.endswith(".css"))

        answer = container.get(
            f"/static/{style}", Host="exemple.org", X_Forwarded_Proto="https", Accept_Encoding="br"
        )

        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in str(answer.headers["Cache-Control"])
