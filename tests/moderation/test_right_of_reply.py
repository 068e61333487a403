"""A right of reply stands on the page, whatever its author does; three days run, and somebody says so."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from blog.models import BlogPostAuthor, BlogPostPage
from home.models import ContentReport, RightOfReply, StandardPage, User
from home.moderation.queue import waiting_for
from home.moderation.right_of_reply import TooLateError, insert, may_decide, record, refuse
from practices.models import PracticePage, TerritoryPage
from tests import editor, factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

TEXT = "Nous n’avons jamais fermé la salle.\n\nElle ouvre le mardi."
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def asked(page: Page, *, ago: datetime.timedelta = HOUR, **fields: Any) -> RightOfReply:
    """A demand that came in some time ago."""
    named = {"asked_by": "Le Relais du quai", "text": TEXT, **fields}
    return RightOfReply.objects.create(page_id=page.pk, received_at=timezone.now() - ago, **named)


def inserted(page: Page, **fields: Any) -> RightOfReply:
    return asked(page, published_at=timezone.now(), **fields)


def read(page: Page) -> str:
    response = Client().get(page.get_url())
    assert response.status_code == 200
    return str(response.content.decode())


def screen(reply: RightOfReply) -> str:
    return reverse("right_of_reply", args=[reply.pk])


def press(client: Client, reply: RightOfReply, **button: str) -> HttpResponse:
    """Send one of the two forms of the screen as it stands."""
    typed = {
        "asked_by": reply.asked_by,
        "text": reply.text,
        "received_at": timezone.localtime(reply.received_at).strftime("%Y-%m-%d %H:%M"),
    }
    return client.post(screen(reply), {**typed, **button}, follow=True)


class TestOnThePage:
    @pytest.mark.parametrize(
        "factory",
        [
            factories.BlogPostPageFactory,
            factories.PracticePageFactory,
            factories.TerritoryPageFactory,
            factories.StandardPageFactory,
        ],
    )
    def test_stands_under_the_text_of_every_type(self, factory: Any) -> None:
        page = factory()
        inserted(page)

        html = read(page)

        assert "Droit de réponse" in html
        assert "Réponse de Le Relais du quai" in html
        assert "<p>Elle ouvre le mardi.</p>" in html
        assert html.index(page.introduction) < html.index("Droit de réponse") < html.index("</main>")

    def test_comes_before_what_is_no_part_of_the_text(self) -> None:
        territory = factories.TerritoryPageFactory()
        factories.PracticePageFactory(title="Une autre fiche", territory=territory)
        inserted(territory)

        html = read(territory)

        assert html.index("Droit de réponse") < html.index("Une autre fiche")

    def test_shows_nothing_that_waits_or_was_refused_or_taken_off(self) -> None:
        page = factories.BlogPostPageFactory()
        asked(page)
        asked(page, refused_at=timezone.now())
        inserted(page, refused_at=timezone.now())
        inserted(factories.BlogPostPageFactory())

        assert "Droit de réponse" not in read(page)

    def test_is_text_and_nothing_else(self) -> None:
        page = factories.BlogPostPageFactory()
        inserted(page, text="<script>alert(1)</script>", asked_by="<i>X</i>")

        html = read(page)

        assert "<script>alert" not in html
        assert "<i>X</i>" not in html

    def test_survives_edits_old_versions_and_a_time_out_of_public(self) -> None:
        page = factories.BlogPostPageFactory()
        first = page.latest_revision
        inserted(page)

        page.title = "Tout autre chose"
        page.save_revision().publish()
        assert TEXT[:20] in read(page)
        first.publish()
        assert TEXT[:20] in read(page)
        page.unpublish()
        page.get_latest_revision().publish()
        assert TEXT[:20] in read(page)

    def test_costs_readers_one_query(self, django_assert_num_queries: Any) -> None:
        page = factories.BlogPostPageFactory()
        for _time in range(3):
            inserted(page)

        with django_assert_num_queries(1):
            assert len(RightOfReply.objects.standing_on(page)) == 3


class TestItsAuthor:
    """Of the page, whatever their role: may read, and no more."""

    @pytest.mark.parametrize("make", [factories.volunteer, factories.referent, factories.moderator])
    def test_finds_no_field_for_it_in_the_editor(self, make: Callable[..., User]) -> None:
        for model in (BlogPostPage, PracticePage, TerritoryPage, StandardPage):
            form = get_edit_handler(model).get_form_class()
            assert "replies" not in [*form.base_fields, *getattr(form, "formsets", {})]

    def test_keeps_it_by_saving_a_form_that_pretends(self, sign_in: SignIn) -> None:
        author, territory = factories.volunteer(), factories.TerritoryPageFactory()
        page = factories.BlogPostPageFactory(owner=author, territory=territory, live=False)
        reply = inserted(page)

        form = editor.post_form(title=page.title, territory=territory)
        forged = {"replies-TOTAL_FORMS": "1", "replies-0-id": str(reply.pk), "replies-0-DELETE": "on"}
        editor.edit(sign_in(author), page, form | forged)

        assert RightOfReply.objects.standing_on(page).get().text == TEXT

    @pytest.mark.parametrize("make", [factories.volunteer, factories.referent])
    def test_does_not_reach_the_screens_without_the_role(
        self, sign_in: SignIn, make: Callable[..., User]
    ) -> None:
        author = make()
        reply = asked(factories.BlogPostPageFactory(owner=author))
        client = sign_in(author)

        for address in (screen(reply), reverse("rights_of_reply"), reverse("new_right_of_reply")):
            assert TEXT[:20] not in client.get(address, follow=True).content.decode()
        press(client, reply, insert="1")
        press(client, reply, refuse="1", refusal="Je ne veux pas")

        reply.refresh_from_db()
        assert reply.is_waiting

    @pytest.mark.parametrize("make", [factories.moderator, factories.administrator])
    @pytest.mark.parametrize("how", ["owns", "signs", "signs the draft"])
    def test_leaves_it_to_another_editor(self, sign_in: SignIn, make: Callable[..., User], how: str) -> None:
        author = make()
        reply = asked(written_by(author, how))
        client = sign_in(author)

        html = client.get(screen(reply)).content.decode()
        press(client, reply, insert="1")
        press(client, reply, refuse="1", refusal="C’est mon texte")
        press(client, reply, text="Autre chose")

        reply.refresh_from_db()
        assert reply.is_waiting
        assert reply.text == TEXT
        assert "Cette page est la vôtre" in html
        assert 'name="insert"' not in html

    def test_does_not_take_it_off_either(self, sign_in: SignIn) -> None:
        author = factories.moderator()
        reply = inserted(factories.BlogPostPageFactory(owner=author))

        press(sign_in(author), reply, refuse="1", refusal="Trop long")

        reply.refresh_from_db()
        assert reply.is_standing

    def test_does_not_bury_the_demand(self, sign_in: SignIn) -> None:
        author = factories.moderator()
        page = factories.BlogPostPageFactory(owner=author)
        report = ContentReport.objects.create(page=page, kind="reply", message=TEXT)
        address = reverse("content_report", args=[report.pk])

        sign_in(author).post(address, {"outcome": "Rien à voir"})
        html = sign_in(author).get(address).content.decode()

        report.refresh_from_db()
        assert report.handled_at is None
        assert "Cette page est la vôtre" in html

    def test_does_not_write_it_themselves(self, sign_in: SignIn) -> None:
        author = factories.moderator()
        page = factories.BlogPostPageFactory(owner=author)

        response = sign_in(author).post(reverse("new_right_of_reply"), demand(page))

        assert "Cette page est la vôtre" in response.content.decode()
        assert not RightOfReply.objects.exists()

    def test_does_not_delete_the_page_that_bears_it(self, sign_in: SignIn) -> None:
        author = factories.volunteer()
        page = factories.BlogPostPageFactory(owner=author, live=False)
        assert page.permissions_for_user(author).can_delete()
        inserted(page)

        sign_in(author).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

        assert Page.objects.filter(pk=page.pk).exists()
        assert page.permissions_for_user(factories.moderator()).can_delete()


def written_by(author: User, how: str) -> Page:
    """A page that is *author*'s in one of three ways."""
    if how == "owns":
        return factories.BlogPostPageFactory(owner=author)
    byline = factories.AuthorFactory(user=author)
    page = factories.BlogPostPageFactory()
    page.author_links.add(BlogPostAuthor(author=byline))
    revision = page.save_revision()
    if how == "signs":
        revision.publish()
        page.refresh_from_db()
        page.author_links.set([BlogPostAuthor(author=factories.AuthorFactory())])
        page.save_revision()  # a draft that hides who signed does not help
    return page


def demand(page: Page | None, **changes: Any) -> dict[str, Any]:
    received = timezone.localtime(timezone.now() - HOUR).strftime("%Y-%m-%d %H:%M")
    asked_for = {"page": page.pk if page else "", "asked_by": "Le Relais du quai", "text": TEXT}
    return {**asked_for, "received_at": received, **changes}


class TestAnEditor:
    def test_records_a_demand_that_came_by_letter(self, sign_in: SignIn) -> None:
        moderator, page = factories.moderator(), factories.BlogPostPageFactory()

        response = sign_in(moderator).post(reverse("new_right_of_reply"), demand(page), follow=True)

        reply = RightOfReply.objects.get()
        assert reply.page == page.page_ptr
        assert reply.is_waiting
        assert "il reste" in response.content.decode()
        assert PageLogEntry.objects.filter(page=page.pk, action="home.reply_recorded").exists()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"received_at": "2999-01-01 10:00"}, "ne peut pas arriver demain"),
            ({"page": "1"}, "Choisissez une page du site"),
            ({"text": ""}, "requis"),
        ],
    )
    def test_is_told_what_is_wrong(self, sign_in: SignIn, wrong: dict[str, str], words: str) -> None:
        page = factories.BlogPostPageFactory()

        response = sign_in(factories.moderator()).post(
            reverse("new_right_of_reply"), {**demand(page), **wrong}
        )

        assert words in response.content.decode()
        assert not RightOfReply.objects.exists()

    def test_turns_a_report_into_a_reply_whose_days_run_since_it_came(self, sign_in: SignIn) -> None:
        page = factories.BlogPostPageFactory()
        came = timezone.now() - 2 * DAY
        report = ContentReport.objects.create(page=page, kind="reply", message=TEXT, created_at=came)
        client = sign_in(factories.moderator())
        address = f"{reverse('new_right_of_reply')}?signalement={report.pk}"

        assert address in client.get(reverse("content_report", args=[report.pk])).content.decode()
        shown = client.get(address)
        assert "Nous n’avons jamais fermé la salle." in shown.content.decode()
        received = shown.context["form"]["received_at"].value().strftime("%Y-%m-%d %H:%M")
        client.post(address, demand(page, received_at=received))

        reply, report = RightOfReply.objects.get(), ContentReport.objects.get()
        assert reply.report == report
        assert abs(reply.due_at - (came + 3 * DAY)) < datetime.timedelta(minutes=1)
        assert report.handled_at
        assert screen(reply) in client.get(reverse("content_report", args=[report.pk])).content.decode()

    def test_turns_a_report_into_one_reply_only(self) -> None:
        page = factories.BlogPostPageFactory()
        report = ContentReport.objects.create(page=page, kind="reply", message=TEXT)
        first, second = [RightOfReply(page_id=page.pk, asked_by="A", text=TEXT) for _time in range(2)]

        record(first, factories.moderator(), report)
        with pytest.raises(TooLateError):
            record(second, factories.moderator(), report)

        assert RightOfReply.objects.count() == 1

    def test_corrects_what_was_typed_while_it_waits(self, sign_in: SignIn) -> None:
        reply = asked(factories.BlogPostPageFactory())

        press(sign_in(factories.moderator()), reply, text="La salle n’a jamais fermé.")

        reply.refresh_from_db()
        assert reply.text == "La salle n’a jamais fermé."
        assert reply.is_waiting

    @pytest.mark.parametrize("make", [factories.moderator, factories.administrator])
    def test_inserts_it(self, sign_in: SignIn, make: Callable[..., User]) -> None:
        person, page = make(), factories.BlogPostPageFactory()
        reply = asked(page)

        press(sign_in(person), reply, insert="1")

        reply.refresh_from_db()
        assert reply.published_by == person
        assert TEXT[:20] in read(page)
        assert PageLogEntry.objects.get(page=page.pk, action="home.reply_inserted").user == person
        history = sign_in(factories.moderator()).get(reverse("wagtailadmin_pages:history", args=[page.pk]))
        assert "Un droit de réponse a été inséré" in history.content.decode()

    def test_refuses_it_with_a_reason_that_is_kept(self, sign_in: SignIn) -> None:
        reply = asked(factories.BlogPostPageFactory())
        client = sign_in(factories.moderator())

        without = press(client, reply, refuse="1", refusal="  ")
        too_long = press(client, reply, refuse="1", refusal="non " * 600)
        press(client, reply, refuse="1", refusal="La page ne nomme personne.")

        assert "Dites pourquoi" in without.content.decode()
        assert "non non non" in too_long.content.decode()
        reply.refresh_from_db()
        assert reply.refusal == "La page ne nomme personne."
        assert "La page ne nomme personne." in client.get(screen(reply)).content.decode()

    def test_takes_it_off_with_a_reason(self, sign_in: SignIn) -> None:
        page = factories.BlogPostPageFactory()
        reply = inserted(page)

        press(sign_in(factories.moderator()), reply, refuse="1", refusal="Le Relais le demande.")

        assert "Droit de réponse" not in read(page)
        assert PageLogEntry.objects.filter(page=page.pk, action="home.reply_withdrawn").exists()

    def test_does_not_change_what_is_decided(self, sign_in: SignIn) -> None:
        reply = inserted(factories.BlogPostPageFactory())

        answer = press(sign_in(factories.moderator()), reply, text="Autre chose")

        reply.refresh_from_db()
        assert reply.text == TEXT
        assert "déjà décidée" in answer.content.decode()

    def test_is_told_when_somebody_was_faster(self) -> None:
        first, second = factories.moderator(), factories.moderator()
        reply = asked(factories.BlogPostPageFactory())

        refuse(reply, first, "Non")
        with pytest.raises(TooLateError):
            insert(reply, second)
        with pytest.raises(TooLateError):
            refuse(reply, second, "Non plus")

    def test_finds_it_in_the_list_and_in_the_queue_until_it_is_decided(self, sign_in: SignIn) -> None:
        moderator = factories.moderator()
        page = factories.BlogPostPageFactory()
        late, early = asked(page, ago=4 * DAY), asked(page)
        inserted(page)
        asked(page, refused_at=timezone.now())
        inserted(page, refused_at=timezone.now())

        html = sign_in(moderator).get(reverse("rights_of_reply")).content.decode()
        items = [item for item in waiting_for(moderator) if "droits-de-reponse" in item.url]

        assert "en retard de" in html
        assert "refusée le" in html
        assert "retirée le" in html
        assert [(item.url, item.due) for item in items] == [
            (screen(late), late.due_at),
            (screen(early), early.due_at),
        ]
        assert not [item for item in waiting_for(factories.volunteer()) if "reponse" in item.url]

    def test_may_decide_where_others_wrote(self) -> None:
        page = factories.BlogPostPageFactory(owner=factories.volunteer())

        assert may_decide(page, factories.moderator())
        assert may_decide(factories.StandardPageFactory(), factories.administrator())
        assert not may_decide(page, factories.referent())

    def test_tells_nobody_by_the_usage_of_the_page(self) -> None:
        page = factories.BlogPostPageFactory()
        reply = inserted(page)
        ReferenceIndex.create_or_update_for_object(page)

        assert not ReferenceIndex.model_is_indexable(type(reply))
        assert not ReferenceIndex.model_is_indexable(ContentReport)


class TestTheThreeDays:
    @pytest.fixture
    def director(self) -> User:
        return factories.administrator()

    def told(self) -> list[str]:
        """The subjects of the mails of one run."""
        before = len(mail.outbox)
        call_command("run_periodic")
        return [message.subject for message in mail.outbox[before:] if "réponse" in message.subject]

    def test_are_recalled_once_on_the_last_day_and_once_when_they_are_over(self, director: User) -> None:
        reply = asked(factories.BlogPostPageFactory(title="Au marché"), ago=DAY)
        assert self.told() == []

        move(reply, 2 * DAY + HOUR)
        assert self.told() == ["Il reste moins d’un jour pour un droit de réponse"]
        assert mail.outbox[-1].to == [director.email]
        assert f"http://testserver{screen(reply)}" in mail.outbox[-1].body
        assert "Au marché" in mail.outbox[-1].body
        assert self.told() == []

        move(reply, 4 * DAY)
        assert [subject[:9] for subject in self.told()] == ["En retard"]
        assert self.told() == []

    def test_that_went_by_while_nobody_ran_anything_are_told_as_over(self, director: User) -> None:
        asked(factories.BlogPostPageFactory(), ago=10 * DAY)

        assert [subject[:9] for subject in self.told()] == ["En retard"]
        assert self.told() == []

    def test_run_for_a_report_that_nobody_has_recorded(self, director: User) -> None:
        came = timezone.now() - 4 * DAY
        report = ContentReport.objects.create(kind="reply", message=TEXT, created_at=came)
        ContentReport.objects.create(kind="mistake", message="Ailleurs", created_at=came)

        assert len(self.told()) == 1
        assert reverse("content_report", args=[report.pk]) in mail.outbox[-1].body
        assert self.told() == []

    def test_end_with_the_decision(self, director: User) -> None:
        page = factories.BlogPostPageFactory()
        inserted(page, ago=4 * DAY)
        asked(page, ago=4 * DAY, refused_at=timezone.now())

        assert self.told() == []

    def test_are_recalled_to_the_moderators_where_nobody_directs(self) -> None:
        moderator = factories.moderator()
        asked(factories.BlogPostPageFactory(), ago=4 * DAY)

        assert len(self.told()) == 1
        assert {*mail.outbox[-1].to} == {moderator.email}

    def test_are_recalled_by_the_next_run_when_no_mail_could_leave(
        self, director: User, settings: Any
    ) -> None:
        asked(factories.BlogPostPageFactory(), ago=4 * DAY)
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "tests.moderation.test_mails.ServerThatIsDown"
        assert self.told() == []

        settings.EMAIL_BACKEND = backend
        assert len(self.told()) == 1
        assert self.told() == []


def move(reply: RightOfReply, ago: datetime.timedelta) -> None:
    """As if it had come in earlier."""
    RightOfReply.objects.filter(pk=reply.pk).update(received_at=timezone.now() - ago)
