"""A draft asks for nothing but a title; a submission asks for everything, and loses nothing."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.utils.html import strip_tags
from wagtail.test.utils.form_data import inline_formset, rich_text

from blog.models import BlogPostPage
from practices.models import PracticePage, TerritoryPage, Theme
from tests import factories
from tests.conftest import SignIn
from tests.editor import create_post, create_sheet, edit, post_form, sheet_form

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "1"}


class TestADraft:
    def test_needs_a_title_and_nothing_else(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        empty = {name: "" for name in sheet_form(title="", territory=None) if not name.endswith("_FORMS")}
        rows = {f"{name}-{count}": 0 for name in ROWS for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
        form = (
            empty
            | rows
            | {
                "title": "Une permanence",
                "slug": "une-permanence",
                "problem": rich_text(""),
                "limits": rich_text(""),
                "body-count": 0,
            }
        )
        form |= {name: rich_text("") for name in RICH_TEXTS}

        create_sheet(sign_in(factories.volunteer(territory)), form)

        sheet = PracticePage.objects.get(title="Une permanence")
        assert not sheet.live
        assert strip_tags(sheet.limits) == ""

    def test_may_keep_the_rows_that_the_editor_opens(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        """A browser sends one row of each that is asked for, with its place in the order."""
        form = sheet_form(
            title="Une permanence",
            territory=territory,
            theme_links=inline_formset([{"theme": ""}]),
            public_links=inline_formset([{"public": ""}]),
            actors=inline_formset([{"name": "", "role": "porteur", "actor_type": "", "url": ""}]),
            sources=inline_formset([{"title": "", "publisher": "", "date": "", "url": ""}]),
        )

        answer = create_sheet(sign_in(factories.volunteer(territory)), form)
        refused = create_sheet(sign_in(factories.volunteer(territory)), form | {"slug": "autre"}, **SUBMIT)

        assert answer.status_code == 302
        assert PracticePage.objects.get(title="Une permanence").sources.count() == 0
        assert refused.status_code == 200
        assert "Champ requis" in refused.content.decode()

    def test_is_signed_by_its_writer(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)

        create_post(sign_in(writer), post_form(title="Mon billet", territory=territory))

        page = BlogPostPage.objects.get(owner=writer)
        assert [link.author for link in page.author_links.all()] == [writer.author()]

    def test_with_the_same_theme_twice_is_refused_with_a_word(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        theme = {"theme": Theme.objects.get(slug="sante").pk}
        form = sheet_form(
            title="Une permanence", territory=territory, theme_links=inline_formset([theme, theme])
        )

        response = create_sheet(sign_in(factories.volunteer(territory)), form)

        assert "deux fois" in response.content.decode()
        assert not PracticePage.objects.exists()

    def test_open_in_two_windows_gets_a_row_once(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        sheet = factories.PracticePageFactory(
            live=False, owner=writer, territory=territory, themes=["acces-aux-droits"]
        )
        stale = sheet_form(title="Vu d’une autre fenêtre", territory=territory)

        response = edit(sign_in(writer), sheet, stale)

        assert response.status_code == 302
        assert [theme.slug for theme in PracticePage.objects.get().themes] == ["acces-aux-droits"]

    def test_may_not_be_for_another_territory(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        elsewhere = factories.TerritoryPageFactory()

        response = create_post(
            sign_in(factories.volunteer(territory)),
            post_form(title="Ailleurs", territory=elsewhere),
            **SUBMIT,
        )

        assert response.status_code == 200
        assert "territory" in response.context["form"].errors


class TestASubmission:
    def test_without_limits_is_refused_and_nothing_typed_is_lost(
        self, sign_in: SignIn, territory: TerritoryPage
    ) -> None:
        form = sheet_form(
            title="Une permanence", territory=territory, limits=rich_text(""), means="Un local prêté"
        )

        response = create_sheet(sign_in(factories.volunteer(territory)), form, **SUBMIT)

        assert "limits" in response.context["form"].errors
        page = response.content.decode()
        assert "Un local prêté" in page
        assert "à corriger" in page
        assert not PracticePage.objects.exists()

    @pytest.mark.parametrize("rows", ["sources", "theme_links", "public_links", "actors"])
    def test_without_mandatory_rows_is_refused(
        self, sign_in: SignIn, territory: TerritoryPage, rows: str
    ) -> None:
        form = sheet_form(title="Une permanence", territory=territory, **{rows: inline_formset([])})

        response = create_sheet(sign_in(factories.volunteer(territory)), form, **SUBMIT)

        assert response.status_code == 200
        assert not PracticePage.objects.exists()

    def test_that_is_complete_goes_to_review(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        author = factories.AuthorFactory()
        form = sheet_form(title="Une permanence", territory=territory, checked_by=author.pk)

        response = create_sheet(sign_in(factories.volunteer(territory)), form, **SUBMIT)

        assert response.status_code == 302, response.context["form"].errors
        assert PracticePage.objects.get().workflow_in_progress

    def test_locks_the_writer_out(self, sign_in: SignIn, territory: TerritoryPage) -> None:
        writer = factories.volunteer(territory)
        page = factories.BlogPostPageFactory(live=False, owner=writer, territory=territory)
        page.get_workflow().start(page, writer)

        response = edit(sign_in(writer), page, post_form(title="Autre titre", territory=territory))

        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title != "Autre titre"
        assert any("verrouillée" in str(message) for message in get_messages(response.wsgi_request))


ROWS = [
    "theme_links",
    "public_links",
    "actors",
    "sources",
    "results",
    "building_blocks",
    "transfers",
    "document_links",
    "author_links",
    "comments",
]
RICH_TEXTS = ["problem", "limits", "source_conflicts", "differently", "legal_basis", "transfer_conditions"]
