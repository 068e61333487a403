"""A draft is shown to a partner, for a time, and what they say of it comes back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from blog.models import BlogIndexPage
from home.models import DraftLink, DraftRemark, LegalSettings, ModerationSettings, User
from home.moderation.draft_reader import HOURLY
from home.moderation.queue import waiting_for
from practices.models import PracticeIndexPage
from tests import factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def say(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., HttpResponse]:
    """Leave a remark, as somebody who has the link and nothing else."""

    def said(link: DraftLink, text: str = "Le chiffre est faux.", **fields: str) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return Client().post(link.get_absolute_url(), {"text": text, "name": "", "trap": "", **fields})

    return said


def draft(**fields: Any) -> Page:
    return factories.BlogPostPageFactory(
        live=False, **{"title": "Encore un brouillon", "owner": factories.volunteer(), **fields}
    )


def shared(page: Page, **fields: Any) -> DraftLink:
    given = {"recipient": "La mairie", "expires_at": timezone.now() + 7 * DAY, **fields}
    return DraftLink.objects.create(page_id=page.pk, created_by=page.owner, **given)


def over(how: str, page: Page) -> DraftLink:
    """A link that has ended in one of two ways."""
    if how == "expired":
        return shared(page, expires_at=timezone.now() - datetime.timedelta(seconds=1))
    return shared(page, revoked_at=timezone.now())


def share_screen(page: Page) -> str:
    return reverse("share_draft", args=[page.pk])


class TestTheAddress:
    def test_opens_the_newest_version_for_anybody(self) -> None:
        page = factories.BlogPostPageFactory(title="Titre public")
        page.title = "Titre à venir"
        page.save_revision()
        link = shared(page)

        html = Client().get(link.get_absolute_url()).content.decode()

        assert "Titre à venir" in html
        assert "Titre public" not in html

    @pytest.mark.parametrize(
        "factory",
        [
            factories.BlogPostPageFactory,
            factories.PracticePageFactory,
            factories.TerritoryPageFactory,
            factories.StandardPageFactory,
        ],
    )
    def test_opens_every_type_of_page(self, factory: Any) -> None:
        page = factory(live=False, title="Pas encore paru")

        html = Client().get(shared(page).get_absolute_url()).content.decode()

        assert "Pas encore paru" in html
        assert "Brouillon\N{NO-BREAK SPACE}: ne pas diffuser" in html
        assert 'id="remarques"' in html

    @pytest.mark.parametrize("model", [BlogIndexPage, PracticeIndexPage])
    def test_opens_lists_as_well(self, model: Any) -> None:
        response = Client().get(shared(model.objects.get()).get_absolute_url())

        assert response.status_code == 200
        assert "ne pas diffuser" in response.content.decode()

    def test_says_until_when(self) -> None:
        link = shared(draft(), expires_at=datetime.datetime(2999, 5, 4, 16, 30, tzinfo=datetime.UTC))

        html = Client().get(link.get_absolute_url()).content.decode()

        assert "lien valable jusqu’au 4 mai 2999 à 18:30." in html

    def test_is_kept_out_of_caches_search_engines_and_other_sites_logs(self) -> None:
        link = shared(draft())
        html = Client().get(link.get_absolute_url())

        for response in (html, Client().get(over("expired", link.page).get_absolute_url())):
            assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
            assert response["Cache-Control"] == "no-store, private"
            assert response["Referrer-Policy"] == "no-referrer"
            assert '<meta name="robots" content="noindex, nofollow, noarchive">' in response.content.decode()

    def test_stands_in_no_link_and_no_description_of_its_page(self) -> None:
        link = shared(draft())

        html = Client().get(link.get_absolute_url()).content.decode()

        found = re.findall(rf"<(\w+)[^>]*{re.escape(link.token)}[^>]*>", html)
        assert found == ["form"]
        assert "canonical" not in html
        assert "og:url" not in html

    def test_shows_nothing_of_the_admin_and_sets_no_cookie_even_to_an_editor(self, sign_in: SignIn) -> None:
        link = shared(draft())
        client = sign_in(factories.moderator())
        stranger = Client()

        seen = client.get(link.get_absolute_url())

        plain = stranger.get(link.get_absolute_url()).content
        assert seen.content == plain
        assert b"wagtail-userbar" not in plain
        assert b"/admin/" not in plain
        assert stranger.cookies == {}
        assert "Cookie" not in seen.get("Vary", "")

    @pytest.mark.parametrize("token", ["x", "a.b", "%00", "é", "x" * 3000])
    def test_that_was_never_given_leads_nowhere(self, token: str) -> None:
        assert Client().get(f"/apercu/{token}/").status_code in (400, 404)

    def test_is_no_use_without_its_signature(self) -> None:
        link = shared(draft())

        assert Client().get(f"/apercu/{link.key}/").status_code == 404
        assert Client().get(f"/apercu/{link.token[:-1]}/").status_code == 404

    @pytest.mark.parametrize("how", ["expired", "revoked"])
    def test_that_is_over_says_so_and_whom_to_ask(self, how: str) -> None:
        LegalSettings.objects.create(
            site_id=Page.objects.get(depth=2).sites_rooted_here.get().pk, contact_email="bonjour@ocu.example"
        )
        page = draft(owner=factories.volunteer(first_name="Inès"))

        response = Client().get(over(how, page).get_absolute_url())

        html = response.content.decode()
        assert response.status_code == 410
        assert "demandez un nouveau lien à la personne" in html
        assert "bonjour@ocu.example" in html
        assert page.title not in html
        assert "Inès" not in html, "a volunteer may be a minor, and signs as they choose"

    def test_goes_with_its_page(self) -> None:
        link = shared(draft())

        link.page.delete()

        assert Client().get(link.get_absolute_url()).status_code == 404

    def test_accepts_nothing_but_reading_and_remarks(self) -> None:
        assert Client().delete(shared(draft()).get_absolute_url()).status_code == 405

    def test_notes_the_first_reading_and_not_a_machine_s_glance(self) -> None:
        link = shared(draft())

        Client().head(link.get_absolute_url())
        link.refresh_from_db()
        assert link.opened_at is None
        Client().get(link.get_absolute_url())
        link.refresh_from_db()
        first = link.opened_at
        Client().get(link.get_absolute_url())
        link.refresh_from_db()
        assert first is not None
        assert link.opened_at == first


class TestARemark:
    def test_reaches_the_author_and_the_moderators_once(self, say: Callable[..., HttpResponse]) -> None:
        author, submitter = factories.volunteer(), factories.moderator()
        other, administrator = factories.moderator(), factories.administrator()
        factories.volunteer()
        page = draft(owner=author)
        page.get_workflow().start(page, submitter)
        mail.outbox.clear()

        response = say(shared(page), "Le chiffre\nest faux.", name="Anke")

        remark = DraftRemark.objects.get()
        assert (remark.name, remark.text) == ("Anke", "Le chiffre\nest faux.")
        assert response.status_code == 302
        assert sorted(to for message in mail.outbox for to in message.to) == sorted(
            person.email for person in (author, submitter, other, administrator)
        )
        assert "est faux." in mail.outbox[0].body
        assert "Anke" in mail.outbox[0].body
        assert f"http://testserver{share_screen(page)}" in mail.outbox[0].body
        assert "Encore un brouillon" in mail.outbox[0].subject

    def test_is_thanked_for(self, say: Callable[..., HttpResponse]) -> None:
        response = say(shared(draft()))

        html = Client().get(response["Location"].split("#")[0]).content.decode()

        assert "Merci, votre remarque est arrivée" in html

    def test_without_words_is_asked_for_again_with_the_name_kept(
        self, say: Callable[..., HttpResponse]
    ) -> None:
        html = say(shared(draft()), "  ", name="Anke").content.decode()

        assert "Écrivez votre remarque avant de l’envoyer." in html
        assert 'value="Anke"' in html
        assert not DraftRemark.objects.exists()

    def test_that_is_too_long_is_given_back(self, say: Callable[..., HttpResponse]) -> None:
        html = say(shared(draft()), "mot " * 1500).content.decode()

        assert "5000" in html
        assert "mot mot mot" in html

    def test_of_a_robot_is_given_back(self, say: Callable[..., HttpResponse]) -> None:
        html = say(shared(draft()), "Achetez", trap="x").content.decode()

        assert "envoyez-le une seconde fois" in html
        assert "Achetez" in html
        assert not DraftRemark.objects.exists()

    def test_is_one_of_so_many_an_hour_by_each_link(self, say: Callable[..., HttpResponse]) -> None:
        link, another = shared(draft()), shared(draft())
        for _time in range(HOURLY):
            assert say(link).status_code == 302

        response = say(link, "La onzième")

        assert response.status_code == 429
        assert "La onzième" in response.content.decode()
        assert "un peu plus tard" in response.content.decode()
        assert say(another).status_code == 302

    @pytest.mark.parametrize("how", ["expired", "revoked"])
    def test_that_comes_too_late_is_given_back(self, say: Callable[..., HttpResponse], how: str) -> None:
        response = say(over(how, draft()), "J’avais presque fini")

        assert response.status_code == 410
        assert "J’avais presque fini" in response.content.decode()
        assert not DraftRemark.objects.exists()

    def test_is_shown_harmlessly(self, say: Callable[..., HttpResponse], sign_in: SignIn) -> None:
        page = draft()
        say(shared(page), "<script>alert(1)</script>")

        html = sign_in(factories.moderator()).get(share_screen(page)).content.decode()

        assert "&lt;script&gt;alert(1)" in html

    def test_stands_in_the_queue_and_above_the_text_until_it_is_put_away(
        self, say: Callable[..., HttpResponse], sign_in: SignIn
    ) -> None:
        page, moderator = draft(), factories.moderator()
        link = shared(page)
        say(link, "Une")
        say(link, "Deux")
        client, edit = sign_in(page.owner), reverse("wagtailadmin_pages:edit", args=[page.pk])

        (item,) = [item for item in waiting_for(moderator) if item.url == share_screen(page)]
        assert item.title == "Encore un brouillon"
        assert "2 remarques de partenaires attendent" in client.get(edit).content.decode()
        for remark in DraftRemark.objects.all():
            client.post(share_screen(page), {"handled": remark.pk})

        assert not DraftRemark.objects.unhandled().exists()
        assert "attendent sur ce texte" not in client.get(edit).content.decode()
        assert not [item for item in waiting_for(moderator) if item.url == share_screen(page)]
        assert not list(waiting_for(page.owner))


class TestTheShareScreen:
    def test_makes_a_link_for_seven_days(self, sign_in: SignIn) -> None:
        page = draft()
        client = sign_in(page.owner)
        assert 'value="7"' in client.get(share_screen(page)).content.decode()

        html = client.post(share_screen(page), {"recipient": "La mairie", "days": "7"}, follow=True)

        link = DraftLink.objects.get()
        assert link.created_by == page.owner
        assert abs(link.expires_at - timezone.now() - 7 * DAY) < datetime.timedelta(minutes=1)
        assert f'value="http://testserver{link.get_absolute_url()}"' in html.content.decode()
        assert "pas encore ouvert" in html.content.decode()
        assert PageLogEntry.objects.get(page=page.pk, action="home.draft_shared").user == page.owner

    def test_proposes_what_the_settings_say(self, sign_in: SignIn) -> None:
        settings = ModerationSettings.main()
        settings.preview_days = 3
        settings.save()
        page = draft()

        assert 'value="3"' in sign_in(page.owner).get(share_screen(page)).content.decode()

    @pytest.mark.parametrize("days", ["0", "91", "", "x"])
    def test_makes_none_without_an_end_that_is_near(self, sign_in: SignIn, days: str) -> None:
        page = draft()

        sign_in(page.owner).post(share_screen(page), {"recipient": "La mairie", "days": days})

        assert not DraftLink.objects.exists()

    def test_makes_none_for_nobody(self, sign_in: SignIn) -> None:
        page = draft()

        response = sign_in(page.owner).post(share_screen(page), {"recipient": "", "days": "7"})

        assert "Dites à qui vous donnez ce lien." in response.content.decode()

    def test_takes_a_link_back(self, sign_in: SignIn) -> None:
        page = draft()
        link, kept = shared(page), shared(page)

        html = sign_in(page.owner).post(share_screen(page), {"revoke": link.pk}, follow=True)

        assert Client().get(link.get_absolute_url()).status_code == 410
        assert Client().get(kept.get_absolute_url()).status_code == 200
        assert "retiré le" in html.content.decode()
        assert PageLogEntry.objects.filter(page=page.pk, action="home.draft_unshared").count() == 1

    def test_acts_on_the_links_of_its_own_page_only(self, sign_in: SignIn) -> None:
        mine, other = draft(), draft()
        link = shared(other)
        remark = DraftRemark.objects.create(link=link, text="x")
        client = sign_in(mine.owner)

        client.post(share_screen(mine), {"revoke": link.pk})
        client.post(share_screen(mine), {"handled": remark.pk})

        link.refresh_from_db()
        remark.refresh_from_db()
        assert link.is_open
        assert remark.handled_at is None

    def test_is_for_the_author_during_the_review_too(self, sign_in: SignIn) -> None:
        page = draft()
        page.get_workflow().start(page, page.owner)

        response = sign_in(page.owner).post(share_screen(page), {"recipient": "La mairie", "days": "7"})

        assert response.status_code == 302
        assert DraftLink.objects.filter(page=page.pk).exists()

    @pytest.mark.parametrize("make", [factories.moderator, factories.administrator])
    def test_is_for_editors(self, sign_in: SignIn, make: Callable[..., User]) -> None:
        assert sign_in(make()).get(share_screen(draft())).status_code == 200

    @pytest.mark.parametrize("make", [factories.volunteer, factories.referent])
    def test_is_closed_to_everybody_else(self, sign_in: SignIn, make: Callable[..., User]) -> None:
        page = draft()
        page.get_workflow().start(page, page.owner)
        client = sign_in(make(page.territory))

        html = client.get(share_screen(page), follow=True).content.decode()
        client.post(share_screen(page), {"recipient": "Moi", "days": "7"})

        assert "Encore un brouillon" not in html
        assert not DraftLink.objects.exists()

    def test_is_one_button_away_for_those_who_may(self, sign_in: SignIn) -> None:
        page = draft()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

        assert share_screen(page) in sign_in(page.owner).get(edit).content.decode()
        explorer = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        assert share_screen(page) in sign_in(factories.moderator()).get(explorer).content.decode()

    def test_has_no_button_where_everything_is_public(self, sign_in: SignIn) -> None:
        page = factories.BlogPostPageFactory()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

        assert share_screen(page) not in sign_in(factories.moderator()).get(edit).content.decode()

    def test_is_told_to_nobody_by_the_usage_of_the_page(self) -> None:
        assert not ReferenceIndex.model_is_indexable(DraftLink)


class TestRetention:
    def test_forgets_links_and_remarks_ninety_days_after_their_end(self) -> None:
        page = draft()
        old, recent = (shared(page, expires_at=timezone.now() - days * DAY) for days in (91, 89))
        for link in (old, recent):
            DraftRemark.objects.create(link=link, text="x")

        call_command("run_periodic")
        call_command("run_periodic")

        assert [remark.link for remark in DraftRemark.objects.all()] == [recent]
        assert list(DraftLink.objects.all()) == [recent]
