"""« Prévenez-moi »: asked twice, told once a week at most, stopped at once; nobody's mailbox is anybody's business."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.delivery import open_forms
from practices.alerts import news as news_module
from practices.alerts.alert import LETTERS_A_DAY, Alert
from practices.alerts.filters import Filters, spoken
from practices.alerts.news import send_alerts
from practices.alerts.screens import HOURLY
from practices.models import PracticeIndexPage, PracticePage, TerritoryPage
from tests import factories
from tests.moderation.test_digests import Clock

pytestmark = pytest.mark.django_db
FORM = "/pratiques/prevenez-moi/"
READER = "lectrice@exemple.org"
Ask = Callable[..., Any]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everybody took their time, and nobody had sent anything before."""
    cache.clear()
    monkeypatch.setattr(open_forms, "FASTEST", -1)


@pytest.fixture
def ask(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Ask:
    """Open the form for some filters and send it, as a reader without an account."""

    def asked(query: str = "", email: str = READER, client: Client | None = None, **typed: Any) -> Any:
        reader = client or Client()
        (stamp,) = re.findall(
            r'name="opened"\s+value="([^"]+)"', reader.get(f"{FORM}{query}").content.decode()
        )
        with django_capture_on_commit_callbacks(execute=True):
            return reader.post(f"{FORM}{query}", {"email": email, "opened": stamp, "trap": "", **typed})

    return asked


def link(message: EmailMessage, ending: str = "") -> str:
    """The path of the alert's link in *message*."""
    found = re.search(rf"http://testserver(/pratiques/prevenez-moi/[\w-]+/{ending})\s", f"{message.body}\n")
    assert found, message.body
    return found[1]


def subscribed(query: str = "", email: str = READER) -> Alert:
    alert = Alert.objects.create(email=email, query=query)
    alert.confirm()
    return alert


def published(clock: Clock, **fields: Any) -> PracticePage:
    """A sheet that becomes public in half an hour; then another one goes by."""
    clock.days_pass(1 / 48)
    sheet = factories.PracticePageFactory(**fields)
    PracticePage.objects.filter(pk=sheet.pk).update(
        first_published_at=timezone.now(), last_published_at=timezone.now()
    )
    clock.days_pass(1 / 48)
    return sheet


def told() -> list[EmailMessage]:
    """The mails that one run sends."""
    before = len(mail.outbox)
    send_alerts()
    return mail.outbox[before:]


class TestTheForm:
    def test_names_the_filters_it_was_opened_with(self, territory: TerritoryPage) -> None:
        html = (
            Client()
            .get(f"{FORM}?theme=sante&theme=langues-numerique&territoire=liege&q=accueil")
            .content.decode()
        )

        assert "Santé ou Langues" in html
        assert "Liège" in html
        assert "accueil" in html

    def test_says_which_filters_do_not_exist(self) -> None:
        html = Client().get(f"{FORM}?theme=jardinage").content.decode()

        assert "jardinage" in html
        assert "n’existent pas, ou plus" in html
        assert "Toutes les fiches de la bibliothèque" in html

    @pytest.mark.parametrize(
        "query",
        [
            "?page=-1",
            "?theme=%27%22%3Cscript%3E",
            "?" + "&".join(f"tag=x{n}" for n in range(400)),
            "?q=" + "é" * 500,
        ],
    )
    def test_bears_any_address(self, query: str, ask: Ask) -> None:
        assert "<script>" not in Client().get(f"{FORM}{query}").content.decode()
        assert ask(query).status_code == 302

    def test_sets_no_cookie_and_is_kept_by_nobody(self, ask: Ask) -> None:
        reader = Client(enforce_csrf_checks=True)

        for response in (reader.get(FORM), ask(client=reader), reader.get(f"{FORM}?envoye=oui")):
            assert response.status_code in (200, 302)
            assert response["Cache-Control"] == "no-store, private"
            assert "noindex" in response["X-Robots-Tag"]
        assert reader.cookies == {}

    def test_without_an_address_says_so_and_keeps_the_filters(self, ask: Ask) -> None:
        html = ask("?theme=sante", email="pas une adresse").content.decode()

        assert "Saisissez une adresse" in html
        assert 'value="pas une adresse"' in html
        assert "Santé" in html
        assert not Alert.objects.exists()

    def test_asks_a_robot_again(self, ask: Ask) -> None:
        assert "envoyez-le une seconde fois" in ask(trap="miel").content.decode()
        assert not mail.outbox

    def test_stops_at_so_many_an_hour(self, ask: Ask) -> None:
        for number in range(HOURLY):
            ask(email=f"a{number}@exemple.org")

        response = ask(email="encore@exemple.org")

        assert response.status_code == 429
        assert "Réessayez un peu plus tard" in response.content.decode()
        assert not Alert.objects.filter(email="encore@exemple.org").exists()

    def test_refuses_more_filters_than_it_can_keep(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("practices.alerts.screens.QUERY_LENGTH", 10)

        assert "Ces filtres sont trop nombreux" in ask("?theme=sante").content.decode()
        assert not Alert.objects.exists()

    def test_accepts_nothing_but_reading_and_sending(self) -> None:
        for address in (FORM, f"{FORM}1-x/", f"{FORM}1-x/arreter/"):
            assert Client().delete(address).status_code == 405


class TestTheConfirmation:
    def test_is_asked_by_mail_before_anything_else(self, ask: Ask) -> None:
        ask("?theme=sante")

        (message,) = mail.outbox
        assert message.to == [READER]
        assert message.subject == "Confirmez votre alerte"
        assert "Thème\N{NO-BREAK SPACE}: Santé" in message.body
        assert Alert.objects.get().confirmed_at is None

    def test_is_a_button_that_no_program_presses_by_opening_the_link(self, ask: Ask) -> None:
        ask()
        address = link(mail.outbox[0])

        assert "Oui, prévenez-moi" in Client().get(address).content.decode()
        assert Alert.objects.get().confirmed_at is None

        assert (
            "nous vous préviendrons"
            in Client(enforce_csrf_checks=True).post(address, follow=True).content.decode()
        )
        assert Alert.objects.get().confirmed_at

    def test_of_the_same_filters_in_another_order_is_one_alert(self, ask: Ask) -> None:
        ask("?theme=sante&theme=langues-numerique&tri=titre")
        ask("?theme=langues-numerique&theme=sante&page=3", email="Lectrice@Exemple.org")

        assert Alert.objects.get().query == "theme=langues-numerique&theme=sante"

    def test_answers_the_same_whether_or_not_the_address_is_known(self, ask: Ask) -> None:
        subscribed("theme=sante")

        known, unknown = ask("?theme=sante"), ask("?theme=sante", email="autre@exemple.org")

        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert [message.subject for message in mail.outbox] == [
            "Vous suivez déjà ces filtres",
            "Confirmez votre alerte",
        ]
        assert READER not in Client().get(known["Location"]).content.decode()

    def test_fills_nobody_s_mailbox(self, ask: Ask, clock: Clock) -> None:
        for number in range(LETTERS_A_DAY + 2):
            assert ask(f"?q=mot{number}").status_code == 302
        assert len(mail.outbox) == LETTERS_A_DAY

        clock.days_pass(1)
        ask("?q=encore")
        assert len(mail.outbox) == LETTERS_A_DAY + 1

    def test_carries_no_words_of_somebody_else_s_that_lead_elsewhere(self, ask: Ask) -> None:
        ask("?q=Gagnez+sur+https://arnaque.example/x?y=1+" + "x" * 200)

        (message,) = mail.outbox
        for text in (message.body, message.alternatives[0][0]):
            assert "arnaque.example" not in text
            assert "x" * 100 not in text

    def test_not_given_in_time_is_forgotten(self, ask: Ask, clock: Clock) -> None:
        ask()
        address = link(mail.outbox[0])
        kept = subscribed("theme=sante")

        clock.days_pass(3.1)
        call_command("run_periodic")

        assert list(Alert.objects.all()) == [kept]
        response = Client().get(address)
        assert response.status_code == 410
        assert "n’est plus valable" in response.content.decode()

    def test_works_by_the_link_of_the_mail_alone(self) -> None:
        alert = Alert.objects.create(email=READER)
        forged = [f"{alert.pk}-x", f"{alert.pk}", "x-y", f"{alert.pk + 1}-{alert.token.partition('-')[2]}"]

        for token in forged:
            assert Client().post(f"{FORM}{token}/").status_code == 410
            Client().post(f"{FORM}{token}/arreter/")

        assert Alert.objects.get().confirmed_at is None

    def test_keeps_its_secret_from_the_pages_it_leads_to(self) -> None:
        alert = subscribed()

        response = Client().get(f"{FORM}{alert.token}/")

        assert response["Referrer-Policy"] == "no-referrer"
        assert f"page=/pratiques/prevenez-moi/{alert.token}" not in response.content.decode()


class TestTheMail:
    def test_names_the_filters_and_what_is_new(self, clock: Clock) -> None:
        liege = factories.TerritoryPageFactory(title="Liège", slug="liege")
        published(clock, title="D’avant", themes=["sante"], territory=liege)
        subscribed("territoire=liege&theme=sante")
        new = published(clock, title="Soins sans papiers", themes=["sante"], territory=liege)
        published(clock, title="Ailleurs", themes=["sante"])
        published(clock, title="Brouillon", themes=["sante"], territory=liege, live=False)

        (message,) = told()

        assert message.to == [READER]
        assert message.subject == "Une nouvelle fiche · Thème : Santé · Territoire : Liège"
        for words in (
            "– Thème\N{NO-BREAK SPACE}: Santé",
            "– Territoire\N{NO-BREAK SPACE}: Liège",
            "– Soins sans papiers (Liège)",
            new.introduction,
            f"http://testserver{new.get_url()}",
            "http://testserver/pratiques/?territoire=liege&theme=sante",
        ):
            assert words in message.body
        for words in ("D’avant", "Ailleurs", "Brouillon"):
            assert words not in message.body
        assert "<li>" in message.alternatives[0][0]

    def test_follows_words_as_well(self, clock: Clock) -> None:
        subscribed("q=composts")
        published(clock, title="Un compost au coin")
        published(clock, title="Un jardin")

        (message,) = told()

        assert "Un compost au coin" in message.body
        assert "Un jardin" not in message.body

    def test_comes_once_a_week_at_most_and_then_tells_everything(self, clock: Clock) -> None:
        subscribed()
        published(clock, title="Lundi")
        assert len(told()) == 1
        published(clock, title="Mardi")
        clock.days_pass(3)
        published(clock, title="Vendredi")
        assert not told()

        clock.days_pass(4)
        (message,) = told()

        assert "Mardi" in message.body
        assert "Vendredi" in message.body
        assert "Lundi" not in message.body
        clock.days_pass(30)
        assert not told()

    def test_forgets_nothing_when_no_run_came_for_weeks(self, clock: Clock) -> None:
        subscribed()
        published(clock, title="Première")
        clock.days_pass(20)
        published(clock, title="Seconde")

        (message,) = told()

        assert "Première" in message.body
        assert "Seconde" in message.body

    def test_says_what_was_updated_and_is_not_sent_for_it_alone(self, clock: Clock) -> None:
        old = published(clock, title="Ancienne")
        subscribed()
        clock.days_pass(1)
        PracticePage.objects.filter(pk=old.pk).update(last_published_at=timezone.now())
        clock.days_pass(1)
        assert not told()

        published(clock, title="Nouvelle")
        clock.days_pass(1)
        (message,) = told()

        assert (
            message.body.index("Nouvelle")
            < message.body.index("mises à jour")
            < message.body.index("Ancienne")
        )

    def test_waits_for_what_is_being_published_this_very_moment(self, clock: Clock) -> None:
        subscribed()
        published(clock, title="Tout à l’heure")
        sheet = factories.PracticePageFactory(title="À l’instant")
        PracticePage.objects.filter(pk=sheet.pk).update(first_published_at=timezone.now())

        assert "À l’instant" not in told()[0].body
        clock.days_pass(7)
        assert "À l’instant" in told()[0].body

    def test_is_cut_short_and_says_so(self, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(news_module, "LISTED", 2)
        subscribed()
        for number in range(4):
            published(clock, title=f"Fiche {number}")

        (message,) = told()

        assert "4 nouvelles fiches" in message.subject
        assert "Et 2 autres" in message.body

    def test_says_that_a_filter_is_gone(self, clock: Clock) -> None:
        subscribed("theme=sante&theme=une-ancienne")
        published(clock, themes=["sante"])

        assert "n’existe plus" in told()[0].body

    def test_is_the_last_when_all_filters_are_gone(self, clock: Clock) -> None:
        subscribed("theme=une-ancienne")
        published(clock)

        (message,) = told()

        assert message.subject == "Votre alerte s’arrête : ses filtres n’existent plus"
        assert "une-ancienne" in message.body
        assert not Alert.objects.exists()

    def test_is_not_sent_before_it_was_asked_for_twice(self, clock: Clock) -> None:
        Alert.objects.create(email=READER)
        published(clock)

        assert not told()

    def test_asks_for_what_is_new_once_a_day(self, clock: Clock, django_assert_max_num_queries: Any) -> None:
        for number in range(5):
            subscribed(email=f"a{number}@exemple.org")
        told()

        with django_assert_max_num_queries(6):
            told()


class TestARun:
    def test_sends_nothing_that_another_one_is_sending(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        subscribed()
        published(clock)
        look = news_module.news

        def meanwhile(*asked: Any) -> Any:
            monkeypatch.setattr(news_module, "news", look)
            send_alerts()  # the other one, between the look and the mail
            return look(*asked)

        monkeypatch.setattr(news_module, "news", meanwhile)

        assert len(told()) == 1

    def test_that_dies_midway_doubles_nothing_and_forgets_nothing(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        subscribed()
        published(clock, title="Celle-ci")
        send = news_module.deliver

        def dies(message: EmailMessage) -> bool:
            raise KeyboardInterrupt

        monkeypatch.setattr(news_module, "deliver", dies)
        with pytest.raises(KeyboardInterrupt):
            told()
        monkeypatch.setattr(news_module, "deliver", send)

        clock.days_pass(1)
        assert not told()
        clock.days_pass(7)
        assert "Celle-ci" in told()[0].body

    def test_tries_again_when_the_mail_server_was_down(self, clock: Clock, settings: Any) -> None:
        subscribed()
        published(clock, title="Celle-ci")
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "tests.moderation.test_mails.ServerThatIsDown"
        assert not told()

        settings.EMAIL_BACKEND = working
        clock.days_pass(1)

        assert "Celle-ci" in told()[0].body

    def test_knocks_no_more_than_three_times_at_a_closed_door(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(6):
            subscribed(email=f"a{number}@exemple.org")
        published(clock)
        tried: list[EmailMessage] = []
        monkeypatch.setattr(news_module, "deliver", lambda message: bool(tried.append(message)))

        send_alerts()

        assert len(tried) == news_module.FAILURES

    def test_is_part_of_run_periodic(self, clock: Clock) -> None:
        subscribed()
        published(clock)

        call_command("run_periodic")
        call_command("run_periodic")

        assert len(mail.outbox) == 1

    def test_without_a_library_is_quiet(self, clock: Clock) -> None:
        subscribed()
        PracticeIndexPage.objects.update(live=False)

        assert not told()


class TestStopping:
    def test_is_one_click_and_erases_the_address(self, clock: Clock) -> None:
        alert = subscribed("theme=sante")
        published(clock, themes=["sante"])
        address = link(told()[0], "arreter/")

        assert "Arrêter cette alerte" in Client().get(address).content.decode()
        assert Alert.objects.filter(pk=alert.pk).exists(), "a program that opens links stops nothing"
        assert "C’est arrêté" in Client().post(address).content.decode()
        assert not Alert.objects.exists()

    def test_is_offered_to_mailboxes(self, clock: Clock) -> None:
        """RFC 8058: a POST to the address of the header, no redirection, no cookie, no token."""
        subscribed()
        published(clock)
        headers = told()[0].extra_headers

        address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
        response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert response.status_code == 200
        assert not Alert.objects.exists()

    def test_twice_is_answered_alike(self) -> None:
        address = f"{FORM}{subscribed().token}/arreter/"

        for _time in range(2):
            assert Client().post(address).status_code == 200

    def test_can_be_for_all_that_comes_to_the_address(self) -> None:
        one, _two, other = subscribed("q=un"), subscribed("q=deux"), subscribed(email="autre@exemple.org")

        page = Client().get(f"{FORM}{one.token}/arreter/").content.decode()
        Client().post(f"{FORM}{one.token}/arreter/", {"toutes": "1"})

        assert "l’autre qui vient à cette adresse" in page
        assert list(Alert.objects.all()) == [other]


def test_an_alert_is_not_named_by_its_address() -> None:
    assert READER not in str(subscribed())


def test_a_filter_by_words_loses_what_makes_an_address() -> None:
    assert spoken("l’accueil d'urgence, sans-papiers") == (
        "«\N{NO-BREAK SPACE}l’accueil d'urgence sans-papiers\N{NO-BREAK SPACE}»"
    )
    assert "." not in spoken("www.arnaque.example")


def test_the_list_of_the_mail_is_the_one_that_was_asked_for() -> None:
    library = PracticeIndexPage.objects.get()

    assert Filters.of(library, "q=l’école&theme=sante").path == (
        "/pratiques/?q=l%E2%80%99%C3%A9cole&theme=sante"
    )
    assert Filters.of(library, "").path == "/pratiques/"
