"""A real server with the demonstration, and Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.site_ocu.processes import ROOT, clean_environment, free_port, server

HERE = Path(__file__).parent
PASSWORD = "un mot de passe de démonstration"
SignIn = Callable[[str], Page]
WINDOW: ViewportSize = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests on one worker, so that one server serves them all."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class LiveSite:
    """The address of the running site, the folder into which it writes its mails, and the variables it runs with."""

    url: str
    mails: Path
    environment: dict[str, str]

    def mail_texts(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.mails.glob("*")))

    def python(self, code: str) -> str:
        """Run *code* beside the server, on its database; return what it prints."""
        start = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@pytest.fixture(scope="package")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """gunicorn with the settings of `make run`, a database of its own and the demonstration."""
    folder = tmp_path_factory.mktemp("live")
    port, mails = free_port(), folder / "mails"
    mails.mkdir()
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="site_ocu.settings.local",
        DATA_DIR=str(folder / "data"),
        DATABASE_URL=own_database(folder),
        BASE_URL=f"http://127.0.0.1:{port}",
        EMAIL_URL=f"filemail:///{mails}",
        DEMO_PASSWORD=PASSWORD,
        PORT=str(port),
    )
    for command in (
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--no-input", "--verbosity=0"],
        ["seed_demo"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:site_ocu.gunicorn", "site_ocu.wsgi"]
    with server(gunicorn, port=port, environment=environment, log=folder / "log") as running:
        running.wait_until_ready(30)
        yield LiveSite(f"http://127.0.0.1:{port}", mails, environment)


def own_database(folder: Path) -> str:
    """The URL of an empty database on the engine that the suite runs on."""
    default = settings.DATABASES["default"]
    if "postgresql" not in default["ENGINE"]:
        return f"sqlite:///{folder / 'live.sqlite3'}"
    host, port, user = default["HOST"] or "127.0.0.1", default["PORT"] or 5432, default["USER"]
    password = f":{default['PASSWORD']}" if default["PASSWORD"] else ""
    server_url = f"postgres://{user}{password}@{host}:{port}"
    name = f"{default['NAME']}_browser"
    with psycopg.connect(f"{server_url}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server_url}/{name}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium (or the one that ``CHROMIUM`` names)."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium manque : packages/install runtime test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A page signed out."""
    context = chromium.new_context(base_url=live_site.url, locale="fr-FR", viewport=WINDOW)
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(chromium: Browser, live_site: LiveSite) -> Iterator[SignIn]:
    """A function that signs in a demonstration account, each in a browser of its own, and gives its page."""
    contexts: list[BrowserContext] = []

    def sign_in(name: str) -> Page:
        context = chromium.new_context(base_url=live_site.url, locale="fr-FR", viewport=WINDOW)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/")
        page.locator("input[name=username]").fill(f"{name}@demo.invalid")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        page.wait_for_url("**/admin/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
