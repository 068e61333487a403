"""Who submits a text is shown once what may lead to a person, and may go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from blog.models import BlogPostPage
from home.models import HomePage, StandardPage
from practices.models import PracticePage, TerritoryIndexPage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import (
    PROMOTED,
    create_post,
    create_sheet,
    edit,
    nested_form_data,
    post_form,
    sheet_form,
    territory_form,
)

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "1"}
PUBLISH = {"action-publish": "1"}
NUMBER = "06 39 98 12 34"
TEXT = f"<p>On peut joindre la famille au {NUMBER}, le soir.</p>"
BODY = streamfield([("paragraph", rich_text(TEXT))])
HIDDEN = re.compile(r'<input type="hidden" name="passages_seen" value="([^"]*)">')


def seen(response: HttpResponse) -> dict[str, str]:
    """The hidden field of the form that came back, as a browser sends it again."""
    match = HIDDEN.search(response.content.decode())
    return {"passages_seen": match[1]} if match else {}


def warned(response: HttpResponse) -> str:
    """What the warning says; empty without one."""
    if response.status_code != 200:
        return ""
    return " ".join(response.context["form"].non_field_errors())


class TestASubmissionOfANewText:
    def test_is_answered_with_the_passage_quoted(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        client = sign_in(factories.volunteer(territory))

        response = create_post(client, post_form(title="Au marché", territory=territory, body=BODY), **SUBMIT)

        assert f"On peut joindre la famille au {NUMBER}, le soir." in warned(response)
        assert "Rien n’est bloqué" in warned(response)
        assert f"<mark>{NUMBER}</mark>" in response.content.decode()
        assert not BlogPostPage.objects.exists()

    def test_loses_nothing_that_was_typed(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        client = sign_in(factories.volunteer(territory))
        form = post_form(title="Au marché", territory=territory, body=BODY, tags="café", cover_alt="Un étal")

        page = create_post(client, form, **SUBMIT).content.decode()

        assert "Un étal" in page and "café" in page and "Sept bonjours avant le premier café." in page
        assert "On peut joindre la famille" in page

    def test_goes_through_when_it_is_sent_again(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        client = sign_in(factories.volunteer(territory))
        form = post_form(title="Au marché", territory=territory, body=BODY)

        first = create_post(client, form, **SUBMIT)
        second = create_post(client, form | seen(first), **SUBMIT)

        assert second.status_code == 302, second.context["form"].errors
        assert BlogPostPage.objects.get().workflow_in_progress

    def test_is_warned_again_of_what_is_new(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        client = sign_in(factories.volunteer(territory))
        form = post_form(title="Au marché", territory=territory, body=BODY)
        first = create_post(client, form, **SUBMIT)

        second = create_post(
            client, form | seen(first) | {"introduction": "Écrire à nadia@exemple.org"}, **SUBMIT
        )
        third = create_post(
            client, form | seen(second) | {"introduction": "Écrire à nadia@exemple.org"}, **SUBMIT
        )

        assert "nadia@exemple.org" in warned(second)
        assert NUMBER not in warned(second)  # said already; still quoted above the text
        assert third.status_code == 302

    def test_is_not_warned_once_the_passage_is_generalised(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        client = sign_in(factories.volunteer(territory))
        form = post_form(title="Au marché", territory=territory, body=BODY)
        first = create_post(client, form, **SUBMIT)

        second = create_post(
            client, post_form(title="Au marché", territory=territory) | seen(first), **SUBMIT
        )

        assert second.status_code == 302

    def test_is_warned_beside_other_errors_and_only_once(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        client = sign_in(factories.volunteer(territory))
        form = sheet_form(
            title="Une permanence", territory=territory, body=BODY, checked_by=factories.AuthorFactory().pk
        )

        first = create_sheet(client, form | {"state_source": ""}, **SUBMIT)
        second = create_sheet(client, form | seen(first), **SUBMIT)

        assert NUMBER in warned(first) and "state_source" in first.context["form"].errors
        assert second.status_code == 302, second.context["form"].errors

    def test_without_anything_to_say_goes_through(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        client = sign_in(factories.volunteer(territory))

        response = create_post(client, post_form(title="Au marché", territory=territory), **SUBMIT)

        assert response.status_code == 302


class TestWhatIsRead:
    """On a sheet, which has every sort of field, row and file."""

    @pytest.fixture
    def submit(self, sign_in: SignIn, territory: TerritoryPage) -> Callable[..., HttpResponse]:
        client = sign_in(factories.volunteer(territory))
        checked_by = factories.AuthorFactory().pk

        def submitted(**changes: Any) -> HttpResponse:
            form = sheet_form(title="Une permanence", territory=territory, checked_by=checked_by, **changes)
            return create_sheet(client, form, **SUBMIT)

        return submitted

    @pytest.mark.parametrize("field", ["means", "funders", "search_description", "people_place_note"])
    def test_includes_plain_fields(self, submit: Callable[..., HttpResponse], field: str) -> None:
        assert NUMBER in warned(submit(**{field: f"Voir {NUMBER}"}))

    def test_includes_rich_texts(self, submit: Callable[..., HttpResponse]) -> None:
        assert NUMBER in warned(submit(limits=rich_text(TEXT)))

    def test_includes_rows_as_they_were_sent(self, submit: Callable[..., HttpResponse]) -> None:
        row = {"title": f"Entretien au {NUMBER}", "publisher": "Association", "date": "2022", "url": ""}

        assert f"Source › Titre) : « Entretien au {NUMBER} »" in warned(submit(sources=inline_formset([row])))

    def test_leaves_rows_that_are_taken_away(self, submit: Callable[..., HttpResponse]) -> None:
        kept = {"title": "Rapport", "publisher": "Association", "date": "2022", "url": ""}
        gone = {**kept, "title": NUMBER, "DELETE": "1"}

        assert submit(sources=inline_formset([kept, gone])).status_code == 302

    def test_includes_tags(self, submit: Callable[..., HttpResponse]) -> None:
        assert "nadia@exemple.org" in warned(submit(tags='"nadia@exemple.org"'))

    def test_includes_legends(self, submit: Callable[..., HttpResponse]) -> None:
        image = factories.ImageFactory()
        block = {"image": image.pk, "alt": "", "caption": "Amadou Diallo, réfugié", "credit": ""}

        assert "Amadou Diallo" in warned(submit(body=streamfield([("image", block)])))

    def test_includes_titles_of_documents(self, submit: Callable[..., HttpResponse]) -> None:
        document = factories.DocumentFactory(title="Passeport n° 12AB34567")

        assert "12AB34567" in warned(submit(document_links=inline_formset([{"document": document.pk}])))


class TestASubmissionOfAnExistingText:
    def test_is_warned_once(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        post = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)
        client, form = sign_in(writer), post_form(title=post.title, territory=territory, body=BODY)

        first = edit(client, post, form, **SUBMIT)
        second = edit(client, post, form | seen(first), **SUBMIT)

        assert NUMBER in warned(first)
        assert "On peut joindre la famille" in first.content.decode()
        assert second.status_code == 302
        assert post.workflow_in_progress

    def test_saves_a_draft_without_a_word(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        post = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)

        response = edit(sign_in(writer), post, post_form(title=post.title, territory=territory, body=BODY))

        post.refresh_from_db()
        assert response.status_code == 302
        assert NUMBER in str(post.get_latest_revision_as_object().body)

    def test_saved_by_the_editor_itself_is_not_held_up(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer = factories.volunteer(territory)
        post = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)
        form = post_form(title=post.title, territory=territory, body=BODY) | {"passages_seen": "abc"}

        response = sign_in(writer).post(
            reverse("wagtailadmin_pages:edit", args=[post.pk]), form, headers={"accept": "application/json"}
        )

        assert response.json()["success"]

    def test_says_what_the_saved_draft_holds_when_it_is_opened(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        writer = factories.volunteer(territory)
        post = factories.BlogPostPageFactory(
            live=False, owner=writer, territory=territory, body=[("paragraph", TEXT)]
        )

        response = sign_in(writer).get(reverse("wagtailadmin_pages:edit", args=[post.pk]))

        assert f"<mark>{NUMBER}</mark>" in response.content.decode()
        assert seen(response) == {"passages_seen": ""}  # opening is not reading: the warning still comes

    def test_says_nothing_above_a_harmless_draft(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        post = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)

        response = sign_in(writer).get(reverse("wagtailadmin_pages:edit", args=[post.pk]))

        assert 'id="passages"' not in response.content.decode()


class TestEveryTypeOfPage:
    """Published directly, as an administrator does."""

    def _twice(self, client: Client, address: str, form: dict[str, Any]) -> tuple[HttpResponse, HttpResponse]:
        first = client.post(address, form | PUBLISH)
        return first, client.post(address, form | seen(first) | PUBLISH)

    def test_warns_on_a_plain_page(self, sign_in: SignIn) -> None:
        address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", HomePage.objects.get().pk])
        form = nested_form_data(
            {**PROMOTED, "title": "Contact", "slug": "contact", "introduction": "", "body": BODY}
        )

        first, second = self._twice(sign_in(factories.administrator()), address, form)

        assert NUMBER in warned(first)
        assert second.status_code == 302
        assert StandardPage.objects.get(slug="contact").live

    def test_warns_on_a_territory(self, sign_in: SignIn) -> None:
        parent = TerritoryIndexPage.objects.get()
        address = reverse("wagtailadmin_pages:add", args=["practices", "territorypage", parent.pk])
        form = territory_form(
            title="Liège",
            partners=inline_formset([{"name": "Chez Paul, 12 rue des Lilas", "role": "", "url": ""}]),
        )

        first, second = self._twice(sign_in(factories.administrator()), address, form)

        assert "12 rue des Lilas" in warned(first)
        assert second.status_code == 302, second.context["form"].errors
        assert TerritoryPage.objects.get().live

    def test_warns_on_a_published_sheet(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        sheet = factories.PracticePageFactory(territory=territory, themes=["sante"])
        form = sheet_form(title=sheet.title, territory=territory, body=BODY, checked_by=sheet.checked_by.pk)
        address = reverse("wagtailadmin_pages:edit", args=[sheet.pk])

        first, second = self._twice(sign_in(factories.administrator()), address, form)

        assert NUMBER in warned(first)
        assert second.status_code == 302, second.context["form"].errors
        assert NUMBER in str(PracticePage.objects.get().body)
        assert any("publi" in str(message) for message in get_messages(second.wsgi_request))


def test_findings_are_shown_safely(sign_in: SignIn, territory: TerritoryPage) -> None:
    writer = factories.volunteer(territory)
    page: Page = factories.BlogPostPageFactory(
        live=False, owner=writer, territory=territory, introduction=f"<script>alert(1)</script> {NUMBER}"
    )

    content = sign_in(writer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>" in content
