"""Proposed from outside: saved and resumed by a mailed link, a draft for the moderators; nothing public, or lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from taggit.models import Tag

from home.delivery import open_forms
from home.moderation.queue import waiting_for
from home.moderation.right_of_reply import TooLateError
from practices.models import (
    PracticeActor,
    PracticePage,
    PracticePublic,
    PracticeSource,
    Proposal,
    Public,
    TerritoryPage,
)
from practices.proposals.content import snapshot, write
from practices.proposals.decisions import adopt
from practices.proposals.forms import ALL_NAMES
from practices.proposals.proposal import BEGUN_A_DAY
from practices.proposals.prose import to_html, to_text
from practices.proposals.screens import HOURLY
from practices.scales import ActorRole
from tests import factories
from tests.conftest import SignIn
from tests.moderation.test_digests import Clock

pytestmark = pytest.mark.django_db
FORM = "/pratiques/proposer/"
READER = "lectrice@exemple.org"
Post = Callable[..., Any]
WHOLE = {
    "title": "Une permanence au marché",
    "introduction": "Le mardi, la commune tient une table au marché.",
    "territory": "liege",
    "theme": "sante",
    "second_theme": "participation",
    "problem": "Personne ne savait où aller.\n\nLes horaires étaient ceux du bureau.",
    "limits": "Une seule personne tient la table.",
    "state": "en-place",
    "state_date": "11/2025",
    "start": "2024",
    "publics": ["femmes"],
    "passages-0-text": "On s’assied, on écoute.\n\n- un café\n- un rendez-vous",
    "actors-0-name": "Ville de Liège",
    "actors-0-role": "porteur",
    "sources-0-title": "Délibération du conseil",
    "sources-0-publisher": "Ville de Liège",
    "sources-0-date": "3/2/2024",
    "sources-0-url": "exemple.org/deliberation",
    "tags": "marché ; Accès aux soins, marché",
    "signature": "La table du mardi",
    "note": "Je tiens la table.",
}


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
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """Open the form at an address and send it as a browser does: all that it holds, and what is typed into it."""

    def posted(path: str, client: Client | None = None, **typed: Any) -> Any:
        reader = client or Client()
        sent = {**fields(reader.get(path).content.decode()), **typed}
        with django_capture_on_commit_callbacks(execute=True):
            return reader.post(path, sent)

    return posted


def fields(html: str) -> dict[str, Any]:
    """What a browser would send of the form in *html*, buttons aside."""
    form = BeautifulSoup(html, "html.parser").select_one("form.open-form")
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]") if form else []:
        name = str(field["name"])
        if field.name == "textarea":
            sent[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[name] = chosen["value"] if chosen else ""
        elif field.get("type") == "checkbox":
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field.get("value", "on"))
        else:
            sent[name] = field.get("value", "")
    return sent


def link() -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"http://testserver(/pratiques/proposer/[\w-]+/)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


@pytest.fixture
def begun(post: Post, territory: TerritoryPage) -> str:
    """The link of a whole proposal that was saved."""
    assert post(FORM, email=READER, **WHOLE).status_code == 302
    return link()


@pytest.fixture
def handed_over(begun: str, post: Post) -> Proposal:
    assert post(begun, agrees="on", envoyer="oui").status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.is_waiting
    return proposal


@pytest.fixture
def sheet(territory: TerritoryPage) -> PracticePage:
    return factories.PracticePageFactory(
        title="La table du marché",
        territory=territory,
        limits="<p>Fragile, dit <b>la ville</b>.</p><p>Rien d’autre.</p>",
        body=[
            ("heading", {"text": "Le mardi", "level": "2"}),
            ("paragraph", "<p>La salle ouvre à <i>neuf</i> heures.</p>"),
            ("paragraph", "<p>On y vient à pied.</p>"),
        ],
    )


class TestBeginning:
    def test_keeps_everything_and_mails_a_link(self, begun: str) -> None:
        assert mail.outbox[-1].to == [READER]
        kept = fields(Client().get(begun).content.decode())
        for name, value in WHOLE.items():
            assert kept[name] == value, name

    def test_hands_nothing_to_the_moderators_yet(self, begun: str) -> None:
        assert waiting_for(factories.moderator()) == []
        assert not PracticePage.objects.filter(title=WHOLE["title"]).exists()

    def test_keeps_what_makes_no_sense_for_later(self, post: Post) -> None:
        post(FORM, email=READER, title="x" * 300, state_date="hier", **{"sources-0-url": "pas un lien"})

        kept = fields(Client().get(link()).content.decode())
        assert kept["title"] == "x" * 300
        assert kept["state_date"] == "hier"
        assert kept["sources-0-url"] == "pas un lien"

    def test_without_an_address_gives_everything_back(self, post: Post) -> None:
        response = post(FORM, email="", **{"title": "Une table", "actors-0-name": "La ville"})

        html = response.content.decode()
        assert "Sans adresse" in html
        assert fields(html)["title"] == "Une table"
        assert fields(html)["actors-0-name"] == "La ville"
        assert not mail.outbox

    def test_adds_a_row_without_a_script_and_without_losing_anything(self, post: Post) -> None:
        response = post(FORM, ajouter="sources", email=READER, **{"sources-0-title": "Un article"})

        again = fields(response.content.decode())
        assert again["email"] == READER
        assert again["sources-0-title"] == "Un article"
        assert again["sources-1-title"] == ""
        assert not Proposal.objects.exists()

    def test_sets_no_cookie_and_is_kept_by_nobody(self, post: Post, begun: str) -> None:
        reader = Client(enforce_csrf_checks=True)
        answers = [
            reader.get(FORM),
            post(FORM, client=reader, email=READER),
            reader.get(f"{FORM}?envoye=oui"),
            reader.get(begun),
            post(begun, client=reader),
        ]

        for response in answers:
            assert response.status_code in (200, 302)
            assert not response.cookies
            assert "no-store" in response["Cache-Control"]
            assert "noindex" in response["X-Robots-Tag"]


class TestRobots:
    def test_are_held_back_by_the_field_that_people_do_not_see(self, post: Post) -> None:
        response = post(FORM, email=READER, trap="ici", title="Une table")

        assert fields(response.content.decode())["title"] == "Une table"
        assert not Proposal.objects.exists()

    def test_are_too_fast(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(open_forms, "FASTEST", 60)

        assert "robot" in post(FORM, email=READER).content.decode()
        assert not Proposal.objects.exists()

    def test_send_so_many_an_hour_and_no_more(self, post: Post) -> None:
        answers = [post(FORM, email=f"personne{n}@exemple.org").status_code for n in range(HOURLY + 1)]

        assert answers == [302] * HOURLY + [429]

    def test_fill_nobodys_mailbox(self, post: Post) -> None:
        for _number in range(BEGUN_A_DAY):
            post(FORM, email=READER)

        response = post(FORM, email=READER.upper(), title="Encore")

        assert response.status_code == 429
        assert fields(response.content.decode())["title"] == "Encore"
        assert len(mail.outbox) == BEGUN_A_DAY

    def test_leave_no_file(self) -> None:
        reader = Client()
        sent = fields(reader.get(FORM).content.decode())
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4")

        response = reader.post(FORM, {**sent, "email": READER, "title": "Une table", "plan": file})

        assert "ne sont pas acceptés" in response.content.decode()
        assert fields(response.content.decode())["title"] == "Une table"
        assert not Proposal.objects.exists()


class TestBadInput:
    @pytest.mark.parametrize(
        "typed",
        [
            {"title": "nul\0ici"},
            {"publics": ["inconnu", "femmes", "\0"]},
            {"theme": "<script>alert(1)</script>"},
            {"actors-TOTAL_FORMS": "-1"},
            {"actors-TOTAL_FORMS": "beaucoup"},
            {"actors-TOTAL_FORMS": "99999"},
            {"sources-INITIAL_FORMS": "12"},
            {"base": "faux"},
            {"ajouter": "inconnu"},
            {"opened": "x" * 5000},
            {"email": "a@b.c\r\nBcc: tous@exemple.org"},
        ],
    )
    def test_is_answered_with_words(self, post: Post, typed: dict[str, Any], sheet: PracticePage) -> None:
        for path in (FORM, f"{sheet.get_url()}corriger/"):
            response = post(path, **{"email": READER, **typed})
            assert response.status_code in (200, 302)
            assert "<script>alert" not in response.content.decode()

    def test_that_is_endless_is_not_kept(self, post: Post) -> None:
        response = post(FORM, email=READER, problem="é" * 200_000)

        assert "trop long" in response.content.decode()
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("token", ["x", "1-x", "0", "1-" + "a" * 400])
    def test_of_a_link_leads_nowhere(self, token: str) -> None:
        response = Client().post(f"{FORM}{token}/", {"title": "Ma fiche", "envoyer": "oui"})

        assert response.status_code == 410
        assert "Ma fiche" in response.content.decode()

    def test_html_is_text(self, begun: str, post: Post) -> None:
        post(begun, agrees="on", envoyer="oui", problem="<img src=x onerror=alert(1)>")

        draft = Proposal.objects.get().draft.specific
        assert draft.problem == "<p>&lt;img src=x onerror=alert(1)&gt;</p>"


class TestHandingOver:
    def test_makes_a_draft_that_says_what_was_proposed(self, handed_over: Proposal) -> None:
        draft = handed_over.draft.specific

        assert not draft.live
        assert draft.owner is None
        assert draft.title == WHOLE["title"]
        assert [theme.slug for theme in draft.themes] == ["sante", "participation"]
        assert draft.territory.slug == "liege"
        assert (
            draft.problem == "<p>Personne ne savait où aller.</p><p>Les horaires étaient ceux du bureau.</p>"
        )
        assert str(draft.state_date) == "2025-11"
        assert [block.value.source for block in draft.body] == [
            "<p>On s’assied, on écoute.</p><ul><li>un café</li><li>un rendez-vous</li></ul>"
        ]
        assert [(actor.name, actor.role) for actor in draft.actors.all()] == [("Ville de Liège", "porteur")]
        (source,) = draft.sources.all()
        assert (source.url, str(source.date)) == ("https://exemple.org/deliberation", "2024-02-03")
        assert draft.get_latest_revision_as_object().sources.count() == 1

    def test_makes_no_tag_before_somebody_has_seen_it(self, post: Post, territory: TerritoryPage) -> None:
        Tag.objects.create(name="accès aux soins")
        post(FORM, email=READER, **WHOLE)
        post(link(), agrees="on", envoyer="oui")
        draft = Proposal.objects.get().draft.specific

        assert [tag.name for tag in draft.tags.all()] == ["accès aux soins"]
        assert not Tag.objects.filter(name="marché").exists()

        adopt(Proposal.objects.get(), factories.moderator())
        tags = PracticePage.objects.get(pk=draft.pk).get_latest_revision_as_object().tags.all()
        assert sorted(tag.name for tag in tags) == ["accès aux soins", "marché"]

    def test_shows_readers_nothing(self, handed_over: Proposal) -> None:
        draft = handed_over.draft
        reader = Client()

        assert reader.get(f"/pratiques/{draft.slug}/").status_code == 404
        for address in (
            "/pratiques/",
            "/pratiques/?q=permanence",
            "/recherche/?q=permanence",
            "/sitemap.xml",
        ):
            assert WHOLE["title"] not in reader.get(address).content.decode()

    def test_stands_in_the_moderators_queue(self, handed_over: Proposal, client: Client) -> None:
        (item,) = waiting_for(factories.moderator())

        assert (item.title, item.kind) == (WHOLE["title"], "Fiche proposée")

    def test_is_refused_with_all_that_is_missing_and_keeps_the_rest(self, post: Post) -> None:
        post(FORM, email=READER, title="Une table", state_date="hier")
        response = post(link(), envoyer="oui", note="Bonjour")

        html = response.content.decode()
        for words in (
            "Écrivez une année",
            "Donnez au moins une source",
            "Sans cet accord",
            "Choisissez un territoire",
        ):
            assert words in html, words
        assert 'href="#id_state_date"' in html
        kept = fields(Client().get(link()).content.decode())
        assert (kept["state_date"], kept["note"]) == ("hier", "Bonjour")
        assert not Proposal.objects.waiting().exists()

    def test_needs_an_agreement(self, begun: str, post: Post) -> None:
        assert "Sans cet accord" in post(begun, envoyer="oui").content.decode()

    def test_happens_once(self, begun: str, post: Post) -> None:
        sent = {**fields(Client().get(begun).content.decode()), "agrees": "on", "envoyer": "oui"}
        Client().post(begun, sent)
        again = Client().post(begun, {**sent, "title": "Un autre titre"})

        assert "Un autre titre" in again.content.decode()
        assert "déjà envoyée" in again.content.decode()
        assert PracticePage.objects.filter(title=WHOLE["title"]).count() == 1

    def test_of_a_place_elsewhere_is_told_to_the_moderators(
        self, begun: str, post: Post, sign_in: SignIn
    ) -> None:
        post(begun, agrees="on", envoyer="oui", territory="", place="Une ville du nord")

        html = sign_in(factories.moderator()).get(screen()).content.decode()
        assert "Une ville du nord" in html
        assert "La table du mardi" in html


class TestALinkThatIsOpenTwice:
    """The last one to save does not take away what the other window saved: both texts are shown."""

    @pytest.fixture
    def windows(self, begun: str) -> tuple[dict[str, Any], dict[str, Any]]:
        one, other = (fields(Client().get(begun).content.decode()) for _ in range(2))
        return {**one, "limits": "D’ici.", "enregistrer": "oui"}, {
            **other,
            "limits": "De là.",
            "note": "Mot.",
        }

    def test_keeps_what_was_saved_and_gives_back_what_was_typed(self, begun: str, windows: Any) -> None:
        first, second = windows
        assert Client().post(begun, first).status_code == 302
        for button in ("enregistrer", "envoyer"):
            answer = Client().post(begun, {**second, button: "oui", "agrees": "on"})
            html = answer.content.decode()

            assert answer.status_code == 409
            assert Proposal.objects.get().content["limits"] == "D’ici."
            assert fields(html)["limits"] == "De là."
            assert fields(html)["note"] == "Mot."
            notice = BeautifulSoup(html, "html.parser").select_one("[role=alert]")
            assert notice is not None
            assert "D’ici." in notice.text
            assert WHOLE["note"] in notice.text

    def test_saves_what_was_typed_once_both_were_seen(self, begun: str, windows: Any) -> None:
        first, second = windows
        Client().post(begun, first)
        shown = fields(Client().post(begun, {**second, "enregistrer": "oui"}).content.decode())

        assert Client().post(begun, {**shown, "enregistrer": "oui"}).status_code == 302
        assert Proposal.objects.get().content["limits"] == "De là."

    def test_is_noticed_after_a_row_was_added_too(self, begun: str, windows: Any) -> None:
        first, second = windows
        Client().post(begun, first)
        shown = fields(Client().post(begun, {**second, "ajouter": "sources"}).content.decode())

        assert Client().post(begun, {**shown, "enregistrer": "oui"}).status_code == 409

    def test_gives_back_what_was_typed_after_the_other_was_sent(self, begun: str, windows: Any) -> None:
        first, second = windows
        Client().post(begun, {**first, "agrees": "on", "envoyer": "oui"})
        html = Client().post(begun, {**second, "enregistrer": "oui"}).content.decode()

        assert "De là." in html
        assert "Mot." in html


class TestWithdrawing:
    def test_asks_first_then_forgets_everything(self, begun: str) -> None:
        assert "Oui, effacer" in Client().get(f"{begun}retirer/").content.decode()
        assert Proposal.objects.exists()

        Client().post(f"{begun}retirer/")

        assert not Proposal.objects.exists()
        assert Client().get(begun).status_code == 410
        assert Client().post(f"{begun}retirer/").status_code == 200

    def test_takes_the_untouched_draft_along(self, handed_over: Proposal, begun: str) -> None:
        Client().post(f"{begun}retirer/")

        assert not PracticePage.objects.filter(title=WHOLE["title"]).exists()

    def test_leaves_what_a_moderator_works_on(self, handed_over: Proposal, begun: str) -> None:
        adopt(handed_over, factories.moderator())

        Client().post(f"{begun}retirer/")

        assert PracticePage.objects.filter(title=WHOLE["title"]).exists()
        assert not Proposal.objects.exists()


def screen() -> str:
    return f"/admin/propositions/{Proposal.objects.get().pk}/"


class TestDeciding:
    def test_shows_what_may_lead_to_a_person(self, begun: str, post: Post, sign_in: SignIn) -> None:
        post(begun, agrees="on", envoyer="oui", limits="Appelez le 06 12 34 56 78.")

        html = sign_in(factories.moderator()).get(screen()).content.decode()
        assert "passages__item" in html
        assert "06 12 34 56 78" in html
        assert READER in html

    def test_in_favour_gives_the_draft_to_the_moderator(
        self, handed_over: Proposal, sign_in: SignIn, django_capture_on_commit_callbacks: Any
    ) -> None:
        moderator = factories.moderator()
        with django_capture_on_commit_callbacks(execute=True):
            response = sign_in(moderator).post(screen(), {"adopt": "oui"})

        draft = PracticePage.objects.get(title=WHOLE["title"])
        assert response["Location"] == f"/admin/pages/{draft.pk}/edit/"
        assert draft.owner == moderator
        assert not draft.live
        assert mail.outbox[-1].to == [READER]
        assert waiting_for(moderator) == []

    def test_against_mails_the_reason_and_deletes_the_draft(
        self, handed_over: Proposal, sign_in: SignIn, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(factories.moderator()).post(screen(), {"reason": "Nous l’avons déjà."})

        assert "Nous l’avons déjà." in str(mail.outbox[-1].body)
        assert mail.outbox[-1].to == [READER]
        assert not PracticePage.objects.filter(title=WHOLE["title"]).exists()

    def test_against_needs_a_reason(self, handed_over: Proposal, sign_in: SignIn) -> None:
        response = sign_in(factories.moderator()).post(screen(), {"reason": ""})

        assert "Dites pourquoi" in response.content.decode()
        assert Proposal.objects.waiting().exists()

    def test_happens_once(self, handed_over: Proposal, sign_in: SignIn) -> None:
        first, second = factories.moderator(), factories.moderator()
        sign_in(first).post(screen(), {"adopt": "oui"})

        response = sign_in(second).post(screen(), {"reason": "Non."}, follow=True)

        assert "Quelqu’un d’autre vient de décider" in response.content.decode()
        assert Proposal.objects.get().is_adopted

    def test_makes_the_draft_again_when_somebody_deleted_it(self, handed_over: Proposal) -> None:
        handed_over.draft.specific.delete()

        page = adopt(Proposal.objects.get(), factories.moderator())

        assert page.title == WHOLE["title"]

    @pytest.mark.parametrize("role", ["volunteer", "referent"])
    def test_is_for_editors(self, role: str, handed_over: Proposal, sign_in: SignIn) -> None:
        browser = sign_in(getattr(factories, role)())

        for path in ("/admin/propositions/", screen()):
            assert browser.get(path).status_code in (302, 403)
        browser.post(screen(), {"adopt": "oui"})
        assert Proposal.objects.waiting().exists()

    def test_is_refused_to_others_wherever_they_ask(self, handed_over: Proposal) -> None:
        with pytest.raises(PermissionDenied):
            adopt(handed_over, factories.volunteer())

    def test_comes_too_late_after_a_withdrawal(self, handed_over: Proposal, begun: str) -> None:
        Client().post(f"{begun}retirer/")

        with pytest.raises(TooLateError, match="retirer"):
            adopt(handed_over, factories.moderator())

    def test_can_be_followed_by_the_link(self, handed_over: Proposal, begun: str, sign_in: SignIn) -> None:
        assert "la modération va la lire" in Client().get(begun).content.decode()

        sign_in(factories.moderator()).post(screen(), {"reason": "Nous l’avons déjà."})

        assert "Nous l’avons déjà." in Client().get(begun).content.decode()


class TestACorrection:
    @pytest.fixture
    def corrected(self, sheet: PracticePage, post: Post) -> Callable[..., Proposal]:
        def corrected(**typed: Any) -> Proposal:
            post(f"{sheet.get_url()}corriger/", email=READER)
            response = post(link(), agrees="on", envoyer="oui", **typed)
            assert response.status_code == 302, response.content.decode()
            return Proposal.objects.get()

        return corrected

    def test_starts_from_what_readers_see(self, sheet: PracticePage) -> None:
        sheet.title = "Un titre en préparation"
        sheet.save_revision()

        shown = fields(Client().get(f"{sheet.get_url()}corriger/").content.decode())

        assert shown["title"] == "La table du marché"
        assert shown["limits"] == "Fragile, dit la ville.\n\nRien d’autre."
        assert shown["passages-0-text"] == "La salle ouvre à neuf heures."

    def test_of_a_long_sheet_takes_nothing_away(self, territory: TerritoryPage, post: Post) -> None:
        long = [("paragraph", f"<p>Passage {number}.</p>") for number in range(40)]
        sheet = factories.PracticePageFactory(territory=territory, body=long)
        post(f"{sheet.get_url()}corriger/", email=READER)

        assert "rien changé" in post(link(), agrees="on", envoyer="oui").content.decode()

    def test_of_nothing_is_not_sent(self, sheet: PracticePage, post: Post) -> None:
        post(f"{sheet.get_url()}corriger/", email=READER)

        assert "rien changé" in post(link(), agrees="on", envoyer="oui").content.decode()

    def test_changes_nothing_before_it_is_adopted(
        self, sheet: PracticePage, corrected: Callable[..., Proposal]
    ) -> None:
        corrected(title="La table du mercredi")

        sheet.refresh_from_db()
        assert sheet.title == "La table du marché"
        assert sheet.get_latest_revision_as_object().title == "La table du marché"

    def test_is_shown_beside_the_sheet(
        self, sheet: PracticePage, corrected: Callable[..., Proposal], sign_in: SignIn
    ) -> None:
        corrected(title="La table du mercredi")

        html = sign_in(factories.moderator()).get(screen()).content.decode()
        assert re.search(r'class="deletion">marché', html)
        assert re.search(r'class="addition">mercredi', html)
        assert html.count('class="proposed"') == 1

    def test_keeps_formatting_images_and_blocks_that_it_does_not_touch(
        self, sheet: PracticePage, corrected: Callable[..., Proposal]
    ) -> None:
        proposal = corrected(
            limits="Fragile, dit la ville.\n\nTout le reste.",
            **{
                "passages-1-text": "On y vient à vélo.",
                "passages-TOTAL_FORMS": "3",
                "passages-2-text": "Et on reste.",
            },
        )

        adopt(proposal, factories.moderator())

        draft = PracticePage.objects.get(pk=sheet.pk).get_latest_revision_as_object()
        assert draft.limits == "<p>Fragile, dit <b>la ville</b>.</p><p>Tout le reste.</p>"
        assert [block.block_type for block in draft.body] == [
            "heading",
            "paragraph",
            "paragraph",
            "paragraph",
        ]
        assert [block.value.source for block in draft.body if block.block_type == "paragraph"] == [
            "<p>La salle ouvre à <i>neuf</i> heures.</p>",
            "<p>On y vient à vélo.</p>",
            "<p>Et on reste.</p>",
        ]
        assert PracticePage.objects.get(pk=sheet.pk).limits.endswith("Rien d’autre.</p>")

    def test_changes_adds_and_takes_away_rows(
        self, sheet: PracticePage, corrected: Callable[..., Proposal]
    ) -> None:
        sheet.sources = [
            PracticeSource(title="Un article", publisher="Un journal"),
            PracticeSource(title="Un rapport", publisher="Une ville"),
        ]
        sheet.actors = [PracticeActor(name="La ville", role=ActorRole.LEAD)]
        sheet.save_revision().publish()

        proposal = corrected(
            **{
                "sources-0-date": "2024",
                "sources-1-DELETE": "on",
                "actors-TOTAL_FORMS": "2",
                "actors-1-name": "Un collectif",
                "actors-1-role": "partenaire",
            }
        )
        adopt(proposal, factories.moderator())

        draft = PracticePage.objects.get(pk=sheet.pk).get_latest_revision_as_object()
        assert [(row.title, str(row.date)) for row in draft.sources.all()] == [("Un article", "2024")]
        assert [row.name for row in draft.actors.all()] == ["La ville", "Un collectif"]

    def test_never_overwrites_what_somebody_wrote_meanwhile(
        self, sheet: PracticePage, corrected: Callable[..., Proposal], sign_in: SignIn
    ) -> None:
        proposal = corrected(title="La table du mercredi", state_source="Vu sur place")
        draft = PracticePage.objects.get(pk=sheet.pk)
        draft.title = "La table du jeudi"
        draft.save_revision()

        html = sign_in(factories.moderator()).get(screen()).content.decode()
        assert "Changé entre-temps" in html
        assert "La table du jeudi" in html
        adopt(proposal, factories.moderator())

        newest = PracticePage.objects.get(pk=sheet.pk).get_latest_revision_as_object()
        assert (newest.title, newest.state_source) == ("La table du jeudi", "Vu sur place")

    def test_is_about_the_version_that_was_open(self, sheet: PracticePage, post: Post) -> None:
        path = f"{sheet.get_url()}corriger/"
        reader = Client()
        opened = fields(reader.get(path).content.decode())
        later = PracticePage.objects.get(pk=sheet.pk)
        later.title = "La table du jeudi"
        later.save_revision().publish()

        reader.post(path, {**opened, "email": READER, "state_source": "Vu sur place"})

        proposal = Proposal.objects.get()
        assert proposal.base["title"] == "La table du marché"
        assert proposal.base["title"] == proposal.content["title"]

    def test_of_a_draft_or_of_nothing_is_not_found(self) -> None:
        draft = factories.PracticePageFactory(live=False)

        assert Client().get(f"/pratiques/{draft.slug}/corriger/").status_code == 404
        assert Client().get("/pratiques/rien/corriger/").status_code == 404

    def test_of_a_sheet_that_is_gone_says_so(
        self, sheet: PracticePage, corrected: Callable[..., Proposal], sign_in: SignIn
    ) -> None:
        corrected(title="La table du mercredi")
        PracticePage.objects.get(pk=sheet.pk).delete()
        browser = sign_in(factories.moderator())

        assert "n’existe plus" in browser.get(screen()).content.decode()
        response = browser.post(screen(), {"adopt": "oui"}, follow=True)
        assert "n’existe plus" in response.content.decode()

    def test_waits_for_a_locked_sheet(self, sheet: PracticePage, corrected: Callable[..., Proposal]) -> None:
        proposal = corrected(title="La table du mercredi")
        PracticePage.objects.filter(pk=sheet.pk).update(locked=True)

        with pytest.raises(TooLateError, match="verrouillée"):
            adopt(Proposal.objects.get(pk=proposal.pk), factories.moderator())


class TestForgetting:
    def test_what_nobody_came_back_to(self, clock: Clock, begun: str) -> None:
        clock.days_pass(29)
        call_command("run_periodic")
        assert Proposal.objects.exists()

        clock.days_pass(2)
        call_command("run_periodic")
        assert not Proposal.objects.exists()

    def test_what_was_decided_long_ago(self, clock: Clock, handed_over: Proposal) -> None:
        clock.days_pass(200)
        call_command("run_periodic")
        assert Proposal.objects.exists()  # the moderators have not decided

        adopt(Proposal.objects.get(), factories.moderator())
        clock.days_pass(91)
        call_command("run_periodic")
        assert not Proposal.objects.exists()
        assert PracticePage.objects.filter(title=WHOLE["title"]).exists()


class TestProse:
    @pytest.mark.parametrize(
        "html",
        [
            "<p>Un mot.</p>",
            '<p>Un <b>mot</b>, <a href="https://exemple.org">un lien</a>.</p><ul><li>un</li><li>deux</li></ul>',
            "<p>Une ligne<br/>une autre &lt;b&gt;</p><p></p>",
            "",
        ],
    )
    def test_that_is_not_touched_comes_back_as_it_was(self, html: str) -> None:
        assert to_html(to_text(html), html) == html.replace("<p></p>", "")

    def test_tells_where_links_lead(self) -> None:
        assert (
            to_text("<p>Voyez <a href='https://exemple.org/'>là</a></p>") == "Voyez là (https://exemple.org/)"
        )

    def test_makes_lists_and_lines(self) -> None:
        assert (
            to_html("un\ndeux\n\n- trois\n- quatre")
            == "<p>un<br/>deux</p><ul><li>trois</li><li>quatre</li></ul>"
        )


def test_a_sheet_that_is_read_and_written_is_the_same(sheet: PracticePage) -> None:
    sheet.public_links = [
        PracticePublic(public=Public.objects.get(slug=slug)) for slug in ("travailleurs", "femmes")
    ]
    before = snapshot(sheet)
    write(before, sheet, ALL_NAMES)

    assert snapshot(sheet) == before
    assert [link.public.slug for link in sheet.public_links.all()] == ["travailleurs", "femmes"]
