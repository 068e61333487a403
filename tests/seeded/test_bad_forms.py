"""What no browser sends to the forms that are open to anybody: answered with words, in time, and nothing is kept."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.delivery import open_forms
from practices.models import Alert, Proposal
from practices.proposals.questions import ROWS, SECTIONS
from tests.seeded.test_bad_addresses import TOO_LONG

pytestmark = pytest.mark.slow

FORMS = [
    "/pratiques/proposer/",
    "/pratiques/berlin-clearingstelle/corriger/",
    "/pratiques/prevenez-moi/",
    "/pratiques/prevenez-moi/?theme=sante&q=%22",
]
NAMES = [name for _title, names in SECTIONS for name in names if name not in ROWS]
CELLS = [
    f"{row}-{number}-{field}" for row, kind in ROWS.items() for number in (0, 99) for field in kind.fields
]
MANAGEMENT = [f"{row}-{part}" for row in ROWS for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS")]
KEYS = [*NAMES, *CELLS, *MANAGEMENT, "passages-0-key", "sources-0-DELETE"]
OTHER = [
    "email",
    "base",
    "opened",
    "trap",
    "ajouter",
    "enregistrer",
    "envoyer",
    "agrees",
    "version",
    "\x00",
    "é" * 90,
]
EVIL = [
    "\x00",
    "a\x00b",
    "\ud83d\ude00",
    "\u202e",
    "-1",
    "1e9",
    "99999999999999999999999",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "' OR 1=1--",
    "31/02/2024",
    "http://[",
    "javascript:alert(1)",
    "x" * 100_000,
    "moi@exemple.org\nBcc: autre@exemple.org",
]
BODIES = st.dictionaries(
    st.sampled_from([*KEYS, *OTHER]), st.sampled_from(EVIL) | st.text(max_size=40), min_size=1, max_size=25
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had sent anything before, slowly enough: what is sent is read."""
    cache.clear()
    monkeypatch.setattr(open_forms, "FASTEST", -1)


def answer(address: str, sent: dict[str, Any]) -> Any:
    started = time.process_time()
    response = Client(raise_request_exception=False).post(address, sent)
    assert time.process_time() - started < TOO_LONG
    assert response.status_code in (200, 302, 400, 413, 422, 429), (response.status_code, sent)
    assert b"<script>alert" not in response.content
    return response


@pytest.mark.parametrize("address", FORMS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=BODIES)
def test_whatever_is_sent_is_answered(address: str, sent: dict[str, str]) -> None:
    answer(address, {name: value.encode("utf-8", "replace").decode() for name, value in sent.items()})


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("value", EVIL, ids=range(len(EVIL)))
def test_a_form_full_of_it_is_answered_and_kept_by_nobody(address: str, value: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    response = answer(address, dict.fromkeys([*KEYS, "email", "opened"], value))

    assert response.status_code != 302
    assert not Proposal.objects.exists()
    assert not Alert.objects.exists()


@pytest.mark.parametrize("address", FORMS)
def test_without_anything_with_too_much_or_with_a_file_it_is_answered(address: str) -> None:
    answer(address, {})
    answer(address, {f"champ{number}": "x" for number in range(5000)})
    answer(address, {name: ["x"] * 200 for name in NAMES})
    answer(address, {"title": SimpleUploadedFile("a.exe", b"x"), "email": SimpleUploadedFile("b.pdf", b"x")})
    client = Client(raise_request_exception=False)
    for content_type in ("application/json", "text/plain", "multipart/form-data; boundary=x", "image/png"):
        response = client.post(address, data=b"\xff\x00{", content_type=content_type)
        assert response.status_code in (200, 400, 413, 415), content_type
