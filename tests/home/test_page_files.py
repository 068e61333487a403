"""Addresses of what a page gives to take away, such as ``/pratiques/export.csv``."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/pratiques/rien.pdf", "/rien/export.csv", "/pratiques/../export.csv"])
def test_a_file_that_no_page_gives_is_not_found(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 404
    assert "text/html" in response["Content-Type"]
