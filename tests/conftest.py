"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from django.test import Client

from home.models import User
from tests import factories
from tests.guards.register import Guard, guards_of
from tests.guards.switches import switched_off

SignIn = Callable[[User], Client]


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
        fails = pytest.mark.xfail(strict=True)
        without = [pytest.param(guard, marks=fails, id=f"without {guard}") for guard in off]
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
