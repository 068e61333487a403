"""The settings of a public site, in the test's own process."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest
from django.test import Client

HOST = "exemple.org"
ENVIRONMENT = {
    "SECRET_KEY": "une-clef-de-test-assez-longue-pour-ne-pas-etre-refusee-1234567890",
    "ALLOWED_HOSTS": HOST,
    "BASE_URL": f"https://{HOST}",
    "EMAIL_URL": "smtp+tls://nom:secret@smtp.exemple.org:587",
    "DEFAULT_FROM_EMAIL": "OCU <site@exemple.org>",
}
# What production says and the tests keep their own of: where things are, and how slow a password may be.
OF_THE_TESTS = {
    "CACHES",
    "DATABASES",
    "DATA_DIR",
    "MEDIA_ROOT",
    "PASSWORD_HASHERS",
    "SECRET_KEY",
    "STATIC_ROOT",
    "STORAGES",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Any:
    """Every setting as production has it, but for the data: what is answered is what a public site answers."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for module in ("site_ocu.settings.base", "site_ocu.settings.production"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    loaded = importlib.import_module("site_ocu.settings.production")
    for name in dir(loaded):
        if name.isupper() and name not in OF_THE_TESTS and not name.startswith("EMAIL"):
            value = getattr(loaded, name)
            # Told of a setting, Wagtail makes its permission policies anew, without what home.people.access put there.
            if not hasattr(settings, name) or getattr(settings, name) != value:
                setattr(settings, name, value)
    return settings


@pytest.fixture
def reader(production: Any) -> Client:
    """Somebody who reads the public site over HTTPS, behind its proxy."""
    return Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https", raise_request_exception=False)
