"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from home.models import User
from tests import factories

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
