"""Nothing of anybody is in the logs: not the address, not the name, not what was searched, no token, no network."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django_guid.log_filters import CorrelationId
from sentry_sdk.transport import Transport

from home.logs import reports
from home.logs.configuration import JSON, TEXT
from home.logs.records import JsonLines, TextLines
from home.logs.scrubbing import error_words, network, scrub, told
from home.models import DraftLink, User
from tests import factories
from tests.conftest import SignIn

EMAIL = "zenobie.kwartz@courrier.invalid"
NAME, SURNAME = "Zénobie", "Kwartz"
NETWORK = "203.0.113.77"
SEARCHED = "motintrouvable"
GUID = "0f8fad5bd9cb469fa16570867728950e"


class TestScrubbing:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (f"écrit à {EMAIL}.", "écrit à [adresse]."),
            ("to=<Jean+x@Mail.fr>", "to=<[adresse]>"),
            ("next=a%40b.fr", "next=[adresse]"),
            (f"GET /recherche/?q={SEARCHED}&page=2 HTTP", "GET /recherche/?… HTTP"),
            ("Qui vient ? Personne.", "Qui vient ? Personne."),
            ("de 203.0.113.77.", "de 203.0.113.0/24."),
            ("[2001:db8:1:2::7]", "[2001:db8:1::/48]"),
            ("à 12:34:56 sur 127.0.0.1:8000 et ::1", "à 12:34:56 sur 127.0.0.1:8000 et ::1"),
            ("Wagtail 7.4.4 et Django 5.2.19", "Wagtail 7.4.4 et Django 5.2.19"),
            ("/apercu/aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI.7x-Yz/", "/apercu/[jeton]/"),
            ("/invitation/4/cz8k1l-9b8a0fd2c1e3b4a59b8a0fd2c1e3b4a5/", "/invitation/4/[jeton]/"),
            (
                "home.moderation.shared_drafts.DraftLinkQuerySet",
                "home.moderation.shared_drafts.DraftLinkQuerySet",
            ),
            (
                "/pratiques/conseil-consultatif-des-residents-etrangers/",
                "/pratiques/conseil-consultatif-des-residents-etrangers/",
            ),
        ],
    )
    def test_takes_what_points_to_somebody_and_leaves_the_rest(self, before: str, after: str) -> None:
        assert scrub(before) == after
        assert scrub(after) == after

    def test_tells_a_row_by_its_number(self) -> None:
        assert told(User(pk=7, first_name=NAME, email=EMAIL)) == "home.User#7"

    def test_tells_an_error_without_the_values_it_quotes(self) -> None:
        row = f'duplicate key "user_email"\nDETAIL:  Key (email)=({EMAIL}) of {NAME} exists.'

        assert (
            error_words(ValueError(f'no such thing: {NAME!r}, "{SURNAME}"'))
            == "ValueError: no such thing: '…', '…'"
        )
        assert error_words(IntegrityError(row)) == "IntegrityError: duplicate key '…'\n…"
        assert error_words(KeyError()) == "KeyError"

    def test_leaves_what_is_no_network(self) -> None:
        assert network("") == ""
        assert network("unix:") == "unix:"


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """All that is logged, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(CorrelationId("request_id"))
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.setLevel(level)
    root.removeHandler(handler)


def person(**fields: Any) -> User:
    return factories.moderator(email=EMAIL, first_name=NAME, last_name=SURNAME, **fields)


@pytest.mark.django_db
class TestJourneys:
    @pytest.fixture
    def walked(self, logged: Callable[[], str], client: Client, monkeypatch: pytest.MonkeyPatch) -> str:
        """Where people type, arrive by a secret address, fail, or make the site fail."""
        user, client.raise_request_exception = person(), False
        page = factories.StandardPageFactory(slug="page-secrete", owner=user, live=False)
        factories.AuthorFactory(user=user, byline_kind="full_name", first_name=NAME, last_name=SURNAME)
        link = DraftLink.objects.create(
            page=page, recipient=SURNAME, created_by=user, expires_at="2099-01-01T00:00Z"
        )
        here = {"REMOTE_ADDR": NETWORK}
        for password in ("faux", factories.PASSWORD):
            client.post("/admin/login/", {"username": EMAIL, "password": password}, **here)
        for address in (
            f"/recherche/?q={SEARCHED}",
            f"/recherche/suggestions/?q={EMAIL}",
            link.get_absolute_url(),
            "/volontaires/zenobie-kwartz/",
            "/volontaires/zenobie-kwartz-absente/",
            f"/apercu/{link.token}x/",
            f"/admin/users/?q={SURNAME}",
            f"/n-existe-pas/{EMAIL}/",
        ):
            client.get(address, **here)
        client.get("/", headers={"host": EMAIL}, **here)
        client.get("/", headers={"x-request-id": f"{EMAIL}\n{NAME}"}, **here)
        client.post("/admin/password_reset/", {"email": EMAIL}, **here)
        client.post("/signaler/", {"message": NAME, "contact": EMAIL, "kind": "other"}, **here)

        def failing(*args: Any, **kwargs: Any) -> None:
            raise ValueError(f"« {NAME} » {SURNAME!r} {EMAIL}")

        monkeypatch.setattr("home.moderation.draft_reader._draft", failing)
        client.get(link.get_absolute_url(), **here)
        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda self: failing())
        logging.getLogger("home").error("%s", user, extra={"email": EMAIL, "request": None})
        logging.getLogger("home").warning("%(who)s", {"who": user})
        self.secrets = [
            EMAIL,
            "zenobie",
            NAME,
            SURNAME,
            SURNAME.lower(),
            NETWORK,
            SEARCHED,
            link.key,
            link.token,
        ]
        self.secrets += [
            part for message in mail.outbox for part in str(message.body).split() if "://" in part
        ]
        return logged()

    def test_leave_nothing_of_anybody_in_the_log(self, walked: str) -> None:
        assert [secret for secret in self.secrets if secret in walked] == []

    def test_are_in_the_log_all_the_same(self, walked: str) -> None:
        lines = [json.loads(line) for line in walked.splitlines()]
        access = [line for line in lines if line["logger"] == "access"]

        assert len(access) == 15
        assert {line["route"] for line in access} >= {"search", "shared_draft", "author", "report_content"}
        assert {line["network"] for line in access} == {"203.0.113.0/24"}
        assert {line["role"] for line in access} == {"anonyme", "Modérateur·rices"}
        assert all(
            set(line)
            <= {
                "time",
                "level",
                "logger",
                "message",
                "request_id",
                "exc_info",
                "method",
                "route",
                "status",
                "ms",
                "role",
                "network",
                "actor",
                "action",
                "object",
            }
            for line in lines
        )
        (error,) = [line for line in lines if line["level"] == "ERROR" and line["logger"] == "django.request"]
        assert error["message"] == "Internal Server Error: shared_draft"
        assert "draft_reader.py" in error["exc_info"]
        assert error["exc_info"].endswith("ValueError: '…' '…' [adresse]")
        assert error["request_id"] in {line["request_id"] for line in access}

    def test_leave_nothing_in_the_text_for_people_either(self) -> None:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(TextLines())
        try:
            raise ValueError(f"« {NAME} »")
        except ValueError:
            record = logging.LogRecord("home", logging.ERROR, "x", 1, "de %s", (EMAIL,), sys.exc_info())
        record.request_id = GUID
        handler.handle(record)

        assert GUID in stream.getvalue()
        assert NAME not in stream.getvalue()
        assert EMAIL not in stream.getvalue()


@pytest.mark.django_db
class TestARequestId:
    def test_is_given_back_to_whoever_asked(self, client: Client, logged: Callable[[], str]) -> None:
        answer = client.get("/healthz")

        assert answer["X-Request-ID"] in logged()
        assert client.get("/healthz")["X-Request-ID"] != answer["X-Request-ID"]

    @pytest.mark.parametrize("given", [GUID, "0f8fad5b-d9cb-469f-a165-70867728950e"])
    def test_from_outside_is_kept_when_it_is_well_formed(self, client: Client, given: str) -> None:
        assert client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given

    @pytest.mark.parametrize(
        "given",
        [
            "urn:uuid:" + GUID,
            "{" + GUID + "}",
            "<script>",
            pytest.param("-" * 900 + GUID, id="long"),
            GUID.upper(),
            EMAIL,
        ],
    )
    def test_from_outside_is_replaced_otherwise(self, client: Client, given: str) -> None:
        answer = client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]

        assert re.fullmatch(r"[0-9a-f]{32}", answer)


@pytest.mark.django_db
class TestTheAccessLine:
    def test_costs_no_query(self, sign_in: SignIn, django_assert_num_queries: Any, monkeypatch: Any) -> None:
        client = sign_in(person())
        with django_assert_num_queries(0):
            client.get("/healthz")

    def test_names_the_role_and_nobody(self, sign_in: SignIn, logged: Callable[[], str]) -> None:
        for user in (person(), factories.administrator(), User.objects.create_superuser("t@exemple.invalid")):
            sign_in(user).get(reverse("wagtailadmin_home"))
        roles = [json.loads(line).get("role") for line in logged().splitlines() if '"access"' in line]

        assert roles == ["Modérateur·rices", "Administrateur·rices", "superutilisateur"]


class TestTheConfiguration:
    @pytest.mark.parametrize("form", [JSON, TEXT])
    def test_writes_each_line_once_and_clean(self, form: str, tmp_path: Path) -> None:
        script = (
            "import logging, logging.config\n"
            "from home.logs.configuration import logging_configuration\n"
            f"logging.config.dictConfig(logging_configuration({form!r}, {str(tmp_path / 'audit')!r}))\n"
            f"for name in ('django.request', 'gunicorn.error', 'audit'): logging.getLogger(name).error('de {EMAIL}')\n"
            f"logging.getLogger('gunicorn.access').info('{NETWORK}')\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

        assert done.stderr.count("de [adresse]") == 3
        assert NETWORK not in done.stderr
        assert done.stdout == ""
        assert (tmp_path / "audit").read_text().count("de [adresse]") == 1
        assert (tmp_path / "audit").stat().st_mode & 0o777 == 0o600
        if form == JSON:
            assert [json.loads(line)["level"] for line in done.stderr.splitlines()] == ["ERROR"] * 3


class TestReports:
    def test_are_neither_made_nor_loaded_without_an_address(self) -> None:
        script = (
            "import django, os, sys; os.environ.pop('SENTRY_DSN', None); django.setup(); "
            "print('sentry_sdk' in sys.modules)"
        )
        environment = {"DJANGO_SETTINGS_MODULE": "site_ocu.settings.test", "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
        )

        assert done.stdout.strip() == "False"

    @pytest.mark.django_db
    def test_say_where_it_failed_and_nothing_of_anybody(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent: list[Any] = []

        class Caught(Transport):
            def capture_envelope(self, envelope: Any) -> None:
                sent.append(envelope)

        def failing(*args: Any, **kwargs: Any) -> None:
            local = "".join(["valeur", "locale"])  # a variable that must not leave
            logging.getLogger("home").error("pas pour %s", SURNAME or local)
            raise ValueError(f"« {NAME} » {SURNAME!r} {EMAIL}")

        monkeypatch.setattr("home.search.views.render", failing)
        client.raise_request_exception = False
        client.force_login(person())
        with monkeypatch.context(), sentry_sdk.isolation_scope():
            reports.start("https://cle@exemple.invalid/1", transport=Caught)
            try:
                client.get(f"/recherche/?q={SEARCHED}", REMOTE_ADDR=NETWORK, headers={"cookie-x": EMAIL})
                sentry_sdk.flush()
            finally:
                sentry_sdk.get_global_scope().set_client(None)
        text = "\n".join(envelope.serialize().decode() for envelope in sent)

        assert len(sent) == 2
        assert "ValueError" in text
        assert "home/search/views.py" in text
        for secret in (
            EMAIL,
            NAME,
            json.dumps(NAME)[1:-1],
            SURNAME,
            NETWORK,
            SEARCHED,
            "sessionid",
            "valeurlocale",
        ):
            assert secret not in text.replace("« {NAME} »", "").replace("{SURNAME!r}", ""), secret
