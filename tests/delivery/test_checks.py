"""`manage.py check --deploy`: what a public site must have, and what is said when it is missing."""

from __future__ import annotations

import secrets
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import checks
from django.core.checks import run_checks

from home.delivery.checks import SMTP, hosts_are_named, is_strong, mail_leaves, secrets_are_strong


def said(messages: list[Any]) -> str:
    return " ".join(message.msg for message in messages)


class Answering(socketserver.StreamRequestHandler):
    """As much of SMTP as somebody who only says hello wants to hear."""

    def handle(self) -> None:
        self.wfile.write(b"220 ici\r\n")
        for line in self.rfile:
            over = line.upper().startswith(b"QUIT")
            self.wfile.write(b"221 au revoir\r\n" if over else b"250 bien\r\n")
            if over:
                return


@pytest.fixture
def mail_server() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def public(production: Any) -> Any:
    production.SECRET_KEY = secrets.token_hex(50)
    return production


@pytest.mark.usefixtures("public")
class TestAPublicSite:
    def test_has_nothing_to_be_told(self, production: Any) -> None:
        """Django's own checks included; nothing is silenced."""
        messages = run_checks(include_deployment_checks=True)

        assert [message for message in messages if message.level >= checks.WARNING] == []
        assert production.SILENCED_SYSTEM_CHECKS == []

    def test_has_no_guard_taken_away(self, production: Any) -> None:
        for name in (
            "SECURE_SSL_REDIRECT",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "SECURE_HSTS_SECONDS",
        ):
            kept = getattr(production, name)
            setattr(production, name, 0)
            assert run_checks(include_deployment_checks=True), name
            setattr(production, name, kept)


class TestTheKey:
    @pytest.mark.parametrize(
        "key", ["", "courte", "a" * 60, "abcdefghi" * 9, "django-insecure-" + "x9fK2" * 12, "change-me-" * 8]
    )
    def test_that_is_weak_is_an_error(self, key: str, settings: Any) -> None:
        settings.SECRET_KEY = secrets.token_hex(50)
        settings.SECRET_KEY_FALLBACKS = [key]

        assert "faible" in said(secrets_are_strong())

    def test_that_was_drawn_is_none(self) -> None:
        assert is_strong("q9Zx-7Lr2_TbVw0KfJdPmYs4HnGuXeA1oRiB8yQzC3tN6jWkM5vD")


class TestTheHosts:
    @pytest.mark.parametrize("hosts", [["*"], ["exemple.org", "*"], ["."], ["*.exemple.org", "exemple.org"]])
    def test_that_are_anybody_are_an_error(self, hosts: list[str], public: Any) -> None:
        public.ALLOWED_HOSTS = hosts

        assert "n’importe quel nom" in said(hosts_are_named())

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("http://exemple.org", "https"),
            ("https://ailleurs.org", "un des noms"),
            ("https://", "un des noms"),
            ("https://exemple.org/", "sans barre"),
        ],
    )
    def test_are_where_mails_lead(self, address: str, words: str, public: Any) -> None:
        public.WAGTAILADMIN_BASE_URL = address

        assert words in said(hosts_are_named())


class TestMail:
    @pytest.fixture(autouse=True)
    def plain(self, public: Any) -> Any:
        public.EMAIL_BACKEND, public.EMAIL_HOST = SMTP, "127.0.0.1"
        public.EMAIL_USE_TLS = public.EMAIL_USE_SSL = False
        public.EMAIL_HOST_USER = public.EMAIL_HOST_PASSWORD = ""
        return public

    def test_that_leaves_is_no_error(self, mail_server: int, plain: Any) -> None:
        plain.EMAIL_PORT = mail_server

        assert mail_leaves(databases=["default"]) == []

    def test_without_a_server_is_one(self, plain: Any) -> None:
        plain.EMAIL_PORT = 9

        assert "ne répond pas" in said(mail_leaves(databases=["default"]))

    def test_with_a_password_that_is_refused_is_one(
        self, mail_server: int, plain: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_arguments: Any, **_named: Any) -> None:
            raise smtplib.SMTPAuthenticationError(535, b"non")

        plain.EMAIL_PORT, plain.EMAIL_HOST_USER, plain.EMAIL_HOST_PASSWORD = mail_server, "nom", "mot"
        monkeypatch.setattr(smtplib.SMTP, "login", refuse)

        assert "535" in said(mail_leaves(databases=["default"]))

    def test_that_is_written_to_the_console_is_one(self, plain: Any) -> None:
        plain.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

        assert "n’envoie pas" in said(mail_leaves(databases=["default"]))

    def test_from_nobody_is_one(self, mail_server: int, plain: Any) -> None:
        plain.EMAIL_PORT, plain.DEFAULT_FROM_EMAIL = mail_server, "OCU <x@ocu.invalid>"

        assert "répondre" in said(mail_leaves(databases=["default"]))

    def test_is_not_tried_unless_the_check_may_look_around(self, plain: Any) -> None:
        plain.EMAIL_PORT = 9

        assert mail_leaves() == []
