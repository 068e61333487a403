"""A second factor: who needs one, how it is set up and taken away, and that no code opens twice."""

from __future__ import annotations

import datetime
import re
from typing import Any
from unittest import mock

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.models import Invitation, User
from home.moderation.roles import ADMINISTRATORS, MODERATORS, VOLUNTEERS
from home.people.inviting import token_of
from home.people.signin.sealing import opened, sealed
from tests import factories
from tests.people.signin.people import (
    DOOR,
    ELSEWHERE,
    HOME,
    WRONG,
    at,
    code_of,
    enter,
    give_application,
    is_in,
    recovery_codes,
)

pytestmark = pytest.mark.django_db
STEP = "/admin/login/code/"
SETUP = "/admin/compte/second-facteur/"
APPLICATION = f"{SETUP}application/"
CONFIRM = "/admin/compte/confirmer/"


@pytest.fixture
def owner() -> User:
    return factories.moderator(email="lune@exemple.invalid")


def signed_in(user: User, secret: str = "") -> Client:
    client = at()
    enter(client, user.email)
    if secret:
        client.post(STEP, {"code": code_of(secret)})
    return client


def confirm(client: Client, leads_to: str = SETUP, **proof: str) -> Any:
    by = "code/" if "code" in proof else ""
    return client.post(f"{CONFIRM}{by}?next={leads_to}", proof or {"password": factories.PASSWORD})


def days_ago(user: User, days: float) -> None:
    User.objects.filter(pk=user.pk).update(second_factor_since=timezone.now() - datetime.timedelta(days=days))


class TestSettingUp:
    def test_asks_for_the_password_first(self, owner: User) -> None:
        client = signed_in(owner)

        assert client.get(APPLICATION)["Location"].startswith(CONFIRM)
        assert confirm(client, APPLICATION, password=WRONG).status_code == 200
        assert client.get(APPLICATION).status_code == 302
        assert confirm(client, APPLICATION)["Location"] == APPLICATION
        assert client.get(APPLICATION).status_code == 200

    def test_is_done_with_a_code_of_the_application(self, owner: User) -> None:
        client = signed_in(owner)
        confirm(client)
        secret = client.get(APPLICATION).context["form"].secret

        wrong = client.post(APPLICATION, {"code": "000000"})
        right = client.post(APPLICATION, {"code": code_of(secret)})

        assert wrong.context["form"].errors
        assert right["Location"] == reverse("mfa_view_recovery_codes")
        codes = re.findall(r"<code>(\d{8})</code>", client.get(right["Location"]).content.decode())
        assert codes == recovery_codes(owner)
        assert len(codes) == 10
        assert mail.outbox[-1].to == [owner.email]
        assert ModelLogEntry.objects.filter(action="home.second_factor", object_id=str(owner.pk)).exists()

    def test_draws_its_picture_without_asking_anybody(self, owner: User) -> None:
        client = signed_in(owner)
        confirm(client)

        page = client.get(APPLICATION).content.decode()

        assert 'src="data:image/svg+xml;base64,' in page
        assert "<script>" not in page.partition("<main")[2]

    def test_keeps_no_secret_that_a_copy_of_the_database_gives_away(self, owner: User) -> None:
        secret = give_application(owner)

        kept = str(list(Authenticator.objects.values("data")))

        assert secret not in kept
        assert not any(code in kept for code in recovery_codes(owner))

    def test_under_another_secret_key_opens_to_nobody(self, settings: Any) -> None:
        token = sealed("secret")
        settings.SECRET_KEY = "une autre clé"

        assert opened(token) not in ("secret", "")
        assert opened(token) != opened(token)

    def test_goes_on_after_the_secret_key_was_renewed(self, settings: Any) -> None:
        token = sealed("secret")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "une autre clé"

        assert opened(token) == "secret"

    def test_spends_the_code_it_was_done_with(self, owner: User) -> None:
        client = signed_in(owner)
        confirm(client)
        code = code_of(client.get(APPLICATION).context["form"].secret)
        client.post(APPLICATION, {"code": code})
        cache.clear()

        other = at()
        enter(other, owner.email)
        other.post(STEP, {"code": code})

        assert not is_in(other)

    def test_is_guessed_a_few_times(self, owner: User) -> None:
        client = signed_in(owner)
        confirm(client)
        secret = client.get(APPLICATION).context["form"].secret
        for _number in range(6):
            client.post(APPLICATION, {"code": "000000"})

        assert "Trop d’essais" in client.post(APPLICATION, {"code": code_of(secret)}).content.decode()


class TestTheSecondStep:
    def test_stands_between_the_password_and_the_admin(self, owner: User) -> None:
        secret = give_application(owner)
        client = at()

        assert enter(client, owner.email, next="/admin/guide/")["Location"] == STEP
        assert not is_in(client)
        assert client.post(STEP, {"code": code_of(secret)})["Location"] == "/admin/guide/"
        assert is_in(client)

    def test_is_not_reached_without_the_password(self, owner: User) -> None:
        secret = give_application(owner)
        client = at()

        assert client.post(STEP, {"code": code_of(secret)})["Location"] == DOOR
        assert not is_in(client)

    def test_is_not_passed_over_by_an_invitation(self, owner: User) -> None:
        give_application(owner)
        mission = factories.MissionFactory()

        owner.set_unusable_password()
        owner.save()
        invitation = Invitation.objects.create(user=owner, mission=mission)
        phrase = "une toute nouvelle phrase"
        client = at()
        client.post(
            reverse("welcome", args=[invitation.pk, token_of(invitation)]),
            {"byline_kind": "pseudonym", "pseudonym": "Ortie", "password1": phrase, "password2": phrase},
        )

        assert not is_in(client)

    @pytest.mark.parametrize("forgetful", [False, True], ids=["", "when the cache forgot"])
    def test_takes_no_code_twice(self, owner: User, forgetful: bool) -> None:
        code = code_of(give_application(owner))
        first, second = at(), at(ELSEWHERE)
        for client in (first, second):
            enter(client, owner.email)
            client.post(STEP, {"code": code})
            if forgetful:
                cache.clear()

        assert is_in(first)
        assert not is_in(second)

    def test_takes_the_next_code(self, owner: User) -> None:
        secret = give_application(owner)
        signed_in(owner, secret)
        client = at()
        enter(client, owner.email)
        client.post(STEP, {"code": code_of(secret, 1)})

        assert is_in(client)

    def test_takes_no_code_older_than_one_that_was_used(self, owner: User) -> None:
        secret = give_application(owner)
        signed_in(owner, secret)
        client = at()
        enter(client, owner.email)
        client.post(STEP, {"code": code_of(secret, -1)})

        assert not is_in(client)

    def test_takes_a_recovery_code_once(self, owner: User) -> None:
        give_application(owner)
        code = recovery_codes(owner)[3]
        first, second = at(), at()
        for client in (first, second):
            enter(client, owner.email)
            client.post(STEP, {"code": code})

        assert is_in(first)
        assert not is_in(second)
        assert len(recovery_codes(owner)) == 9

    def test_is_guessed_a_few_times_whatever_the_address(self, owner: User) -> None:
        secret = give_application(owner)
        for number in range(6):
            client = at(f"192.0.2.{number}")
            enter(client, owner.email)
            client.post(STEP, {"code": "000000"})
        client = at()
        enter(client, owner.email)

        answer = client.post(STEP, {"code": code_of(secret)})

        assert "Trop d’essais" in answer.content.decode()
        assert not is_in(client)

    def test_does_not_count_for_others(self, owner: User) -> None:
        give_application(owner)
        client = at()
        enter(client, owner.email)
        for _number in range(6):
            client.post(STEP, {"code": "000000"})
        other = factories.moderator()

        assert is_in(signed_in(other, give_application(other)))

    def test_can_be_left_for_a_new_beginning(self, owner: User) -> None:
        give_application(owner)
        client = at()
        enter(client, owner.email)

        assert client.get(DOOR).status_code == 200


class TestTakingAFactorAway:
    def test_takes_the_factor_and_not_the_password(self, owner: User) -> None:
        secret = give_application(owner)
        client = signed_in(owner, secret)

        by_password = confirm(client, f"{APPLICATION}retirer/")
        assert by_password["Location"].startswith(f"{CONFIRM}code/")
        client.post(f"{APPLICATION}retirer/")
        assert Authenticator.objects.filter(user=owner, type="totp").exists()

        confirm(client, SETUP, code=code_of(secret, 1))
        client.post(f"{APPLICATION}retirer/")
        assert not Authenticator.objects.filter(user=owner).exists()
        assert "ne protège plus" in mail.outbox[-1].body

    def test_asks_for_no_code_again_that_came_in(self, owner: User) -> None:
        secret = give_application(owner)
        client = signed_in(owner, secret)
        cache.clear()

        confirm(client, SETUP, code=code_of(secret))

        assert client.get(f"{APPLICATION}retirer/").status_code == 302

    def test_of_somebody_else_is_refused(self, owner: User) -> None:
        theirs = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "À elle"})
        mine = factories.moderator()
        client = signed_in(mine)
        confirm(client)

        assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404

    def test_renews_the_codes_on_demand(self, owner: User) -> None:
        secret = give_application(owner)
        before = recovery_codes(owner)
        client = signed_in(owner, secret)
        confirm(client, SETUP, code=code_of(secret, 1))

        client.post(reverse("mfa_generate_recovery_codes"))

        assert not set(before) & set(recovery_codes(owner))
        file = client.get(reverse("mfa_download_recovery_codes"))
        assert all(code in file.content.decode() for code in recovery_codes(owner))
        assert file["Content-Type"].startswith("text/plain")

    def test_is_done_by_a_command_for_whoever_lost_it(self, owner: User) -> None:
        client = signed_in(owner, give_application(owner))

        call_command("reset_second_factor", "Lune@exemple.invalid")

        assert not Authenticator.objects.filter(user=owner).exists()
        assert not is_in(client)
        assert ModelLogEntry.objects.filter(
            action="home.reset_second_factor", object_id=str(owner.pk)
        ).exists()
        assert "retiré le second facteur" in mail.outbox[-1].body
        assert is_in(signed_in(owner))

    def test_by_the_command_says_when_there_is_no_such_account(self) -> None:
        with pytest.raises(CommandError, match="Aucun compte"):
            call_command("reset_second_factor", "personne@exemple.invalid")


class TestTheGraceTime:
    @pytest.mark.parametrize(
        ("group", "needs"), [(VOLUNTEERS, False), (MODERATORS, True), (ADMINISTRATORS, True)]
    )
    def test_is_counted_for_those_who_need_a_factor(self, group: str, needs: bool) -> None:
        person = factories.UserFactory(group=group)
        signed_in(person)

        person.refresh_from_db()
        assert bool(person.second_factor_since) is needs

    def test_is_counted_for_the_account_that_may_do_everything(self) -> None:
        root = User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD)
        signed_in(root)

        root.refresh_from_db()
        assert root.second_factor_since

    def test_begins_with_the_first_sign_in(self, owner: User) -> None:
        assert owner.second_factor_since is None

    def test_begins_with_the_role_for_whoever_came_before_and_ends_with_it(self) -> None:
        person = factories.volunteer()
        signed_in(person)
        person.refresh_from_db()
        moderators = Group.objects.get(name=MODERATORS)

        person.groups.add(moderators)
        assert person.second_factor_since
        person.groups.remove(moderators)
        assert person.second_factor_since is None

    def test_does_not_begin_again_with_each_sign_in(self, owner: User) -> None:
        days_ago(owner, 10)
        signed_in(owner)

        owner.refresh_from_db()
        assert owner.second_factor_since
        assert owner.second_factor_since < timezone.now() - datetime.timedelta(days=9)

    @pytest.mark.parametrize(("days", "words"), [(0, "14 jours"), (10.5, "4 jours"), (13.5, "1 jour ")])
    def test_is_said_on_the_first_screen(self, owner: User, days: float, words: str) -> None:
        days_ago(owner, days)

        page = signed_in(owner).get("/admin/").content.decode()

        assert f"Il vous reste {words}" in page

    def test_is_said_wherever_one_comes_in(self, owner: User) -> None:
        client = at()
        enter(client, owner.email, next="/admin/guide/moderation/")

        assert "il vous reste 14 jours" in client.get("/admin/guide/moderation/").content.decode()

    def test_is_said_to_nobody_who_has_a_factor(self, owner: User) -> None:
        client = signed_in(owner, give_application(owner))

        assert "vous reste" not in client.get("/admin/").content.decode()

    def test_leaves_time(self, owner: User) -> None:
        days_ago(owner, 13.9)

        assert is_in(signed_in(owner))


class TestAfterTheGraceTime:
    @pytest.fixture
    def late(self, owner: User) -> Client:
        days_ago(owner, 14.1)
        return signed_in(owner)

    @pytest.mark.parametrize(
        "address", ["/admin/", "/admin/pages/", "/admin/reports/locked/", "/documents/1/x.pdf"]
    )
    def test_every_page_leads_to_the_set_up(self, late: Client, address: str) -> None:
        assert late.get(address)["Location"] == SETUP
        assert late.post(address)["Location"] == SETUP

    @pytest.mark.parametrize(
        "headers",
        [
            {"x-requested-with": "XMLHttpRequest"},
            {"accept": "application/json"},
            {"accept": "*/*", "sec-fetch-mode": "cors"},
        ],
    )
    def test_scripts_get_a_refusal_in_words(self, late: Client, headers: dict[str, str]) -> None:
        answer = late.get("/admin/api/main/pages/", headers=headers)

        assert answer.status_code == 403
        assert "second facteur" in answer.json()["error"]

    def test_the_set_up_is_open_and_opens_the_rest(self, late: Client, owner: User) -> None:
        page = late.get(SETUP).content.decode()
        assert "Mettez-le en place pour continuer" in page

        confirm(late)
        secret = late.get(APPLICATION).context["form"].secret
        late.post(APPLICATION, {"code": code_of(secret)})

        assert is_in(late)

    def test_one_may_leave(self, late: Client) -> None:
        assert late.post(reverse("wagtailadmin_logout"))["Location"] == DOOR

    def test_recovery_codes_alone_are_no_factor(self, late: Client, owner: User) -> None:
        Authenticator.objects.create(
            user=owner, type="recovery_codes", data={"seed": sealed("x"), "used_mask": 0}
        )

        assert not is_in(late)

    def test_volunteers_are_left_alone(self) -> None:
        person = factories.volunteer()
        client = signed_in(person)

        assert is_in(client)
        assert "second facteur" not in client.get("/admin/").content.decode()

    def test_taking_the_factor_away_leads_back_to_the_set_up(self, owner: User) -> None:
        days_ago(owner, 14.1)
        secret = give_application(owner)
        client = signed_in(owner, secret)
        assert is_in(client)
        confirm(client, SETUP, code=code_of(secret, 1))
        client.post(f"{APPLICATION}retirer/")

        assert client.get("/admin/")["Location"] == SETUP

    def test_accounts_of_the_demonstration_are_let_in_where_they_may_exist(self, settings: Any) -> None:
        person = factories.moderator(email="moderation@demo.invalid")
        days_ago(person, 100)
        client = signed_in(person)

        assert is_in(client)
        settings.DEMO_ACCOUNTS_ALLOWED = False
        assert not is_in(client)


class TestAPasskey:
    def test_is_asked_for_by_a_script_and_by_nobody_else(self) -> None:
        options = at().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

        assert options.json()["request_options"]["publicKey"]["userVerification"] == "required"
        assert at().get(reverse("mfa_login_webauthn"))["Location"] == DOOR
        assert at().get(DOOR, headers={"accept": "application/json"})["Content-Type"].startswith("text/html")

    @pytest.mark.parametrize(
        "credential", ["", "{}", "[]", '{"id": "x", "response": {"userHandle": "MQ"}}', "nan"]
    )
    def test_that_is_none_opens_nothing(self, owner: User, credential: str) -> None:
        client = at()
        client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

        assert answer.status_code == 302
        assert not is_in(client)

    @pytest.mark.parametrize(
        "credential",
        ["", "nan", "[1]", '{"id": "x"}', '{"id": "x", "rawId": "é"}'],
        ids=["nothing", "no number", "a list", "half a key", "no key"],
    )
    def test_that_is_none_protects_nothing(self, owner: User, credential: str) -> None:
        client = signed_in(owner)
        confirm(client)
        client.get(reverse("mfa_add_webauthn"))

        answer = client.post(reverse("mfa_add_webauthn"), {"name": "Clé", "credential": credential})

        assert answer.status_code == 200
        assert not Authenticator.objects.exists()

    def test_of_a_closed_account_opens_nothing(self, owner: User) -> None:
        key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Clé 1"})
        owner.is_active = False
        owner.save()
        client = at(HOME)
        with mock.patch(
            "allauth.mfa.webauthn.forms.AuthenticateWebAuthnForm.clean_credential", lambda form: key
        ):
            answer = client.post(reverse("mfa_login_webauthn"), {"credential": "[1]"}, follow=True)

        assert "Ce compte est fermé." in answer.content.decode()
        assert not is_in(client)


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "/accounts/login/",
            "/accounts/signup/",
            "/admin/signup/",
            "/admin/compte/email/",
            "/admin/compte/social/",
            "/admin/login/code/request/",
        ],
    )
    def test_of_allauth_that_nobody_needs_do_not_exist(self, address: str) -> None:
        root = Client()
        root.force_login(User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD))

        assert root.get(address).status_code == 404

    def test_nobody_signs_up(self) -> None:

        assert not get_adapter().is_open_for_signup(mock.Mock())

    def test_keep_wagtails_names(self) -> None:
        assert reverse("wagtailadmin_login") == reverse("account_login") == DOOR
        assert reverse("wagtailadmin_password_reset") == reverse("account_reset_password")

    @pytest.mark.parametrize("address", ["/", "/admin/login/", "/blog/", "/recherche/?q=droits"])
    def test_give_no_session_to_whoever_reads(self, address: str) -> None:
        cookies = at().get(address).cookies

        assert not {"sessionid", "navigateur"} & set(cookies)
