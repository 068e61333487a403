"""Fields that a form does not show are not written, however they are called in what is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from blog.models import BlogPostPage
from home.delivery import open_forms
from home.models import ContentReport, User
from home.moderation.roles import VOLUNTEERS
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import create_sheet, sheet_form
from tests.moderation.test_content_reports import filled_in

pytestmark = pytest.mark.django_db


def hidden_fields(model: type[models.Model], shown: set[str]) -> dict[str, str]:
    """Everything that *model* has and a form does not show, under each name that it may have."""
    names = {field.name for field in model._meta.concrete_fields} - shown
    return {name: "1" for field in names for name in (field, f"{field}_id", f"form-0-{field}")}


class TestAForm:
    def test_for_readers_writes_what_it_shows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(open_forms, "FASTEST", -1)
        shown = {"address", "kind", "message", "contact"}
        editor = factories.moderator()

        Client().post("/signaler/", filled_in(Client(), **hidden_fields(ContentReport, shown)))

        report = ContentReport.objects.get()
        assert (report.handled_by, report.handled_at, report.outcome, report.page) == (None, None, "", None)
        assert editor.pk

    def test_for_one_s_own_account_gives_no_right(self, sign_in: SignIn) -> None:
        person = factories.volunteer()
        before = User.objects.filter(pk=person.pk).values("is_superuser", "is_staff", "is_active").get()
        everything = hidden_fields(User, {"first_name", "last_name", "email"}) | {"groups": "1"}
        sent = everything | {f"profile-{name}": "1" for name in ("is_superuser", "is_staff", "groups")}

        sign_in(person).post(reverse("wagtailadmin_account"), sent)

        person.refresh_from_db()
        assert (
            before == User.objects.filter(pk=person.pk).values("is_superuser", "is_staff", "is_active").get()
        )
        assert [group.name for group in person.groups.all()] == [VOLUNTEERS]

    def test_for_a_text_gives_neither_the_text_nor_the_public_away(
        self, territory: TerritoryPage, sign_in: SignIn
    ) -> None:
        person, other = factories.volunteer(territory), factories.moderator()
        client = sign_in(person)
        stolen: dict[str, Any] = {
            "live": "on",
            "owner": str(other.pk),
            "locked": "on",
            "locked_by": str(other.pk),
            "depth": "1",
            "path": "0001",
            "url_path": "/",
            "checked_on": "2022-01-01",
            "first_published_at": "2020-01-01",
            "archived_on": "2020-01-01",
            "show_in_menus": "on",
            "action-publish": "1",
            "approved": "on",
            "has_unpublished_changes": "",
            "latest_revision": "1",
            "content_type": "1",
            "pk": "1",
            "id": "1",
        }

        create_sheet(client, sheet_form(title="Une fiche", territory=territory), **stolen)

        for page in [*territory.practices.all(), *BlogPostPage.objects.all()]:
            assert (page.live, page.owner, page.locked, page.show_in_menus) == (False, person, False, False)
            assert page.first_published_at is None and page.depth > 2
        assert territory.practices.exists()
