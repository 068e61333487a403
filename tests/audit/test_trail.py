"""The audit trail says who did what to accounts and rights, is written once, and is read by administrators alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.dispatch import Signal
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log

from home.audit.entries import Action, AppendOnlyError, AuditEntry
from home.audit.following import OF_PACKAGES, follow
from home.audit.trail import note
from home.models import User
from home.moderation.roles import ADMINISTRATORS, MODERATORS
from tests import factories
from tests.conftest import SignIn
from tests.reviewing import decided

pytestmark = pytest.mark.django_db


def trail(*, without: str = Action.SIGNED_IN) -> list[tuple[str, str, int | None]]:
    """What was written since the last look, the oldest first."""
    entries = AuditEntry.objects.exclude(action=without).order_by("pk")
    return [(entry.action, entry.thing, entry.actor_id) for entry in entries]


@pytest.fixture
def user() -> Iterator[User]:
    """Somebody whose making is not the matter of the test."""
    user = factories.moderator(email="zenobie@exemple.invalid", first_name="Zénobie")
    AuditEntry._base_manager.all().delete()
    return user  # type: ignore[return-value]


def thing(user: User) -> str:
    return f"home.User#{user.pk}"


class TestSigningIn:
    def test_and_out_are_noted(self, user: User, client: Client) -> None:
        client.post("/admin/login/", {"username": user.email, "password": factories.PASSWORD})
        client.post(reverse("wagtailadmin_logout"))

        assert trail(without="") == [
            ("signed_in", thing(user), user.pk),
            ("signed_out", thing(user), user.pk),
        ]

    def test_that_fails_is_noted_without_what_was_typed(self, user: User, client: Client) -> None:
        for name in (user.email.upper(), "inconnu@exemple.invalid"):
            client.post("/admin/login/", {"username": name, "password": "mot de passe raté"})

        assert trail() == [("sign_in_failed", thing(user), None), ("sign_in_failed", "", None)]
        assert "inconnu" not in json.dumps(list(AuditEntry.objects.values("thing", "detail", "request_id")))

    def test_has_the_number_of_its_request(self, user: User, client: Client) -> None:
        answer = client.post("/admin/login/", {"username": user.email, "password": factories.PASSWORD})

        assert AuditEntry.objects.get().request_id == answer["X-Request-ID"]


class TestAnAccount:
    def test_that_is_made_or_deleted_is_noted(self, user: User) -> None:
        other = User.objects.create_user("autre@exemple.invalid")
        name = thing(other)
        other.delete()

        assert trail() == [("account_created", name, None), ("account_deleted", name, None)]

    def test_that_is_made_with_all_rights_says_both(self, user: User) -> None:
        total = User.objects.create_superuser("total@exemple.invalid", "une phrase de passe")

        assert trail() == [("account_created", thing(total), None), ("all_rights_given", thing(total), None)]

    @pytest.mark.parametrize(
        ("field", "actions"),
        [
            ("is_active", ["account_closed", "account_opened"]),
            ("is_superuser", ["all_rights_given", "all_rights_taken"]),
        ],
    )
    def test_whose_switch_changes_is_noted_each_time(
        self, user: User, field: str, actions: list[str]
    ) -> None:
        for _time in range(2):
            setattr(user, field, not getattr(user, field))
            user.save()
        user.save()

        assert [action for action, _thing, _actor in trail()] == actions

    def test_whose_password_changes_is_noted(self, user: User) -> None:
        user.set_password("une autre phrase")
        user.save()
        user.save()

        assert trail() == [("password_changed", thing(user), None)]

    def test_that_gets_and_loses_a_role_is_noted_whichever_way(self, user: User) -> None:
        group = Group.objects.get(name=ADMINISTRATORS)
        user.groups.add(group)
        user.groups.remove(group)
        group.user_set.add(user)  # type: ignore[attr-defined]
        group.user_set.clear()  # type: ignore[attr-defined]
        user.groups.clear()

        details = list(AuditEntry.objects.order_by("pk").values_list("action", "detail"))
        assert details == [
            ("role_given", ADMINISTRATORS),
            ("role_taken", ADMINISTRATORS),
            ("role_given", ADMINISTRATORS),
            ("role_taken", ADMINISTRATORS),
            ("role_taken", MODERATORS),
        ]

    def test_is_changed_by_somebody(self, user: User, sign_in: SignIn) -> None:
        admin = factories.administrator()
        client = sign_in(admin)
        AuditEntry._base_manager.all().delete()
        form = {
            "email": user.email,
            "first_name": "A",
            "last_name": "B",
            "groups": [Group.objects.get(name=MODERATORS).pk],
        }

        client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)

        assert ("account_closed", thing(user), admin.pk) in trail()


def test_the_rights_of_a_role_are_noted(user: User) -> None:
    group = Group.objects.get(name=MODERATORS)
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    assert trail() == [("rights_changed", f"auth.Group#{group.pk}", None)]


class TestAText:
    def test_published_without_a_review_is_noted(self, user: User) -> None:
        page = factories.StandardPageFactory()

        assert trail() == [("published_unreviewed", f"home.StandardPage#{page.pk}", None)]

    def test_published_after_a_review_is_not(self, user: User, territory: Any) -> None:
        page = factories.BlogPostPageFactory(live=False, territory=territory)
        page.get_workflow().start(page, factories.volunteer())
        AuditEntry._base_manager.all().delete()
        decided(page, user, "approve")

        page.refresh_from_db()
        assert page.live
        assert trail() == []

    @pytest.mark.parametrize("action", ["home.consent_withdrawn", "home.image_withheld", "home.leave"])
    def test_or_an_image_whose_history_matters_here_is_copied(self, user: User, action: str) -> None:
        image = factories.ImageFactory()
        log(image, action, user=user, data={"on": "2026-01-01", "reason": "x"})
        log(image, "wagtail.edit", user=user)

        assert [(what, who) for _action, what, who in trail()] == [(f"home.Image#{image.pk}", user.pk)]


class TestOtherPackages:
    def test_are_followed_by_the_account_or_by_the_name(self, user: User) -> None:
        signal = Signal()
        follow(signal, Action.LOCKED_OUT)

        signal.send("axes", request=None, username=user.email.upper(), ip_address="203.0.113.7")
        signal.send("allauth", request=None, user=user)
        signal.send("axes", request=None, username="personne@exemple.invalid", ip_address="203.0.113.7")

        assert trail() == [("locked_out", thing(user), None)] * 2 + [("locked_out", "", None)]

    @pytest.mark.parametrize(("package", "path", "action"), OF_PACKAGES)
    def test_have_the_signals_that_are_named(self, package: str, path: str, action: str) -> None:
        module, _dot, name = path.rpartition(".")
        found = find_spec(module)

        assert found is not None
        assert f"{name} = Signal()" in Path(str(found.origin)).read_text()


class TestTheTrail:
    @pytest.fixture
    def entry(self, user: User) -> AuditEntry:
        return note(Action.EXPORTED, user, actor=user, detail="pour a@b.fr")

    def test_is_changed_and_deleted_by_nobody(self, entry: AuditEntry) -> None:
        entry.action = Action.ERASED
        for change in (
            entry.save,
            entry.delete,
            AuditEntry.objects.all().delete,
            lambda: AuditEntry.objects.update(action="erased"),
            lambda: AuditEntry.objects.bulk_update([entry], ["action"]),
        ):
            with pytest.raises(AppendOnlyError):
                change()
        assert AuditEntry.objects.get().action == "exported"
        assert not Permission.objects.filter(content_type__model="auditentry").exists()

    def test_keeps_the_number_of_an_account_that_is_gone(self, entry: AuditEntry, user: User) -> None:
        number = user.pk
        user.delete()

        assert AuditEntry.objects.filter(action="exported").values_list("actor_id", flat=True).get() == number

    def test_says_no_address_and_has_a_line_in_the_log(
        self, user: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        entry = note(Action.BACKED_UP, detail="pour a@b.fr")

        assert entry.detail == "pour [adresse]"
        (record,) = [record for record in caplog.records if record.name == "audit"]
        assert record.getMessage() == "backed_up , -"


class TestTheReport:
    address = "/admin/reports/journal-de-securite/"

    @pytest.mark.parametrize("maker", [factories.volunteer, factories.referent, factories.moderator])
    def test_is_refused_to_all_but_administrators(self, sign_in: SignIn, maker: Any) -> None:
        client = sign_in(maker())

        assert client.get(self.address).status_code == 302
        assert client.get(self.address + "resultats/").status_code == 302
        assert self.address not in client.get("/admin/").content.decode()

    def test_says_who_did_what(self, sign_in: SignIn, user: User) -> None:
        note(Action.EXPORTED, user, actor=user)
        note(Action.BACKED_UP)
        client = sign_in(factories.administrator())

        page = client.get(self.address).content.decode()
        filtered = client.get(self.address, {"action": "backed_up"}).content.decode()
        table = b"".join(client.get(self.address, {"export": "csv"})).decode()

        assert self.address in client.get("/admin/").content.decode()
        assert "Données d’une personne exportées" in page
        assert "Zénobie" in page
        assert "personne, ou une commande" in filtered
        assert "home.User" not in filtered
        assert f"home.User#{user.pk}" in table
        assert Session.objects.exists()
