"""What is declared with a time goes after it, by the one job of ``run_periodic``, and nothing goes sooner or twice."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, UploadedFile

from home.delivery.mails import compose
from home.models import Author, Invitation, Mission, User
from home.privacy.register import Expiry
from home.privacy.registry import kept
from home.privacy.retention import forget_what_is_over
from site_ocu.periodic import JOBS
from tests import factories
from tests.privacy.sowing import sown, stored_file

pytestmark = pytest.mark.django_db
MOMENT = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
EXPIRIES = [
    pytest.param(model, limit, id=f"{model._meta.label}-{limit.since}")
    for model, entry in kept().items()
    for limit in entry.limits
    if isinstance(limit, Expiry)
]
Travel = Callable[[datetime.timedelta], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Move the clock on."""
    now = timezone.now

    def on(time: datetime.timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + time)

    return on


def row_for(model: Any, limit: Expiry) -> Any:
    """A row of *model* that *limit* begins to count for now."""
    given: dict[str, Any] = dict(limit.where.children)  # type: ignore[arg-type]
    given |= dict.fromkeys(limit.empties, "quelquun@exemple.invalid")
    row = sown(model, **given)
    field = model._meta.get_field(limit.since)
    now = timezone.localdate() if field.get_internal_type() == "DateField" else timezone.now()
    model._base_manager.filter(pk=row.pk).update(**{limit.since: now})
    return row


@pytest.mark.parametrize(("model", "limit"), EXPIRIES)
class TestATimeLimit:
    def test_forgets_once_it_is_over_and_not_before(self, model: Any, limit: Expiry, travel: Travel) -> None:
        row = row_for(model, limit)
        time = limit.time() if callable(limit.time) else limit.time

        travel(time - 2 * MOMENT)
        forget_what_is_over()
        before = model._base_manager.filter(pk=row.pk).first()
        travel(time + DAY + MOMENT)
        first, second = forget_what_is_over(), forget_what_is_over()
        after = model._base_manager.filter(pk=row.pk).first()

        assert before is not None
        assert [getattr(before, name) for name in limit.empties].count("") == 0
        assert first >= 1
        assert second == 0
        if limit.empties:
            assert {getattr(after, name) for name in limit.empties} == {""}
        else:
            assert after is None


def test_every_limit_is_part_of_run_periodic() -> None:
    assert [job.name for job in JOBS if job.run is forget_what_is_over] == ["durées de conservation"]


class TestALimitThatFails:
    def test_keeps_no_other_from_being_held_and_is_reported(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(self: Expiry, model: Any) -> int:
            if model._meta.label == "practices.Alert":
                raise RuntimeError("la table est abîmée")
            return before(self, model)

        before = Expiry.enforce
        monkeypatch.setattr(Expiry, "enforce", broken)
        sessions = [entry for entry in kept() if entry._meta.label == "sessions.Session"]
        for model in sessions:
            sown(model, expire_date=timezone.now() - DAY)

        with pytest.raises(CommandError, match="durées de conservation"):
            call_command("run_periodic")

        assert not any(model._base_manager.exists() for model in sessions)


class TestVersions:
    @pytest.fixture
    def page(self) -> Page:
        page = factories.StandardPageFactory()
        for text in ("Une.", "Deux.", "Trois."):
            page.introduction = text
            page.save_revision()
        return page

    def test_that_another_replaced_go_after_two_years(self, page: Page, travel: Travel) -> None:
        travel(729 * DAY)
        forget_what_is_over()
        assert page.revisions.count() == 4

        travel(731 * DAY)
        forget_what_is_over()
        forget_what_is_over()

        page = Page.objects.get(pk=page.pk)
        assert set(page.revisions.all()) == {page.latest_revision, page.live_revision}
        assert page.get_latest_revision_as_object().introduction == "Trois."

    def test_that_are_scheduled_or_were_reviewed_stay(self, page: Page, travel: Travel) -> None:
        first, second = page.revisions.order_by("pk")[1:3]
        Revision.objects.filter(pk=first.pk).update(approved_go_live_at=timezone.now() + 900 * DAY)
        page.get_workflow().start(page, factories.moderator())
        page.current_workflow_task_state.__class__.objects.update(revision=second)

        travel(731 * DAY)
        forget_what_is_over()

        assert {first, second} <= set(page.revisions.all())


class TestTheHistory:
    def test_of_a_page_goes_a_year_after_it_was_deleted(self, travel: Travel) -> None:
        kept_page, gone = factories.StandardPageFactory(), factories.StandardPageFactory()
        for page in (kept_page, gone):
            log(page, "wagtail.edit")
        key = gone.pk
        gone.delete()

        travel(364 * DAY)
        forget_what_is_over()
        assert PageLogEntry.objects.filter(page_id=key).exists()

        travel(366 * DAY)
        forget_what_is_over()
        assert not PageLogEntry.objects.filter(page_id=key).exists()
        assert PageLogEntry.objects.filter(page_id=kept_page.pk).exists()

    def test_of_anything_else_as_well(self, travel: Travel) -> None:
        kept_one, gone = factories.AuthorFactory(), factories.AuthorFactory()
        for author in (kept_one, gone):
            log(author, "wagtail.edit")
        Author.objects.filter(pk=gone.pk).delete()

        travel(366 * DAY)
        forget_what_is_over()

        assert {entry.object_id for entry in ModelLogEntry.objects.all()} == {str(kept_one.pk)}


class TestAnUpload:
    def test_that_nobody_completed_goes_with_its_file_after_a_day(self, travel: Travel) -> None:
        upload = UploadedFile.objects.create(
            for_content_type_id=1,
            file=stored_file(),
            uploaded_by_user=factories.moderator(),
        )

        forget_what_is_over()
        assert UploadedFile.objects.exists()
        travel(DAY + MOMENT)
        forget_what_is_over()

        assert not UploadedFile.objects.exists()
        assert not upload.file.storage.exists(upload.file.name)

    def test_whose_file_is_lost_goes(self) -> None:
        UploadedFile.objects.create(for_content_type_id=1, file="perdu.png")

        forget_what_is_over()

        assert not UploadedFile.objects.exists()


class TestAnInvitation:
    @pytest.fixture
    def invited(self, territory: Any) -> User:
        user = factories.volunteer(territory)
        Invitation.objects.create(user=user, mission=Mission.objects.get(author__user=user))
        return user

    def test_without_an_answer_goes_after_half_a_year_with_the_account(
        self, invited: User, travel: Travel
    ) -> None:
        travel(179 * DAY)
        forget_what_is_over()
        assert User.objects.filter(pk=invited.pk).exists()

        travel(181 * DAY)
        forget_what_is_over()

        assert not User.objects.filter(pk=invited.pk).exists()
        assert not Author.objects.exists()
        assert not Mission.objects.exists()

    @pytest.mark.parametrize("used", ["signed in", "signs"])
    def test_leaves_the_account_that_was_used_after_all(
        self, invited: User, used: str, travel: Travel, territory: Any
    ) -> None:
        if used == "signs":
            factories.BlogPostPageFactory(author_links=[factories.BlogPostAuthor(author=invited.author())])
        else:
            User.objects.filter(pk=invited.pk).update(last_login=timezone.now())

        travel(181 * DAY)
        forget_what_is_over()

        assert User.objects.filter(pk=invited.pk).exists()
        assert not Invitation.objects.exists()


class TestAnAccountThatNobodyUses:
    YEARS = 3 * 365 * DAY

    @pytest.fixture
    def user(self) -> User:
        user = factories.moderator(email="loin@exemple.invalid", first_name="Zoé", last_name="Loin")
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
        factories.AuthorFactory(
            user=user, byline_kind="pseudonym", pseudonym="Ortie", first_name="Zoé", last_name="Loin"
        )
        return user

    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
        """Run the job, and give the addresses that it writes to. (The outbox has a time limit of its own.)"""

        def written() -> list[str]:
            messages: list[Any] = []
            monkeypatch.setattr(
                "home.privacy.unused.send",
                lambda name, people, context: messages.extend(compose(name, one, context) for one in people),
            )
            forget_what_is_over()
            assert all("Pour garder le compte" in message.body for message in messages)
            return [message.to[0] for message in messages]

        return written

    def test_is_told_a_month_before_once_and_emptied_then(
        self, user: User, travel: Travel, run: Callable[[], list[str]]
    ) -> None:
        travel(self.YEARS - 31 * DAY)
        assert run() == []
        travel(self.YEARS - 30 * DAY + MOMENT)
        assert run() == ["loin@exemple.invalid"]
        assert run() == []
        travel(self.YEARS - MOMENT)
        run()
        user.refresh_from_db()
        assert user.is_active

        travel(self.YEARS + 2 * MOMENT)
        run()
        user.refresh_from_db()
        assert not user.is_active
        assert "loin@" not in user.email
        assert user.last_name == ""
        author = Author.objects.get(user=user)
        assert (author.byline, author.first_name, author.last_name) == ("Ortie", "", "")

    def test_is_left_alone_when_somebody_comes_back(
        self, user: User, travel: Travel, run: Callable[[], list[str]]
    ) -> None:
        travel(self.YEARS - 29 * DAY)
        run()
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())

        travel(self.YEARS + 2 * DAY)
        assert run() == []

        user.refresh_from_db()
        assert user.is_active

    def test_is_told_first_when_no_run_came_for_long(
        self, user: User, travel: Travel, run: Callable[[], list[str]]
    ) -> None:
        travel(self.YEARS + 300 * DAY)

        assert run() == ["loin@exemple.invalid"]
        user.refresh_from_db()
        assert user.is_active

    def test_that_may_do_everything_stays(self, travel: Travel, run: Callable[[], list[str]]) -> None:
        total = User.objects.create_superuser("total@exemple.invalid")

        travel(self.YEARS + 300 * DAY)

        assert run() == []
        assert User.objects.get(pk=total.pk).is_active
