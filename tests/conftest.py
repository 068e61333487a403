"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.http import FileResponse
from django.test import Client

from home.delivery import outbox
from home.models import User
from tests import factories
from tests.guards.register import Guard, guards_of
from tests.guards.switches import switched_off

SignIn = Callable[[User], Client]


def pytest_configure() -> None:
    """On a machine that says it integrates, pytest spells out the whole difference of whatever fails.

    Hundreds of tests fail here on purpose, without their guard, some of them over megabytes.
    """
    for name in ("CI", "BUILD_NUMBER"):
        os.environ.pop(name, None)


@pytest.fixture
def sign_in() -> SignIn:
    """Give a client of its own to each person, so that several can act in one test."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def territory(db: None) -> factories.TerritoryPage:
    """A published territory."""
    return factories.TerritoryPageFactory(title="Liège")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that holds guards runs once more without each of them, and has to fail."""
    if off := guards_of(metafunc.definition.nodeid):
        marks = (pytest.mark.xfail(strict=True), pytest.mark.once)
        without = [pytest.param(guard, marks=marks, id=f"without {guard}") for guard in off]
        metafunc.parametrize("guard", [pytest.param(None, id="guarded"), *without], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with several cases, the one named runs without its guard; the others might not notice."""
    items[:] = [item for item in items if not _is_another_case(item)]


def _is_another_case(item: pytest.Item) -> bool:
    off: Guard | None = getattr(item, "callspec", None) and item.callspec.params.get("guard")  # type: ignore[attr-defined]
    if not off or "[" not in off.test:
        return False
    case = off.test.partition("[")[2].removesuffix("]")
    return item.callspec.id not in (f"{case}-without {off}", f"without {off}-{case}")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Switches off the guard that the test has to miss."""
    off: Guard | None = getattr(request, "param", None)
    with switched_off(off.name, off.off) if off else nullcontext():
        yield


@pytest.fixture(autouse=True)
def answering_mail_server() -> None:
    """Whatever an earlier test did to the mail server, this one asks it again."""
    outbox.forget_silence()


@pytest.fixture(autouse=True)
def hung_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes the files that were being sent when the test ended.

    A server does so when its reader goes away; Django's test client waits for somebody to read to the end. A file left
    open is complained of whenever the garbage collector finds it, in some other test.
    """
    if request.node.get_closest_marker("browser"):  # a true server sends them, perhaps this very moment
        yield
        return
    sent = []
    begin = FileResponse.__init__

    def noted(response: FileResponse, *args: Any, **kwargs: Any) -> None:
        begin(response, *args, **kwargs)
        sent.append(response.file_to_stream)

    monkeypatch.setattr(FileResponse, "__init__", noted)
    yield
    for file in sent:
        if file is not None:
            file.close()
