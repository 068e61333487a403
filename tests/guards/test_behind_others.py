"""Guards that stand behind others, each asked by itself: from outside, another one would refuse first.

Every test here is named in guards.toml, and fails when its guard is switched off.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, TaskState
from wagtail.test.utils.form_data import inline_formset

from blog.models import BlogIndexPage, BlogPostPage
from home.admin import menus
from home.dates.fields import PartialDateField
from home.media.blocked import PublicationRefused, refusal_to_publish
from home.media.consent_hooks import (
    choose_among_showable_images,
    copy_none_as_public,
    publish_no_withheld_image,
    publish_none_in_bulk,
)
from home.media.views import rendition
from home.media.visibility import serve_to_those_who_may_know
from home.models import Author, Decision, Image, RightOfReply, Session, User
from home.moderation.discretion_hooks import DiscreetPagesAPIViewSet, choose_among_visible_pages
from home.moderation.draft_screens import ShareDraftView
from home.moderation.models import EditorialReviewTask, refusal
from home.moderation.one_at_a_time import one_at_a_time
from home.moderation.permissions import TerritoryPermissionTester, is_editor
from home.moderation.reply_screens import NewReplyForm
from home.moderation.review_hooks import is_reviewing
from home.moderation.right_of_reply import TooLateError, insert, record
from home.moderation.shared_drafts import may_share
from home.moderation.verdicts import DecisionRefusedError, Verdict, decide
from home.moderation.visibility import may_know
from home.people.handover_hooks import LeftDraftView
from home.people.invite_views import MAX_BYTES, MAX_LINES, CohortForm
from home.people.leave_views import LeaveForm
from home.people.leaving import Leave, leave
from home.people.welcome import WelcomeForm
from practices.models import ActorType, PracticeIndexPage, TerritoryPage
from practices.scales import State
from tests import factories
from tests.conftest import SignIn
from tests.editor import create_sheet, post_form, sheet_form
from tests.media.people import agreed_image, withdraw
from tests.reviewing import decided

pytestmark = pytest.mark.django_db

Asks = Callable[..., HttpRequest]
WEAK, STRONG = "aaaa", "une phrase de passe bien longue"


@pytest.fixture
def other(territory: TerritoryPage) -> User:
    """Another volunteer of the same territory."""
    return factories.volunteer(territory)


@pytest.fixture
def draft(territory: TerritoryPage) -> BlogPostPage:
    return factories.BlogPostPageFactory(
        owner=factories.volunteer(territory), live=False, territory=territory
    )


@pytest.fixture
def waiting(draft: BlogPostPage) -> BlogPostPage:
    """The same text, under review."""
    draft.get_workflow().start(draft, draft.owner)
    return BlogPostPage.objects.get(pk=draft.pk)


@pytest.fixture
def withheld() -> Image:
    return withdraw(agreed_image())


@pytest.fixture
def asks(rf: RequestFactory) -> Asks:
    """A request of *user* that goes to a view or a hook directly."""

    def asked(user: User, method: str = "get", path: str = "/admin/", **data: Any) -> HttpRequest:
        request: Any = getattr(rf, method)(path, data)
        request.user, request.session = user, {}
        request._messages = FallbackStorage(request)
        return request

    return asked


def rights(page: Page, user: User) -> TerritoryPermissionTester:
    tester = page.permissions_for_user(user)
    assert isinstance(tester, TerritoryPermissionTester)
    return tester


class TestRights:
    def test_nobody_but_moderators_and_administrators_looks_after_all(self, other: User) -> None:
        assert not is_editor(other)

    def test_a_text_is_edited_by_who_wrote_it(self, draft: BlogPostPage, other: User) -> None:
        assert not rights(draft, other).can_edit()

    def test_a_text_is_copied_by_who_may_change_it(self, draft: BlogPostPage, other: User) -> None:
        assert not rights(draft, other).can_copy()

    def test_a_text_is_deleted_by_who_wrote_it(self, draft: BlogPostPage, other: User) -> None:
        assert not rights(draft, other).can_delete()

    def test_the_page_of_the_own_territory_is_changed_but_not_copied(self, territory: TerritoryPage) -> None:
        assert not rights(territory, factories.referent(territory)).can_copy()

    def test_a_public_text_is_not_taken_down_by_its_author(self, other: User) -> None:
        assert not rights(factories.BlogPostPageFactory(owner=other), other).can_unpublish()

    def test_a_text_is_submitted_by_who_may_change_it(self, draft: BlogPostPage, other: User) -> None:
        assert not rights(draft, other).can_submit_for_moderation()

    def test_the_history_is_read_by_who_may_open_the_text(self, draft: BlogPostPage, other: User) -> None:
        assert not rights(draft, other).can_view_revisions()

    def test_the_history_of_one_s_own_text_is_read(self, draft: BlogPostPage) -> None:
        assert draft.owner and rights(draft, draft.owner).can_view_revisions()

    def test_another_territory_s_page_is_not_one_s_own(self, territory: TerritoryPage) -> None:
        referent = factories.referent(factories.TerritoryPageFactory())

        assert not rights(territory, referent).can_edit()

    def test_the_page_of_the_own_territory_is(self, territory: TerritoryPage) -> None:
        assert rights(territory, factories.referent(territory)).can_edit()

    def test_a_draft_is_shared_by_who_wrote_it(self, draft: BlogPostPage, other: User) -> None:
        assert not may_share(draft, other)

    def test_a_draft_is_known_to_who_wrote_it(self, draft: BlogPostPage, other: User) -> None:
        assert not may_know(other, {draft.pk})


class TestAView:
    """Called as if the middleware had let everybody pass."""

    def test_shares_nobody_else_s_draft(self, draft: BlogPostPage, other: User, asks: Asks) -> None:
        with pytest.raises(PermissionDenied):
            ShareDraftView.as_view()(asks(other), page_id=draft.pk)

    def test_hands_left_drafts_to_editors(self, draft: BlogPostPage, other: User, asks: Asks) -> None:
        with pytest.raises(PermissionDenied):
            LeftDraftView.as_view()(asks(other), page_id=draft.pk)

    def test_reviews_for_those_who_are_asked(self, waiting: BlogPostPage, sign_in: SignIn) -> None:
        assert waiting.owner
        assert sign_in(waiting.owner).get(reverse("review", args=[waiting.pk])).status_code == 302

    def test_refuses_a_reply_for_those_who_did_not_write_the_text(self, sign_in: SignIn) -> None:
        moderator = factories.moderator()
        page = factories.BlogPostPageFactory(owner=moderator)
        reply = RightOfReply.objects.create(page=page, asked_by="Le Relais", text="Non.")

        answer = sign_in(moderator).post(reverse("right_of_reply", args=[reply.pk]), {"refuse": "1"})

        assert answer.status_code == 302

    def test_reads_instead_of_editing_after_the_mission(self, draft: BlogPostPage, sign_in: SignIn) -> None:
        assert draft.owner
        draft.owner.authors.get().missions.all().delete()

        answer = sign_in(draft.owner).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

        assert answer["Location"] == reverse("own_text", args=[draft.pk])

    def test_of_files_does_not_even_look_for_what_is_no_rendition(
        self, other: User, asks: Asks, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0), pytest.raises(Http404):
            rendition(asks(other), "../\x00")


class TestADecision:
    def test_is_not_one_s_own(self, waiting: BlogPostPage) -> None:
        assert waiting.owner
        assert "une autre personne" in refusal(waiting, waiting.owner)

    def test_is_for_the_groups_of_the_step(self, waiting: BlogPostPage, other: User) -> None:
        task: Any = waiting.current_workflow_task

        assert isinstance(task, EditorialReviewTask)
        assert not task.is_reviewer(waiting, other)

    def test_gives_no_access_to_the_editor(self, waiting: BlogPostPage, other: User) -> None:
        assert not waiting.current_workflow_task.user_can_access_editor(waiting, other)

    def test_asks_nobody_else(self, waiting: BlogPostPage, other: User) -> None:
        assert not is_reviewing(waiting, other)

    def test_is_not_carried_out_for_who_may_not_take_it(self, waiting: BlogPostPage, other: User) -> None:
        state: Any = waiting.current_workflow_task_state
        decision = Decision.objects.create(
            task_state=state, kind="approve", person=other, revision=waiting.get_latest_revision()
        )

        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, other, "approve", decision=decision)

    def test_is_not_carried_out_without_a_checklist(self, waiting: BlogPostPage) -> None:
        state: Any = waiting.current_workflow_task_state

        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, factories.moderator(), "approve")

    def test_is_not_taken_twice(self, waiting: BlogPostPage) -> None:
        step: Any = waiting.current_workflow_task_state
        decided(waiting, factories.moderator(), "approve")

        with pytest.raises(DecisionRefusedError):
            decide_again(step)


def decide_again(step: TaskState) -> None:
    decide(step, factories.moderator(), Verdict(Decision.Kind.REJECT, None, "Trop tard.", "other"))


class TestARightOfReply:
    @pytest.fixture
    def own(self) -> Page:
        return factories.BlogPostPageFactory(owner=factories.moderator())

    def test_is_recorded_by_who_did_not_write_the_text(self, own: Any) -> None:
        with pytest.raises(PermissionDenied):
            record(RightOfReply(page=own, asked_by="Le Relais", text="Non."), own.owner)

    def test_is_inserted_by_who_did_not_write_the_text(self, own: Any) -> None:
        reply = RightOfReply.objects.create(page=own, asked_by="Le Relais", text="Non.")

        with pytest.raises(PermissionDenied):
            insert(reply, own.owner)

    def test_is_inserted_once(self, own: Any) -> None:
        reply = RightOfReply.objects.create(page=own, asked_by="Le Relais", text="Non.")
        insert(reply, factories.moderator())

        with pytest.raises(TooLateError):
            insert(reply, factories.moderator())

    def test_is_about_a_page_of_the_site(self) -> None:
        assert self.form(Page.get_first_root_node()).errors["page"] == ["Choisissez une page du site."]

    def test_is_about_a_text_and_not_about_a_list(self) -> None:
        library = PracticeIndexPage.objects.get()

        assert "n’est qu’une liste" in str(self.form(library).errors["page"])

    def test_is_not_about_one_s_own_page(self, own: Any) -> None:
        assert "page" in self.form(own, for_user=own.owner).errors

    def test_did_not_come_tomorrow(self, own: Any) -> None:
        tomorrow = timezone.now() + datetime.timedelta(days=1)

        assert "received_at" in self.form(own, received_at=tomorrow).errors

    @staticmethod
    def form(page: Page, for_user: User | None = None, **changes: Any) -> NewReplyForm:
        data = {"page": page.pk, "asked_by": "Le Relais", "text": "Non.", "received_at": timezone.now()}
        return NewReplyForm(data | changes, for_user=for_user or factories.moderator())


class TestAWithheldImage:
    def test_is_not_to_be_chosen(self, withheld: Image, other: User, asks: Asks) -> None:
        assert withheld not in choose_among_showable_images(Image.objects.all(), asks(other))

    def test_is_a_reason_not_to_publish(self, withheld: Image) -> None:
        assert withheld.title in refusal_to_publish(self.page(withheld))

    def test_is_not_published_by_any_way(self, withheld: Image) -> None:
        with pytest.raises(PublicationRefused):
            self.page(withheld).get_latest_revision().publish()

    def test_is_not_published_by_the_button(self, withheld: Image, asks: Asks) -> None:
        assert publish_no_withheld_image(asks(factories.administrator()), self.page(withheld))

    def test_is_not_published_among_several(self, withheld: Image, asks: Asks) -> None:
        request = asks(factories.administrator(), "post")
        action: Any = type("Action", (), {"model": Page, "next_url": "/admin/"})

        assert publish_none_in_bulk(request, "publish", [self.page(withheld).page_ptr], action)

    def test_is_not_copied_as_public(self, withheld: Image, asks: Asks) -> None:
        page = self.page(withheld)
        Page.objects.filter(pk=page.pk).update(live=True)

        assert copy_none_as_public(asks(factories.administrator(), "post", publish_copies="on"), page)

    def test_is_not_submitted(self, withheld: Image, territory: TerritoryPage, sign_in: SignIn) -> None:
        form = post_form(title="Marché", territory=territory, cover=withheld.pk, cover_alt="Un marché")
        client = sign_in(factories.moderator())

        answer = client.post(new("blog", "blogpostpage"), form | {"action-submit": "1"})

        assert "On ne peut pas publier ce texte" in answer.content.decode()

    @staticmethod
    def page(image: Image) -> BlogPostPage:
        return factories.BlogPostPageFactory(cover=image, live=False)


def new(app: str, model: str) -> str:
    return reverse("wagtailadmin_pages:add", args=[app, model, BlogIndexPage.objects.get().pk])


class TestADocument:
    def test_that_no_public_page_offers_is_not_found(self, other: User, asks: Asks) -> None:
        document = factories.DocumentFactory(uploaded_by_user=factories.volunteer())

        with pytest.raises(Http404):
            serve_to_those_who_may_know(document, asks(other))

    def test_of_another_s_draft_is_not_found_at_its_address(self, client: Client) -> None:
        document = factories.DocumentFactory(uploaded_by_user=factories.volunteer())

        assert client.get(document.url).status_code == 404

    def test_of_a_public_page_is_sent(self, client: Client) -> None:
        document = factories.DocumentFactory()
        factories.BlogPostPageFactory(body=[("documents", {"documents": [document]})])

        answer: Any = client.get(document.url)

        assert answer.status_code == 200
        answer.close()


class TestAForm:
    def test_of_a_cohort_takes_no_huge_file(self) -> None:
        huge = SimpleUploadedFile("liste.csv", b"a" * (MAX_BYTES + 1))

        assert "file" in CohortForm({"text": ""}, {"file": huge}).errors

    def test_of_a_cohort_wants_somebody(self) -> None:
        assert "text" in CohortForm({"text": " "}).errors

    def test_of_a_cohort_has_an_end(self) -> None:
        assert "text" in CohortForm({"text": "a@b.c\n" * (MAX_LINES + 1)}).errors

    def test_of_who_leaves_takes_a_new_name(self) -> None:
        author = Author(byline_kind="full_name", first_name="Amina", last_name="Kaddour")

        assert "pseudonym" in LeaveForm(author, {"pseudonym": "Amina Kaddour"}).errors

    def test_of_a_session_ends_after_it_begins(self) -> None:
        with pytest.raises(ValidationError):
            Session(number=1, start=datetime.date(2024, 2, 1), end=datetime.date(2024, 1, 1)).clean()

    def test_of_welcome_wants_the_same_password_twice(self) -> None:
        assert "password2" in self.welcome(STRONG, f"{STRONG}.").errors

    def test_of_welcome_wants_a_strong_password(self) -> None:
        assert "password1" in self.welcome(WEAK, WEAK).errors

    def test_takes_no_month_that_does_not_exist(self) -> None:
        with pytest.raises(ValidationError):
            PartialDateField().to_python("2022-13")

    @staticmethod
    def welcome(first: str, second: str) -> WelcomeForm:
        data = {"byline_kind": "pseudonym", "pseudonym": "Colibri", "password1": first, "password2": second}
        return WelcomeForm(factories.volunteer(), data)


class TestASheet:
    def test_does_not_end_before_it_began(self, territory: TerritoryPage, sign_in: SignIn) -> None:
        assert "La fin vient après le début." in self.answer(sign_in, territory, start="2020", end="2018")

    def test_that_is_over_has_an_end(self, territory: TerritoryPage, sign_in: SignIn) -> None:
        assert "La pratique est terminée" in self.answer(sign_in, territory, state=State.ENDED, end="")

    def test_has_somebody_who_carries_it(self, territory: TerritoryPage, sign_in: SignIn) -> None:
        assert "au moins un acteur qui porte" in self.answer(sign_in, territory, actors=self.funder())

    @staticmethod
    def funder() -> dict[str, Any]:
        kind = ActorType.objects.get(slug="association-locale").pk
        return inline_formset([{"name": "Le Fonds", "role": "financeur", "actor_type": kind, "url": ""}])

    @staticmethod
    def answer(sign_in: SignIn, territory: TerritoryPage, **changes: Any) -> str:
        form = sheet_form(title="Le guichet", territory=territory, **changes)
        answer = create_sheet(sign_in(factories.moderator()), form, **{"action-submit": "1"})
        return str(answer.content.decode())


def test_a_change_that_failed_leaves_no_trace(draft: BlogPostPage, asks: Asks) -> None:
    def half_done(request: HttpRequest) -> HttpResponse:
        Page.objects.filter(pk=draft.pk).update(title="À moitié")
        return HttpResponse(status=500)

    path = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    one_at_a_time(half_done)(asks(factories.moderator(), "post", path))

    assert Page.objects.get(pk=draft.pk).title == draft.title


def test_links_to_other_sites_are_not_in_the_menu(other: User, asks: Asks) -> None:
    items = [MenuItem("Nouveautés", "https://wagtail.org/", name="whats-new-in-wagtail-8")]

    menus.drop_links_elsewhere(asks(other), items)

    assert items == []


def test_a_chooser_shows_no_draft_of_others(draft: BlogPostPage, other: User, asks: Asks) -> None:
    shown = choose_among_visible_pages(Page.objects.all(), asks(other))

    assert draft.pk not in {page.pk for page in shown}


def test_the_api_of_the_admin_knows_no_draft_of_others(draft: BlogPostPage, other: User, asks: Asks) -> None:
    view = DiscreetPagesAPIViewSet()
    view.request = asks(other)

    assert draft.pk not in {page.pk for page in view.get_base_queryset()}


def test_a_name_that_goes_leaves_the_history_too() -> None:
    """A pseudonym stays in texts unless asked otherwise, but not in what the site notes about the person."""
    author = factories.AuthorFactory(pseudonym="Plume rouge")
    log(instance=author, action="wagtail.create")

    leave(
        author,
        Leave(pseudonym="Colibri", replace_old_pseudonym=False, close_account=False),
        factories.moderator(),
    )

    assert not ModelLogEntry.objects.filter(label__contains="Plume rouge").exists()
