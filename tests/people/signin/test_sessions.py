"""Sessions: another key for whoever comes in, an end after idle hours, and everywhere at once."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from home.models import User
from home.people.leaving import Leave, leave
from tests import factories
from tests.people.signin.people import (
    CHROME,
    ELSEWHERE,
    HOME,
    WRONG,
    at,
    code_of,
    enter,
    give_application,
    hours_later,
    is_in,
)

pytestmark = pytest.mark.django_db
PHRASE = "une toute nouvelle phrase"
ACCOUNT = "/admin/account/"


@pytest.fixture
def owner() -> User:
    return factories.volunteer(email="lune@exemple.invalid")


@pytest.fixture
def here(owner: User) -> Client:
    client = at(HOME)
    enter(client, owner.email)
    return client


@pytest.fixture
def elsewhere(owner: User, here: Client) -> Client:
    client = at(ELSEWHERE)
    enter(client, owner.email)
    return client


class TestTheKey:
    def test_is_another_one_after_signing_in(self, owner: User) -> None:
        client = at()
        client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})  # opens a session
        before = client.session.session_key

        enter(client, owner.email)

        assert before
        assert client.session.session_key != before

    def test_is_another_one_after_the_password_changed(self, owner: User, here: Client) -> None:
        before = here.session.session_key

        answer = change_password(here)

        assert answer.status_code == 302
        assert here.session.session_key != before
        assert is_in(here)

    def test_is_another_one_after_a_factor_changed(self, owner: User, here: Client) -> None:
        before = here.session.session_key

        set_up_application(here)

        assert here.session.session_key != before
        assert is_in(here)


def change_password(client: Client, old: str = factories.PASSWORD) -> object:
    form = {"oldpassword": old, "password1": PHRASE, "password2": PHRASE}
    return client.post(reverse("account_change_password"), form)


def set_up_application(client: Client) -> str:
    address = reverse("mfa_activate_totp")
    client.post(f"{reverse('account_reauthenticate')}?next={address}", {"password": factories.PASSWORD})
    secret: str = client.get(address).context["form"].secret
    client.post(address, {"code": code_of(secret)})
    return secret


class TestIdleTime:
    def test_ends_the_session_and_leads_back_to_the_page(self, owner: User, here: Client) -> None:
        is_in(here)
        with hours_later(12.1):
            answer = here.get(ACCOUNT)

        assert answer["Location"] == f"/admin/login/?next={ACCOUNT}"
        assert SESSION_KEY not in here.session
        door = here.get(answer["Location"])
        assert "12 heures sans activité" in door.content.decode()
        assert enter(here, owner.email, next=ACCOUNT)["Location"] == ACCOUNT

    def test_begins_again_with_each_gesture(self, here: Client) -> None:
        is_in(here)
        with hours_later(11):
            assert is_in(here)
        with hours_later(22):
            assert is_in(here)

    def test_is_not_put_off_by_a_tab_that_nobody_looks_at(self, here: Client) -> None:
        is_in(here)
        for hours in (4, 8, 12):
            with hours_later(hours):
                here.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
                here.get(reverse("presence"))
        with hours_later(13):
            assert not is_in(here)

    def test_is_shorter_for_those_who_can_do_more(self) -> None:
        client = at()
        enter(client, factories.moderator().email)
        is_in(client)
        with hours_later(4.1):
            assert not is_in(client)

    def test_is_told_to_scripts_by_a_refusal(self, here: Client) -> None:
        script = {"x-requested-with": "XMLHttpRequest"}
        assert here.get(reverse("presence"), headers=script).json()["token"]
        with hours_later(13):
            answer = here.get(reverse("presence"), headers=script)

        assert answer.status_code == 403


class TestEverywhere:
    def test_ends_the_others_and_not_this_one(self, here: Client, elsewhere: Client) -> None:
        answer = here.post(reverse("sign_out_everywhere"), follow=True)

        assert "Vos autres sessions sont fermées" in answer.content.decode()
        assert is_in(here)
        assert not is_in(elsewhere)

    def test_comes_with_a_new_password(self, here: Client, elsewhere: Client) -> None:
        change_password(here)

        assert not is_in(elsewhere)

    def test_comes_with_a_factor(self, here: Client, elsewhere: Client) -> None:
        set_up_application(here)

        assert not is_in(elsewhere)

    def test_comes_with_closing_the_account_even_if_it_opens_again(
        self, owner: User, elsewhere: Client
    ) -> None:
        for is_active in (False, True):
            owner.is_active = is_active
            owner.save(update_fields=["is_active"])

        assert not is_in(elsewhere)

    def test_comes_with_leaving(self, owner: User, elsewhere: Client) -> None:
        author = owner.author()
        assert author
        leave(author, Leave("Ortie", close_account=True), by=owner)
        User.objects.filter(pk=owner.pk).update(is_active=True)

        assert not is_in(elsewhere)

    def test_comes_with_closing_several_accounts_at_once(self, owner: User, elsewhere: Client) -> None:
        root = Client()
        root.force_login(User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD))
        kind = f"{owner._meta.app_label}/{owner._meta.model_name}"
        root.post(f"/admin/bulk/{kind}/set_active_state/?id={owner.pk}", {"mark_as_active": "False"})
        owner.refresh_from_db()
        assert not owner.is_active
        User.objects.filter(pk=owner.pk).update(is_active=True)

        assert not is_in(elsewhere)

    def test_is_offered_with_the_rest_by_the_account(self, here: Client) -> None:
        page = here.get(ACCOUNT).content.decode()

        for name in ("sign_out_everywhere", "mfa_index", "account_change_password"):
            assert reverse(name) in page


class TestChangingOnesPassword:
    def test_takes_the_one_of_now(self, owner: User, here: Client) -> None:
        change_password(here, WRONG)

        owner.refresh_from_db()
        assert owner.check_password(factories.PASSWORD)

    def test_is_not_guessed_from_a_session_left_open(self, owner: User, here: Client) -> None:
        for number in range(6):
            change_password(here, f"{WRONG} {number}")

        answer = change_password(here)

        assert "Trop d’essais" in answer.content.decode()  # type: ignore[attr-defined]

    def test_is_told_by_mail(self, here: Client) -> None:
        change_password(here)

        assert "Le mot de passe a été changé." in mail.outbox[-1].body

    def test_of_somebody_without_one_goes_by_mail(self) -> None:
        person = factories.volunteer()
        person.set_unusable_password()
        person.save()
        client = Client()
        client.force_login(person)

        answer = client.get(reverse("account_change_password"))

        assert answer["Location"] == reverse("account_reset_password")


class TestChangingOnesAddress:
    def post(self, client: Client, password: str = "") -> object:
        form = {
            "name_email-email": "Soleil@exemple.invalid",
            "name_email-first_name": "Lune",
            "name_email-last_name": "Pleine",
            "name_email-current_password": password,
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        }
        return client.post(ACCOUNT, form)

    def test_takes_the_password(self, owner: User, here: Client) -> None:
        answer = self.post(here)

        owner.refresh_from_db()
        assert owner.email == "lune@exemple.invalid"
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert "Votre mot de passe actuel, pour changer d’adresse." in page
        assert 'value="Pleine"' in page

    def test_is_told_to_the_address_of_before(self, owner: User, here: Client) -> None:
        self.post(here, factories.PASSWORD)

        owner.refresh_from_db()
        assert owner.email == "soleil@exemple.invalid"
        assert mail.outbox[-1].to == ["lune@exemple.invalid"]
        assert "soleil@exemple.invalid" in mail.outbox[-1].body

    def test_is_no_way_to_guess_the_password(self, here: Client) -> None:
        for number in range(6):
            self.post(here, f"{WRONG} {number}")

        answer = self.post(here, factories.PASSWORD)

        assert "Trop d’essais" in answer.content.decode()  # type: ignore[attr-defined]


class TestANewPlace:
    def test_is_told(self, owner: User, here: Client) -> None:
        enter(at(ELSEWHERE, CHROME), owner.email)

        (message,) = mail.outbox
        assert message.to == [owner.email]
        assert "Chrome, Linux" in message.body
        assert ELSEWHERE not in message.body

    def test_is_not_the_first_sign_in(self, here: Client) -> None:
        assert not mail.outbox

    def test_is_no_known_browser(self, owner: User, here: Client) -> None:
        here.post(reverse("wagtailadmin_logout"))
        enter(here, owner.email, REMOTE_ADDR=ELSEWHERE)
        here.defaults["REMOTE_ADDR"] = "192.0.2.77"
        here.post(reverse("wagtailadmin_logout"))
        enter(here, owner.email)

        assert not mail.outbox

    def test_is_no_known_place(self, owner: User, here: Client) -> None:
        enter(at("198.51.100.200"), owner.email)

        assert not mail.outbox

    def test_is_known_once_it_was_told(self, owner: User, here: Client, elsewhere: Client) -> None:
        enter(at(ELSEWHERE), owner.email)

        assert len(mail.outbox) == 1

    def test_is_told_when_everything_known_was_forgotten(self, owner: User, here: Client) -> None:
        owner.known_browsers.all().delete()  # type: ignore[attr-defined]
        enter(at(ELSEWHERE), owner.email)

        assert len(mail.outbox) == 1

    def test_leaves_its_cookie_to_the_admin_alone(self, owner: User) -> None:
        answer = enter(at(), owner.email)

        cookie = answer.cookies["navigateur"]
        assert cookie["path"] == "/admin/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_is_not_hidden_by_a_cookie_of_ones_own_making(self, owner: User, here: Client) -> None:
        client = at(ELSEWHERE, CHROME)
        client.cookies["navigateur"] = "inventé"
        enter(client, owner.email)

        assert len(mail.outbox) == 1

    def test_is_entered_even_when_no_mail_leaves(
        self, owner: User, here: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def down(*args: object) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", down)
        client = at(ELSEWHERE)
        enter(client, owner.email)

        assert is_in(client)

    def test_is_not_told_before_the_second_factor(self, owner: User, here: Client) -> None:
        secret = give_application(owner)
        client = at(ELSEWHERE)
        enter(client, owner.email)
        assert not mail.outbox

        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

        assert len(mail.outbox) == 1
