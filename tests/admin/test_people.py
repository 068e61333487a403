"""Accounts, sign-in, and the name one signs with."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from home.models import Author, User
from home.moderation.roles import VOLUNTEERS
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
LONG = "une très longue phrase"


class TestSigningIn:
    def test_takes_the_address_in_any_case(self, client: Client) -> None:
        factories.volunteer(email="Lune@Exemple.invalid")

        answer = client.post(
            reverse("wagtailadmin_login"),
            {"username": "lune@EXEMPLE.invalid", "password": factories.PASSWORD},
        )

        assert answer.status_code == 302
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_says_in_french_what_was_wrong(self, client: Client) -> None:
        factories.volunteer(email="lune@exemple.invalid")

        answer = client.post(
            reverse("wagtailadmin_login"), {"username": "lune@exemple.invalid", "password": "autre"}
        )

        page = answer.content.decode()
        assert "ne correspondent à aucun" in page
        assert "Mot de passe" in page
        assert "Password" not in page

    def test_that_was_forgotten_is_mended_by_a_mail(self, client: Client) -> None:
        factories.volunteer(email="lune@exemple.invalid", first_name="Lune")

        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(reverse("wagtailadmin_password_reset"), {"email": "Lune@exemple.invalid"})

        (message,) = mail.outbox
        assert message.body.startswith("Bonjour Lune,")
        link = re.search(r"http://testserver(\S+)", message.body)
        assert link is not None
        form = client.get(link[1], follow=True)
        client.post(form.request["PATH_INFO"], {"password1": LONG, "password2": LONG})
        assert User.objects.get(email="lune@exemple.invalid").check_password(LONG)

    def test_stays_closed_to_an_account_without_a_role(self, client: Client) -> None:
        client.force_login(factories.UserFactory())

        assert client.get(reverse("wagtailadmin_home")).status_code == 302


class TestAnAdministrator:
    def test_creates_an_account_with_a_role_and_a_territory(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        form = {
            "email": "Nouvelle@Exemple.invalid",
            "first_name": "Inès",
            "password1": LONG,
            "password2": LONG,
            "groups": [Group.objects.get(name=VOLUNTEERS).pk],
            "referent_territories": [territory.pk],
        }

        answer = sign_in(factories.administrator()).post(reverse("wagtailusers_users:add"), form)

        assert answer.status_code == 302
        account = User.objects.get(email="nouvelle@exemple.invalid")
        assert account.check_password(LONG)
        assert [group.name for group in account.groups.all()] == [VOLUNTEERS]
        assert account.territory_ids() == {territory.pk}

    def test_is_told_of_an_address_that_is_taken(self, sign_in: SignIn) -> None:
        factories.volunteer(email="lune@exemple.invalid")
        form = {"email": "LUNE@exemple.invalid", "password1": LONG, "password2": LONG}

        answer = sign_in(factories.administrator()).post(reverse("wagtailusers_users:add"), form)

        assert "existe déjà" in answer.content.decode()

    def test_is_offered_territories_and_no_other_page(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        factories.PracticePageFactory(territory=territory)

        answer = sign_in(factories.administrator()).get(reverse("wagtailusers_users:add"))

        offered = answer.context["form"].fields["referent_territories"].queryset
        assert [page.pk for page in offered] == [territory.pk]

    def test_cannot_take_over_the_account_that_may_do_everything(self, sign_in: SignIn) -> None:
        root = User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD)
        form = {"email": root.email, "password1": LONG, "password2": LONG, "is_active": "on"}

        sign_in(factories.administrator()).post(reverse("wagtailusers_users:edit", args=[root.pk]), form)

        root.refresh_from_db()
        assert root.check_password(factories.PASSWORD)

    def test_cannot_make_such_an_account(self, sign_in: SignIn) -> None:
        form = {"email": "x@exemple.invalid", "password1": LONG, "password2": LONG, "is_superuser": "on"}

        sign_in(factories.administrator()).post(reverse("wagtailusers_users:add"), form)

        assert not User.objects.get(email="x@exemple.invalid").is_superuser


class TestOwnProfile:
    def test_is_made_when_it_is_missing(self, sign_in: SignIn) -> None:
        person = factories.moderator(first_name="Tom")

        sign_in(person).post(reverse("author_profile"), {"byline_kind": "first_name", "first_name": "Tom"})

        assert Author.objects.get(user=person).byline == "Tom"

    def test_changes_the_name_everywhere(self, sign_in: SignIn, client: Client) -> None:
        person = factories.volunteer()
        author = person.author()
        assert author is not None
        Author.objects.filter(pk=author.pk).update(pseudonym="Ancienne Plume", slug="ancienne-plume")
        author.refresh_from_db()
        links = [factories.BlogPostAuthor(author=author)]
        post = factories.BlogPostPageFactory(owner=person, author_links=links)

        sign_in(person).post(reverse("author_profile"), {"byline_kind": "pseudonym", "pseudonym": "Ortie"})

        page = client.get(post.url).content.decode()
        assert "Ortie" in page
        assert "Ancienne Plume" not in page
        assert client.get("/volontaires/ancienne-plume/").status_code == 404
        assert client.get("/volontaires/ortie/").status_code == 200
        assert post.title not in client.get("/recherche/?q=ancienne plume").content.decode()
        assert post.title in client.get("/recherche/?q=ortie").content.decode()

    def test_asks_for_the_name_that_the_signature_needs(self, sign_in: SignIn) -> None:
        answer = sign_in(factories.volunteer()).post(
            reverse("author_profile"), {"byline_kind": "collective", "pseudonym": "Ortie"}
        )

        assert "Remplissez le nom" in answer.content.decode()

    def test_of_a_minor_never_shows_a_civil_name(self, sign_in: SignIn) -> None:
        person = factories.volunteer()
        Author.objects.filter(user=person).update(minor=True)

        answer = sign_in(person).post(
            reverse("author_profile"), {"byline_kind": "first_name", "first_name": "Tom"}
        )

        assert "mineure" in answer.content.decode()

    def test_is_linked_from_the_account_and_the_sidebar(self, sign_in: SignIn) -> None:
        client = sign_in(factories.volunteer())

        for address in (reverse("wagtailadmin_account"), reverse("wagtailadmin_home")):
            assert reverse("author_profile") in client.get(address).content.decode()
