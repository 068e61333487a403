"""A cohort is pasted or read from a file, checked, and each person gets one link to come in."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import Author, Invitation, Mission, Organisation, Session, User
from home.moderation.roles import ADMINISTRATORS, MODERATORS, VOLUNTEERS
from home.people.cohort import decoded, plain, rows_of
from home.people.inviting import invite, token_of, understood
from practices.models import TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.people.missions import day, departed_volunteer

pytestmark = pytest.mark.django_db
PHRASE = "une très longue phrase"
Send = Any


@pytest.fixture
def session() -> Session:
    session: Session = factories.SessionFactory(number=29)
    return session


@pytest.fixture
def client_of_moderator(sign_in: SignIn) -> Client:
    return sign_in(factories.moderator())


def check(client: Client, text: str = "", file: bytes | None = None) -> HttpResponse:
    form: dict[str, Any] = {"text": text, "check": "1"}
    if file is not None:
        form["file"] = SimpleUploadedFile("cohorte.csv", file, "text/csv")
    return client.post(reverse("invite"), form)


def send(client: Client, text: str) -> HttpResponse:
    """Check, then press « Envoyer » as the page shows it."""
    initial = check(client, text).context["form"].initial
    return client.post(reverse("invite"), {**initial, "send": "1"}, follow=True)


def invited(client: Client, send_mails: Any, text: str) -> list[Any]:
    with send_mails(execute=True):
        send(client, text)
    return list(mail.outbox)


def link_in(message: Any) -> str:
    found = re.search(r"http://\S+?(/invitation/\S+)", message.body)
    assert found is not None
    return found[1]


LINE = "ines@exemple.invalid;Inès Marchal;29;liege;CNCD;non"


class TestReadingALine:
    @pytest.mark.parametrize(
        "text",
        [
            LINE,
            LINE.replace(";", "\t"),
            LINE.replace(";", ","),
            "\ufeff" + LINE,
            LINE + "\r\n\r\n;;;;;\r\n",
            f"E-mail;Nom;Session;Territoire;Hôte;Mineur·e\n{LINE}",
            f"Courriel;Prénom et nom;Session;Ville;Organisation d’accueil;Mineure ou non\n{LINE}",
            (
                "Nom;Prénom;Adresse e-mail;Mineur (oui/non);Territoire;Session;Accueil;Remarque\n"
                "Marchal;Inès;ines@exemple.invalid;non;Liège;Session 29;CNCD;végétarienne"
            ),
            '"ines@exemple.invalid";"Inès Marchal";"n° 29";" LIEGE ";"CNCD";"Non"',
        ],
    )
    def test_understands_what_people_write(
        self, session: Session, territory: TerritoryPage, text: str
    ) -> None:
        (line,) = understood(text)

        assert line.errors == []
        assert (line.email, line.first_name, line.last_name) == ("ines@exemple.invalid", "Inès", "Marchal")
        assert (line.session, line.territory, line.host) == (session, territory.page_ptr, "CNCD")
        assert not line.minor

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
    def test_takes_a_file_of_any_age(self, encoding: str) -> None:
        assert decoded("Inès · Liège".encode(encoding)) == "Inès · Liège"

    @pytest.mark.parametrize(
        ("word", "minor"), [("oui", True), ("Oui", True), ("O", True), ("x", True), ("", False)]
    )
    def test_knows_yes_and_no(
        self, session: Session, territory: TerritoryPage, word: str, minor: bool
    ) -> None:
        assert understood(LINE.replace(";non", f";{word}"))[0].minor is minor

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("pas une adresse;Inès;29;liege;;", "adresse électronique"),
            (";Inès;29;liege;;", "adresse électronique"),
            ("a@exemple.invalid;Inès;30;liege;;", "session n’existe pas"),
            ("a@exemple.invalid;Inès;;liege;;", "session n’existe pas"),
            ("a@exemple.invalid;Inès;29;atlantide;;", "territoire n’existe pas"),
            ("a@exemple.invalid;Inès;29;liege;;peut-être", "Mineure ou non"),
            (f"a@exemple.invalid;{'I' * 81};29;liege;;", "trop long"),
            ("a@exemple.invalid;=HYPERLINK(1);29;liege;;", "signe de calcul"),
            ("a@exemple.invalid;Inès;29;liege;@SUM(A1);", "organisation d’accueil"),
            ("a@exemple.invalid", "session n’existe pas"),
        ],
    )
    def test_says_what_is_wrong(
        self, session: Session, territory: TerritoryPage, line: str, said: str
    ) -> None:
        (read,) = understood(line)

        assert any(said in error for error in read.errors)
        assert not read.is_sent

    @pytest.mark.parametrize(
        "text", ['"', '";;"\n;"', "\x00", "a;b\n" * 3, ";" * 500, "\t\t\n,,", '"' + "x" * 140_000]
    )
    def test_survives_anything(self, session: Session, text: str) -> None:
        assert all(line.errors for line in understood(text))

    def test_finds_the_line_again(self) -> None:
        assert [row.number for row in rows_of("\n\na@b.fr\n\nc@d.fr")] == [3, 5]

    def test_compares_without_accents_and_signs(self) -> None:
        assert plain("  Le Monde des Possibles – ÉTÉ ") == plain("le monde-des possibles, été")

    def test_knows_a_host_by_its_name(self, session: Session, territory: TerritoryPage) -> None:
        host = factories.OrganisationFactory(name="Le Monde des Possibles")

        (line,) = understood(LINE.replace("CNCD", "le monde des possibles"))

        assert line.organisation == host
        assert line.notices == []


class TestTheScreen:
    def test_shows_what_was_understood_and_sends_nothing_yet(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        page = check(client_of_moderator, LINE).content.decode()

        assert "<td>1</td>" in page
        assert "Inès Marchal" in page
        assert "sera créée" in page
        assert "Envoyer 1 invitation" in page
        assert not User.objects.filter(email="ines@exemple.invalid").exists()

    def test_loses_nothing_that_was_typed_when_a_line_is_wrong(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        text = f"{LINE}\npas une adresse;<b>Tom</b>;29;liege;;"

        page = check(client_of_moderator, text)

        assert page.context["form"].initial["text"] == text
        assert "&lt;b&gt;Tom" in page.content.decode()
        assert "<b>Tom</b>" not in page.content.decode()
        assert "Envoyer" not in page.content.decode().split("</form>")[-2]

    def test_sends_nothing_while_a_line_is_wrong(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        send(client_of_moderator, f"{LINE}\npas une adresse;Tom;29;liege;;")

        assert not Invitation.objects.exists()
        assert not User.objects.filter(email="ines@exemple.invalid").exists()

    def test_checks_again_what_was_changed_since(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        initial = check(client_of_moderator, LINE).context["form"].initial

        changed = {**initial, "text": LINE.replace("ines@", "autre@"), "send": "1"}
        answer = client_of_moderator.post(reverse("invite"), changed)

        assert "autre@exemple.invalid" in answer.content.decode()
        assert not Invitation.objects.exists()

    def test_takes_a_file(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        initial = check(client_of_moderator, file=f"E-mail;Nom;Session;Territoire\r\n{LINE}".encode("cp1252"))
        form = initial.context["form"].initial

        browser = {**form, "text": form["text"].replace("\r\n", "\n").replace("\n", "\r\n"), "send": "1"}
        client_of_moderator.post(reverse("invite"), browser)

        assert User.objects.get(email="ines@exemple.invalid").first_name == "Inès"

    @pytest.mark.parametrize("form", [{}, {"text": " \n"}, {"text": "a@b.fr\n" * 201}, {"text": "a\x00b"}])
    def test_says_when_there_is_nothing_to_read_or_too_much(
        self, client_of_moderator: Client, form: dict[str, str]
    ) -> None:
        answer = client_of_moderator.post(reverse("invite"), {**form, "check": "1"})

        assert answer.status_code == 200
        assert answer.context["form"].errors

    @pytest.mark.parametrize("maker", [factories.volunteer, factories.referent])
    def test_is_for_editors_alone(self, sign_in: SignIn, maker: Any) -> None:
        client = sign_in(maker())

        assert client.get(reverse("invite")).status_code == 302
        assert '"invite"' not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_is_in_the_menu_of_moderators(self, client_of_moderator: Client) -> None:
        assert reverse("invite") in client_of_moderator.get(reverse("wagtailadmin_home")).content.decode()


class TestSending:
    def test_makes_an_account_a_mission_a_host_and_one_mail(
        self,
        client_of_moderator: Client,
        session: Session,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        (message,) = invited(client_of_moderator, django_capture_on_commit_callbacks, LINE)

        user = User.objects.get(email="ines@exemple.invalid")
        mission = Mission.objects.get(author__user=user)
        assert [group.name for group in user.groups.all()] == [VOLUNTEERS]
        assert not user.has_usable_password()
        assert (mission.session, mission.territory_id) == (session, territory.pk)
        assert mission.organisation == Organisation.objects.get(name="CNCD")
        assert message.to == ["ines@exemple.invalid"]
        assert "Bonjour Inès," in message.body
        assert "Liège" in message.body

    def test_says_nothing_of_the_person_before_they_have_chosen(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        send(client_of_moderator, LINE)

        author = Author.objects.get(user__email="ines@exemple.invalid")
        assert author.byline == "Volontaire"
        assert "marchal" not in author.slug

    def test_invites_nobody_twice(
        self,
        client_of_moderator: Client,
        session: Session,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        text = f"{LINE}\n{LINE.replace('ines@', 'INES@')}"
        invited(client_of_moderator, django_capture_on_commit_callbacks, text)
        messages = invited(client_of_moderator, django_capture_on_commit_callbacks, text)

        assert len(messages) == 1
        assert Mission.objects.filter(author__user__email="ines@exemple.invalid").count() == 1

    def test_invites_nobody_twice_when_two_moderators_send_at_once(
        self, session: Session, territory: TerritoryPage
    ) -> None:
        first, second = understood(LINE), understood(LINE)
        by = factories.moderator()

        assert len(invite(first, by)) == 1
        assert invite(second, by) == []

    def test_writes_once_to_a_person_with_two_territories(
        self,
        client_of_moderator: Client,
        session: Session,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        other = factories.TerritoryPageFactory(title="Berlin")
        text = f"{LINE}\n{LINE.replace('liege', other.slug)}"

        messages = invited(client_of_moderator, django_capture_on_commit_callbacks, text)

        user = User.objects.get(email="ines@exemple.invalid")
        assert len(messages) == 1
        assert user.territory_ids() == {territory.pk, other.pk}

    def test_gives_an_existing_account_a_new_mission_and_tells_it(
        self,
        client_of_moderator: Client,
        session: Session,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        known = departed_volunteer(territory, email="ines@exemple.invalid")

        (message,) = invited(client_of_moderator, django_capture_on_commit_callbacks, LINE)

        known.refresh_from_db()
        assert known.writes_now()
        assert known.check_password(factories.PASSWORD)
        assert "nouvelle mission" in message.body
        assert "/invitation/" not in message.body

    def test_gives_no_role_to_whoever_has_another(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        known = factories.administrator(email="ines@exemple.invalid")

        send(client_of_moderator, LINE)

        assert [group.name for group in known.groups.all()] == [ADMINISTRATORS]

    @pytest.mark.parametrize("role", [MODERATORS, ADMINISTRATORS])
    def test_opens_no_closed_account_with_more_rights(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage, role: str
    ) -> None:
        closed = factories.UserFactory(email="ines@exemple.invalid", group=role, is_active=False)

        page = check(client_of_moderator, LINE).content.decode()
        send(client_of_moderator, LINE)

        assert "Ce compte est fermé" in page
        closed.refresh_from_db()
        assert not closed.is_active

    def test_opens_a_volunteer_s_closed_account_with_a_new_password(
        self,
        client_of_moderator: Client,
        session: Session,
        territory: TerritoryPage,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        factories.UserFactory(email="ines@exemple.invalid", group=VOLUNTEERS, is_active=False)

        (message,) = invited(client_of_moderator, django_capture_on_commit_callbacks, LINE)

        assert "/invitation/" in message.body
        account = User.objects.get(email="ines@exemple.invalid")
        assert account.is_active
        assert not account.has_usable_password()

    def test_cannot_be_made_to_give_another_role(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        initial = check(client_of_moderator, LINE).context["form"].initial
        groups = [Group.objects.get(name=ADMINISTRATORS).pk]

        forged = {**initial, "send": "1", "groups": groups, "is_superuser": "on", "role": ADMINISTRATORS}
        client_of_moderator.post(reverse("invite"), forged)

        user = User.objects.get(email="ines@exemple.invalid")
        assert [group.name for group in user.groups.all()] == [VOLUNTEERS]
        assert not user.is_superuser

    def test_makes_a_minor_sign_with_a_pseudonym(
        self, client_of_moderator: Client, session: Session, territory: TerritoryPage
    ) -> None:
        known = departed_volunteer(territory, email="ines@exemple.invalid")
        Author.objects.filter(user=known).update(byline_kind="full_name", first_name="Inès", last_name="M")

        send(client_of_moderator, LINE.replace(";non", ";oui"))

        author = Author.objects.get(user=known)
        assert author.minor
        assert author.byline_kind == Author.Byline.PSEUDONYM


@pytest.fixture
def link(
    client_of_moderator: Client,
    session: Session,
    territory: TerritoryPage,
    django_capture_on_commit_callbacks: Any,
) -> str:
    (message,) = invited(client_of_moderator, django_capture_on_commit_callbacks, LINE)
    return link_in(message)


@pytest.fixture
def invitation(link: str) -> Invitation:
    return Invitation.objects.get()


ANSWERS = {
    "byline_kind": "first_name",
    "first_name": "Inès",
    "last_name": "Marchal",
    "password1": PHRASE,
    "password2": PHRASE,
}


class TestTheLink:
    def test_leads_into_the_admin_with_the_chosen_name_and_password(self, client: Client, link: str) -> None:
        page = client.get(link).content.decode()
        answer = client.post(link, ANSWERS, follow=True)

        assert "Bienvenue" in page
        assert "Liège" in page
        assert answer.request["PATH_INFO"] == reverse("wagtailadmin_home")
        assert "Écrire un billet" in answer.content.decode()
        user = User.objects.get(email="ines@exemple.invalid")
        assert user.check_password(PHRASE)
        assert Author.objects.get(user=user).byline == "Inès"

    def test_is_kept_from_search_engines_caches_and_other_sites(self, client: Client, link: str) -> None:
        for address in (link, link[:-3] + "x/"):
            answer = client.get(address)
            assert answer["Referrer-Policy"] == "strict-origin"  # the host at most, never the address
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
            assert 'rel="canonical"' not in answer.content.decode()

    def test_serves_once(self, client: Client, link: str) -> None:
        client.post(link, ANSWERS)

        again = Client().post(link, ANSWERS | {"password1": PHRASE * 2, "password2": PHRASE * 2})

        assert again.status_code == 404
        assert "ne s’ouvre plus" in again.content.decode()
        assert User.objects.get(email="ines@exemple.invalid").check_password(PHRASE)

    def test_is_not_used_up_by_looking_at_it(self, client: Client, link: str) -> None:
        for _times in range(3):
            assert client.get(link).status_code == 200

    def test_expires(self, client: Client, invitation: Invitation) -> None:
        def status(age: datetime.timedelta) -> int:
            invitation.sent_at = timezone.now() - age
            invitation.save()
            return client.get(reverse("welcome", args=[invitation.pk, token_of(invitation)])).status_code

        assert status(datetime.timedelta(days=6, hours=23)) == 200
        assert status(datetime.timedelta(days=7, minutes=1)) == 404

    @pytest.mark.parametrize("token", ["x", "é", "0" * 48, "set-password"])
    def test_cannot_be_forged(self, client: Client, invitation: Invitation, token: str) -> None:
        for uid in (invitation.pk, invitation.pk + 1):
            assert client.get(reverse("welcome", args=[uid, token])).status_code == 404

    def test_does_not_open_for_somebody_else(self, client: Client, invitation: Invitation) -> None:
        other = Invitation.objects.create(user=factories.volunteer())

        assert client.get(reverse("welcome", args=[other.pk, token_of(invitation)])).status_code == 404

    def test_is_closed_with_the_account(self, client: Client, link: str) -> None:
        User.objects.filter(email="ines@exemple.invalid").update(is_active=False)

        assert client.get(link).status_code == 404

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"password1": "court", "password2": "court"}, "password1"),
            ({"password1": "ines@exemple.invalid", "password2": "ines@exemple.invalid"}, "password1"),
            ({"password2": "autre phrase encore"}, "password2"),
            ({"byline_kind": "pseudonym", "pseudonym": ""}, "byline_kind"),
            ({"byline_kind": "autre"}, "byline_kind"),
            ({"password1": "", "password2": ""}, "password1"),
        ],
    )
    def test_says_what_is_missing_and_stays_open(
        self, client: Client, link: str, changes: dict[str, str], said: str
    ) -> None:
        answer = client.post(link, ANSWERS | changes)

        assert said in answer.context["form"].errors
        assert 'role="alert"' in answer.content.decode()
        assert client.get(link).status_code == 200

    def test_asks_a_minor_for_no_name(self, client: Client, link: str) -> None:
        Author.objects.filter(user__email="ines@exemple.invalid").update(minor=True)

        page = client.get(link)
        forced = client.post(link, ANSWERS | {"byline_kind": "full_name"})
        client.post(link, ANSWERS | {"byline_kind": "pseudonym", "pseudonym": "Lune"})

        form = page.context["form"]
        assert [kind for kind, _label in form.fields["byline_kind"].choices] == ["pseudonym", "collective"]
        assert form["byline_kind"].value() == "pseudonym"
        assert "first_name" not in form.fields
        assert "byline_kind" in forced.context["form"].errors
        assert Author.objects.get(user__email="ines@exemple.invalid").byline == "Lune"


class TestTheList:
    def test_says_who_came_who_waits_and_who_waited_too_long(
        self, client_of_moderator: Client, client: Client, link: str
    ) -> None:
        def page() -> str:
            return client_of_moderator.get(reverse("invite")).content.decode()

        assert "En attente" in page()
        Invitation.objects.update(sent_at=timezone.now() - datetime.timedelta(days=20))
        assert "Expirée" in page()
        Invitation.objects.update(accepted_at=timezone.now())
        assert "Acceptée" in page()
        assert "Actif" in page()
        User.objects.filter(email="ines@exemple.invalid").update(is_active=False)
        assert "Fermé" in page()

    def test_sends_a_new_link_that_ends_the_first(
        self,
        client_of_moderator: Client,
        client: Client,
        link: str,
        invitation: Invitation,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client_of_moderator.post(reverse("invite_again", args=[invitation.pk]))

        assert client.get(link).status_code == 404
        assert client.get(link_in(mail.outbox[-1])).status_code == 200

    def test_sends_nothing_to_whoever_has_come(
        self,
        client_of_moderator: Client,
        client: Client,
        link: str,
        invitation: Invitation,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        client.post(link, ANSWERS)

        with django_capture_on_commit_callbacks(execute=True):
            client_of_moderator.post(reverse("invite_again", args=[invitation.pk]))

        assert len(mail.outbox) == 1

    def test_is_refused_to_a_volunteer(self, sign_in: SignIn, invitation: Invitation) -> None:
        sent = invitation.sent_at

        sign_in(factories.volunteer()).post(reverse("invite_again", args=[invitation.pk]))

        invitation.refresh_from_db()
        assert invitation.sent_at == sent


def test_a_mission_to_come_is_told_with_its_days(session: Session, territory: TerritoryPage) -> None:
    Session.objects.filter(pk=session.pk).update(start=day(-400), end=day(-200))

    (line,) = understood(LINE)

    assert any("ne pourra pas écrire" in notice for notice in line.notices)
