"""A sheet ages: whoever answers for it hears of it, says « toujours exact » in one click, and changes nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.delivery.outbox import send_waiting
from home.models import Mission, User
from practices.freshness.checks import CheckRefusedError, SheetCheck, check
from practices.freshness.due import a_year_ago, due_for, due_sheets
from practices.freshness.reminders import remind_of_due_sheets
from practices.models import PracticeAuthor, PracticePage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.moderation.test_digests import DAY, Clock
from tests.reviewing import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def signed(author: User | None = None, days: int = 400, **fields: Any) -> PracticePage:
    """A public sheet, checked so many *days* ago, that *author* signs."""
    byline = author.author() if author else factories.AuthorFactory()
    assert byline
    sheet: PracticePage = factories.PracticePageFactory(
        checked_on=timezone.localdate() - days * DAY,
        author_links=[PracticeAuthor(author=byline)],
        owner=author,
        **fields,
    )
    return sheet


def with_byline(person: User, name: str = "Nour") -> User:
    factories.AuthorFactory(user=person, pseudonym=name)
    return person


def press(client: Client, sheet: PracticePage) -> Any:
    return client.post(reverse("check_sheet", args=[sheet.pk]))


def today(sheet: PracticePage) -> bool:
    return PracticePage.objects.get(pk=sheet.pk).checked_on == timezone.localdate()


def told() -> list[EmailMessage]:
    """The mails that one run sends."""
    before = len(mail.outbox)
    with TestCase.captureOnCommitCallbacks(execute=True):
        remind_of_due_sheets()
    return mail.outbox[before:]


def mission_ends(person: User) -> None:
    long_ago = timezone.localdate() - 200 * DAY
    Mission.objects.filter(author__user=person).update(start=long_ago, end=long_ago + DAY)


class TestASheetIsDue:
    def test_when_it_was_checked_more_than_twelve_months_ago(self) -> None:
        old, fresh = signed(days=367), signed(days=300)
        signed(days=500, live=False)

        assert list(due_sheets()) == [old]
        assert (old.is_stale, fresh.is_stale) == (True, False)

    @pytest.mark.parametrize("day", ["2026-03-10", "2028-02-29", "2029-02-28", "2027-03-01"])
    def test_on_the_day_the_reader_is_told_so(self, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
        now = datetime.date.fromisoformat(day)
        monkeypatch.setattr(timezone, "localdate", lambda: now)

        for days in range(360, 371):
            sheet = PracticePage(checked_on=now - days * DAY)
            assert sheet.is_stale == (sheet.checked_on < a_year_ago()), sheet.checked_on


class TestWhoMayCheck:
    @pytest.mark.parametrize(
        ("role", "allowed"),
        [
            ("author", True),
            ("author whose mission is over", False),
            ("another volunteer of the territory", False),
            ("référent·e", True),
            ("référent·e of another territory", False),
            ("moderator", True),
            ("administrator", True),
        ],
    )
    def test_is_asked_of_each_role(
        self, role: str, allowed: bool, territory: TerritoryPage, sign_in: SignIn
    ) -> None:
        author = factories.volunteer(territory)
        people = {
            "author": lambda: author,
            "author whose mission is over": lambda: author,
            "another volunteer of the territory": lambda: factories.volunteer(territory),
            "référent·e": lambda: with_byline(factories.referent(territory)),
            "référent·e of another territory": lambda: with_byline(
                factories.referent(factories.TerritoryPageFactory())
            ),
            "moderator": lambda: with_byline(factories.moderator()),
            "administrator": lambda: with_byline(factories.administrator()),
        }
        person = people[role]()
        sheet = signed(author, territory=territory)
        if role == "author whose mission is over":
            mission_ends(author)
        client = sign_in(person)

        response = press(client, sheet)

        assert today(sheet) == allowed
        assert list(due_for(person)) == []  # never theirs, or no longer
        if not allowed:
            assert response.status_code in (302, 403)
            assert not SheetCheck.objects.exists()
            assert sheet.title not in client.get(reverse("due_sheets")).content.decode()
            with pytest.raises(CheckRefusedError):
                check(sheet, person)

    def test_needs_somebody_signed_in(self) -> None:
        sheet = signed()

        assert press(Client(), sheet).status_code == 302
        assert not today(sheet)

    def test_never_of_a_draft(self, sign_in: SignIn) -> None:
        author = factories.volunteer()
        draft = signed(author, live=False)

        assert press(sign_in(author), draft).status_code == 404
        with pytest.raises(CheckRefusedError):
            check(draft, author)

    def test_asks_for_a_byline_first(self, sign_in: SignIn) -> None:
        sheet = signed()

        response = press(sign_in(factories.moderator()), sheet)

        assert response["Location"] == reverse("author_profile")
        assert not today(sheet)

    def test_sees_the_screen(self, sign_in: SignIn) -> None:
        author, other = factories.volunteer(), factories.volunteer()
        address = reverse("check_sheet", args=[signed(author).pk])

        assert sign_in(author).get(address).status_code == 200
        assert sign_in(other).get(address).status_code in (302, 403)

    def test_takes_no_get_for_a_yes(self, sign_in: SignIn) -> None:
        sheet = signed()
        client = sign_in(with_byline(factories.moderator()))

        assert "Toujours exact" in client.get(reverse("check_sheet", args=[sheet.pk])).content.decode()
        assert not today(sheet)


class TestTheClick:
    def test_is_dated_signed_kept_in_the_history_and_shown(self, sign_in: SignIn) -> None:
        nour, sheet = with_byline(factories.moderator()), signed()
        client = sign_in(nour)

        page = press(client, sheet)

        checked = PracticePage.objects.get(pk=sheet.pk)
        assert page["Location"] == reverse("wagtailadmin_home")
        assert (checked.checked_on, checked.checked_by) == (timezone.localdate(), nour.author())
        assert not checked.is_stale
        (entry,) = PageLogEntry.objects.filter(action="practices.sheet_checked")
        assert entry.user == nour
        history = client.get(reverse("wagtailadmin_pages:history", args=[sheet.pk])).content.decode()
        assert "Vérifiée : toujours exacte, dit Nour" in history
        public = Client().get(sheet.get_url()).content.decode()
        assert "À actualiser" not in public
        assert "par Nour" in public

    def test_publishes_no_draft_and_is_not_lost_when_the_draft_is_published(self) -> None:
        sheet = signed(title="En ligne")
        sheet.title = "Brouillon"
        sheet.save_revision()
        published = PracticePage.objects.get(pk=sheet.pk).last_published_at

        check(sheet, with_byline(factories.moderator()))

        standing = PracticePage.objects.get(pk=sheet.pk)
        assert (standing.title, standing.has_unpublished_changes) == ("En ligne", True)
        assert standing.last_published_at == published
        assert standing.get_latest_revision_as_object().checked_on == timezone.localdate()
        standing.get_latest_revision().publish()
        assert PracticePage.objects.get(pk=sheet.pk).title == "Brouillon"
        assert today(sheet)

    def test_disturbs_no_review(self) -> None:
        writer, reviewer = factories.volunteer(), factories.moderator()
        nour = with_byline(factories.moderator())
        sheet = signed(writer, title="En ligne")
        sheet.title = "Relue"
        revision = sheet.save_revision(user=writer)
        sheet.get_workflow().start(sheet, writer)

        check(sheet, nour)

        waiting = PracticePage.objects.get(pk=sheet.pk)
        assert waiting.current_workflow_task_state.revision == revision
        assert waiting.latest_revision == revision
        while PracticePage.objects.get(pk=sheet.pk).current_workflow_task_state:
            decided(waiting, reviewer, "approve")
        assert PracticePage.objects.get(pk=sheet.pk).title == "Relue"
        assert today(sheet)

    def test_outlives_the_return_to_an_older_version(self) -> None:
        sheet = signed()
        old = sheet.latest_revision

        check(sheet, with_byline(factories.moderator()))
        old.publish()

        assert today(sheet)

    def test_does_not_stand_against_a_later_date_in_a_draft(self) -> None:
        sheet, later = signed(), timezone.localdate() + DAY
        check(sheet, with_byline(factories.moderator()))
        sheet.checked_on = later
        sheet.save_revision().publish()

        assert PracticePage.objects.get(pk=sheet.pk).checked_on == later

    def test_counts_once_a_day(self) -> None:
        sheet = signed()
        first, second = with_byline(factories.moderator()), with_byline(factories.moderator(), "Paul")

        check(sheet, first)
        check(sheet, second)

        assert SheetCheck.objects.get().person == first
        assert PageLogEntry.objects.filter(action="practices.sheet_checked").count() == 1
        assert PracticePage.objects.get(pk=sheet.pk).checked_by == first.author()

    def test_is_refused_once_the_sheet_was_taken_down(self, sign_in: SignIn) -> None:
        sheet, nour = signed(), with_byline(factories.moderator())
        stale = PracticePage.objects.get(pk=sheet.pk)
        Page.objects.get(pk=sheet.pk).specific.unpublish()

        with pytest.raises(CheckRefusedError):
            check(stale, nour)


class TestTheFirstScreen:
    def test_shows_each_person_their_own(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        author, local = factories.volunteer(territory), factories.referent(territory)
        signed(author, title="De l’autrice")
        signed(title="Du territoire", territory=territory)
        home, every = reverse("wagtailadmin_home"), reverse("due_sheets")

        for address in (home, every):
            hers = sign_in(author).get(address).content.decode()
            local_s = sign_in(local).get(address).content.decode()
            all_of_them = sign_in(factories.moderator()).get(address).content.decode()
            assert ("De l’autrice" in hers, "Du territoire" in hers) == (True, False)
            assert "Du territoire" in local_s
            assert "De l’autrice" in all_of_them
            assert "Du territoire" in all_of_them

    def test_says_nothing_to_who_has_none(self, sign_in: SignIn) -> None:
        signed()

        assert (
            "due-sheets"
            not in sign_in(factories.volunteer()).get(reverse("wagtailadmin_home")).content.decode()
        )

    def test_has_the_click(self, sign_in: SignIn) -> None:
        sheet = signed()

        html = sign_in(factories.moderator()).get(reverse("wagtailadmin_home")).content.decode()

        assert f'action="{reverse("check_sheet", args=[sheet.pk])}"' in html

    @pytest.mark.parametrize("page", ["-1", "99", "x", "0"])
    def test_leads_to_a_list_that_bears_any_page(self, sign_in: SignIn, page: str) -> None:
        assert sign_in(factories.moderator()).get(reverse("due_sheets"), {"p": page}).status_code == 200


class TestTheMail:
    def test_tells_the_authors_and_the_moderators(self, clock: Clock) -> None:
        author, gone, nour = factories.volunteer(), factories.volunteer(), factories.moderator()
        hers, _others = signed(author, title="De l’autrice"), signed(gone, title="D’avant")
        mission_ends(gone)

        by_person = {message.to[0]: message for message in told()}

        assert set(by_person) == {author.email, nour.email}
        assert by_person[author.email].subject == "Une fiche à vérifier"
        assert "D’avant" not in by_person[author.email].body
        assert f"http://testserver/admin/fiches-a-verifier/{hers.pk}/" in by_person[author.email].body
        assert "De l’autrice" in by_person[nour.email].body
        assert "D’avant" in by_person[nour.email].body

    def test_tells_of_a_sheet_once(self, clock: Clock) -> None:
        factories.moderator()
        signed()

        assert len(told()) == 1
        clock.days_pass(30)
        assert not told()

    def test_is_one_a_week_and_gathers(self, clock: Clock) -> None:
        factories.moderator()
        signed(title="Première")
        assert len(told()) == 1
        signed(title="Deuxième")
        signed(title="Troisième")
        clock.days_pass(6)
        assert not told()

        clock.days_pass(1)
        (message,) = told()

        assert message.subject == "2 fiches à vérifier"
        assert "Première" not in message.body
        assert "Une autre fiche attend aussi" in message.body

    def test_comes_again_a_year_after_a_check(self, clock: Clock) -> None:
        nour, sheet = with_byline(factories.moderator()), signed()
        told()
        check(sheet, nour)
        clock.days_pass(30)
        assert not told()

        clock.days_pass(340)

        assert len(told()) == 1

    def test_forgets_nothing_after_weeks_without_a_run(self, clock: Clock) -> None:
        factories.moderator()
        signed(title="Première", days=340)
        signed(title="Seconde", days=350)
        assert not told()

        clock.days_pass(60)
        (message,) = told()

        assert "Première" in message.body
        assert "Seconde" in message.body

    def test_is_tried_again_when_it_could_not_leave(self, clock: Clock, settings: Any) -> None:
        factories.moderator()
        signed()
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "tests.moderation.test_mails.ServerThatIsDown"
        assert not told()

        settings.EMAIL_BACKEND = working
        assert not told(), "it is written, and waits"

        assert send_waiting() == 1
        assert not send_waiting()

    def test_wakes_nobody_up(self, clock: Clock) -> None:
        factories.moderator()
        signed()
        clock.at(3)

        assert not told()

    def test_is_part_of_run_periodic(self, clock: Clock) -> None:
        factories.moderator()
        signed()

        call_command("run_periodic")
        call_command("run_periodic")

        assert [message.subject for message in mail.outbox] == ["Une fiche à vérifier"]
