"""Production refuses to start half configured; headers are what DESIGN asks for."""

from __future__ import annotations

import importlib
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

COMPLETE = {
    "SECRET_KEY": "une-clef-de-test-assez-longue-pour-ne-pas-etre-refusee-1234567890",
    "ALLOWED_HOSTS": "exemple.org,www.exemple.org",
    "BASE_URL": "https://exemple.org",
    "EMAIL_URL": "smtp+tls://nom:secret@smtp.exemple.org:587",
    "DEFAULT_FROM_EMAIL": "OCU <site@exemple.org>",
}
Load = Callable[[str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Import a settings module anew, with the environment as it is now, and forget it afterwards."""

    def loaded(name: str) -> ModuleType:
        module = f"site_ocu.settings.{name}"
        for known in ("site_ocu.settings.base", module):
            monkeypatch.delitem(sys.modules, known, raising=False)
        return importlib.import_module(module)

    return loaded


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "CACHE_URL", "S3_BUCKET"):
        monkeypatch.delenv(name, raising=False)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("configured")
class TestProduction:
    @pytest.mark.parametrize("name", COMPLETE)
    @pytest.mark.parametrize("how", ["absent", "empty"])
    def test_refuses_to_start_without(
        self, name: str, how: str, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(name) if how == "absent" else monkeypatch.setenv(name, "")

        with pytest.raises(ImproperlyConfigured) as refusal:
            load("production")

        assert str(refusal.value).startswith("Il manque des variables d’environnement :\n")
        assert [line.split()[0] for line in str(refusal.value).splitlines()[1:]] == [name]

    def test_names_everything_that_is_missing_at_once(
        self, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in COMPLETE:
            monkeypatch.delenv(name)

        with pytest.raises(ImproperlyConfigured) as refusal:
            load("production")

        assert all(f"  {name} : " in str(refusal.value) for name in COMPLETE)

    def test_starts_when_everything_is_there(self, load: Load) -> None:
        production = load("production")

        assert production.DEBUG is False
        assert production.ALLOWED_HOSTS == ["exemple.org", "www.exemple.org"]
        assert production.EMAIL_HOST == "smtp.exemple.org"
        assert production.CSRF_TRUSTED_ORIGINS == ["https://exemple.org"]

    def test_speaks_https_only(self, load: Load) -> None:
        production = load("production")

        assert production.SECURE_SSL_REDIRECT
        assert production.SESSION_COOKIE_SECURE
        assert production.CSRF_COOKIE_SECURE
        assert production.SECURE_HSTS_SECONDS >= 365 * 24 * 3600

    def test_allows_no_demonstration_account(self, load: Load) -> None:
        assert load("production").DEMO_ACCOUNTS_ALLOWED is False

    def test_keeps_files_private_on_s3(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("S3_BUCKET", "ocu-medias")
        monkeypatch.setenv("S3_ENDPOINT_URL", "https://s3.exemple.org")

        storage = load("production").STORAGES["default"]

        assert storage["BACKEND"] == "site_ocu.backups.holding.BucketStorage"
        assert storage["OPTIONS"]["bucket_name"] == "ocu-medias"
        assert storage["OPTIONS"]["endpoint_url"] == "https://s3.exemple.org"
        assert storage["OPTIONS"]["default_acl"] == "private"

    def test_takes_another_database_and_cache_from_their_addresses(
        self, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgres://ocu:secret@base:5432/ocu")
        monkeypatch.setenv("CACHE_URL", "redis://cache:6379/1")

        production = load("production")

        assert production.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
        assert "init_command" not in production.DATABASES["default"].get("OPTIONS", {})
        assert "redis" in production.CACHES["default"]["BACKEND"].lower()

    def test_shares_its_cache_between_workers_without_a_server(self, load: Load, tmp_path: Path) -> None:
        cache = load("production").CACHES["default"]

        assert cache["BACKEND"] == "home.delivery.caches.FileBasedCache"
        assert cache["LOCATION"] == str(tmp_path / "cache")


@pytest.mark.usefixtures("configured")
class TestLocal:
    def test_generates_its_key_once_and_keeps_it_for_its_owner(
        self, load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("SECRET_KEY")

        first, second = load("local").SECRET_KEY, load("local").SECRET_KEY

        assert first == second == (tmp_path / "secret_key").read_text()
        assert len(first) >= 50
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600

    def test_prefers_the_key_of_the_environment(self, load: Load, tmp_path: Path) -> None:
        assert COMPLETE["SECRET_KEY"] == load("local").SECRET_KEY
        assert not (tmp_path / "secret_key").exists()

    def test_answers_to_this_machine_alone(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ALLOWED_HOSTS")

        assert load("local").ALLOWED_HOSTS == ["127.0.0.1", "localhost", "[::1]"]

    def test_shows_no_traceback_to_a_reader(self, load: Load) -> None:
        assert load("local").DEBUG is False
