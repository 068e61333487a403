"""No cell of any file is a formula, whoever wrote the word and whichever list it is exported from."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from home.delivery.spreadsheets import harmless
from tests import factories
from tests.conftest import SignIn

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
UNSEEN = ("", " ", "\u00a0", "\u200b", "\ufeff", "\u2060", " \u200e ")


class TestACell:
    @pytest.mark.parametrize("start", STARTS)
    @pytest.mark.parametrize("before", UNSEEN)
    def test_is_text_even_behind_what_nobody_sees(self, start: str, before: str) -> None:
        assert harmless(f"{before}{start}1") == f"'{before}{start}1"
        assert harmless(f"1{start}") == f"1{start}"

    @given(st.text())
    def test_begins_like_no_formula_and_comes_back_whole(self, text: str) -> None:
        text = text.replace("\x00", "")
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([harmless(text), "autre"])
        ((cell, other),) = csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=";")

        assert cell.removeprefix("'") == text.removeprefix("'")
        assert not cell.strip().startswith(("=", "+", "-", "@")) and other == "autre"

    def test_that_is_a_number_stays_one(self) -> None:
        assert harmless(-3) == -3


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtailadmin_reports:site_history"])
def test_a_list_of_wagtail_is_harmless_too(name: str, sign_in: SignIn) -> None:
    person = factories.administrator(first_name="=cmd|'/c calc'!A1", last_name="x", is_superuser=True)
    factories.BlogPostPageFactory(title="@SUM(1)", owner=person)
    client = sign_in(person)

    response: Any = client.get(reverse(name), {"export": "csv"})
    table = response.getvalue().decode()

    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
