"""How long reviews take, told right, for editors alone, at the same cost whatever their number."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.permissions.stage import person_of
from tests.reviewing import decided

pytestmark = pytest.mark.django_db
REPORT = "review_times"
DAY = datetime.timedelta(days=1)
FINISHED = datetime.datetime(2022, 3, 20, 12, tzinfo=datetime.UTC)


def reviewed(
    days: float, kind: str = "approve", finished: datetime.datetime = FINISHED, **fields: Any
) -> Page:
    """A post whose review took *days*."""
    writer = factories.volunteer()
    page = factories.BlogPostPageFactory(live=False, owner=writer, **fields)
    page.get_workflow().start(page, writer)
    decided(page, factories.moderator(), kind)
    steps = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    steps.update(started_at=finished - days * DAY, finished_at=finished)
    return page


def waiting(days: float) -> None:
    writer = factories.volunteer()
    page = factories.BlogPostPageFactory(live=False, owner=writer)
    page.get_workflow().start(page, writer)
    TaskState.objects.filter(workflow_state__object_id=str(page.pk)).update(
        started_at=timezone.now() - days * DAY
    )


def summary(client: Client, **query: Any) -> list[str]:
    """The cells of the only line of the summary."""
    page = client.get(reverse(REPORT), query).content.decode()
    table = re.search(r'<table class="listing" id="review-times">.*?</table>', page, re.DOTALL)
    assert table is not None
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table[0].partition("<tbody>")[2], re.DOTALL)
    return [" ".join(cell.replace("\N{NO-BREAK SPACE}", " ").split()) for cell in cells]


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get(reverse(REPORT), {"export": "csv", **query})
    assert "delais-de-relecture-" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


class TestTheSummary:
    def test_has_median_longest_and_share_sent_back(self, sign_in: SignIn) -> None:
        for days, kind in [(1, "approve"), (2, "approve"), (4, "reject"), (20, "approve")]:
            reviewed(days, kind)
        waiting(5)

        line = summary(sign_in(factories.moderator()))

        assert line == [
            "Relecture et contrôle",
            "4",
            "3,0 j",
            "20,0 j",
            "25 %",
            "1 (le plus ancien depuis 5,0 j)",
        ]

    def test_is_of_the_period_and_the_step_that_were_chosen(self, sign_in: SignIn) -> None:
        reviewed(2)
        reviewed(10, finished=FINISHED + 60 * DAY)
        client = sign_in(factories.moderator())
        task = TaskState.objects.first()

        assert summary(client, finished_at_from="2022-05-01")[1:4] == ["1", "10,0 j", "10,0 j"]
        assert summary(client, finished_at_to="2022-04-01", task=task and task.task_id)[1] == "1"
        assert len(exported(client, finished_at_to="2022-04-01")) == 1

    def test_is_absent_where_nothing_was_ever_reviewed(self, sign_in: SignIn) -> None:
        page = sign_in(factories.moderator()).get(reverse(REPORT)).content.decode()

        assert "Aucune décision dans cette période." in page

    def test_outlives_the_texts(self, sign_in: SignIn) -> None:
        page = reviewed(2)
        client = sign_in(factories.moderator())
        TaskState.objects.update(comment="")
        Page.objects.filter(pk=page.pk).update(draft_title="Un autre titre")

        assert "Un autre titre" in client.get(reverse(REPORT)).content.decode()


class TestTheExport:
    def test_is_in_french_with_the_reason(self, sign_in: SignIn) -> None:
        page = reviewed(1.5, "reject", title="Au marché")

        (line,) = exported(sign_in(factories.moderator()))

        assert line["Titre"] == page.title
        assert line["Étape"] == "Relecture et contrôle"
        assert line["Jours"] == "1.5"
        assert line["Décision"] == "Changements demandés"
        assert line["Raison"] == "Autre raison"
        assert set(line) == {
            *("Titre", "Soumis par", "Étape", "Reçu", "Décidé", "Jours", "Décision", "Décidé par", "Raison"),
        }

    def test_holds_no_formula(self, sign_in: SignIn) -> None:
        reviewed(1, title='=HYPERLINK("https://ailleurs.invalid")')
        client = sign_in(factories.moderator())

        (line,) = exported(client)
        answer = client.get(reverse(REPORT), {"export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active

        assert line["Titre"].startswith("'=")
        assert sheet is not None
        assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("role", ["volontaire", "référent·e", "modérateur·rice", "administrateur·rice"])
def test_is_for_editors(sign_in: SignIn, territory: TerritoryPage, role: str) -> None:
    client = sign_in(person_of(role, territory))
    is_editor = role in ("modérateur·rice", "administrateur·rice")

    for name in (REPORT, "review_times_results"):
        assert (client.get(reverse(name)).status_code == 200) is is_editor
    assert ("review-times" in client.get(reverse("wagtailadmin_home")).content.decode()) is is_editor


def test_costs_the_same_whatever_was_decided(sign_in: SignIn) -> None:
    client, counts = sign_in(factories.moderator()), []
    for _round in range(2):
        for _page in range(4):
            reviewed(1)
        client.get(reverse(REPORT))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(REPORT))
        counts.append(len(queries))

    assert counts[0] == counts[1]
