"""The index follows the pages: what is public is found, what is no longer there is not."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from home.models import Author, Postings, SearchText
from home.search.answers import search_pages
from home.search.postings import read
from home.search.stemming import stem
from practices.models import SubTheme, TerritoryPage, Theme
from tests import factories

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    return search_pages(Page.objects.live().public(), text)


class TestAPage:
    def test_is_found_from_the_moment_it_is_published_with_its_newest_rows(self) -> None:
        sheet = factories.PracticePageFactory(themes=["sante"])

        assert found("psychotraumatisme") == [sheet.pk]

    def test_that_is_a_draft_leaves_no_word_in_the_index(self) -> None:
        factories.StandardPageFactory(title="Valises oubliées", live=False)

        assert not Postings.objects.filter(key=stem("valises")).exists()

    def test_keeps_the_words_of_its_draft_for_itself(self) -> None:
        page = factories.StandardPageFactory(title="Public")
        page.title = "Pastèque"
        page.save_revision()

        assert found("pastèque") == []
        assert found("public") == [page.pk]
        assert not Postings.objects.filter(key=stem("pastèque")).exists()

    def test_is_forgotten_when_it_is_withdrawn_deleted_or_changed(self) -> None:
        gone, deleted, changed = [factories.StandardPageFactory(title=f"Pastèque {n}") for n in "abc"]
        assert len(found("pastèque")) == 3

        gone.unpublish()
        deleted.delete()
        changed.title = "Melon"
        changed.save_revision().publish()

        assert found("pastèque") == []
        assert read([stem("pastèque")]) == {stem("pastèque"): {}}
        assert set(SearchText.objects.values_list("pk", flat=True)) <= set(
            Page.objects.live().values_list("pk", flat=True)
        )

    def test_behind_a_restriction_is_not_found(self) -> None:
        page = factories.StandardPageFactory(title="Pastèque")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

        assert found("pastèque") == []

    def test_has_one_place_in_each_row_of_the_index(self) -> None:
        page = factories.StandardPageFactory(title="Pastèque pastèque", introduction="Une pastèque.")
        page.save()

        assert list(read([stem("pastèque")])[stem("pastèque")]) == [page.pk]

    def test_shares_rows_with_its_neighbours(self) -> None:
        pages = [factories.StandardPageFactory(title="Pastèque") for _ in range(3)]
        pages[1].delete()

        assert set(found("pastèque")) == {pages[0].pk, pages[2].pk}


class TestATerm:
    """What pages are found by and do not hold changes without them being indexed again."""

    def test_leads_to_its_pages_by_words_that_an_editor_adds(self) -> None:
        sheet = factories.PracticePageFactory(themes=["sante"])
        theme = Theme.objects.get(slug="sante")

        theme.synonyms += "\nPastèque\n"
        theme.save()
        assert found("pastèques") == [sheet.pk]

        theme.synonyms = ""
        theme.save()
        assert found("pastèque") == []

    def test_leads_to_its_pages_by_its_parts(self) -> None:
        sheet = factories.PracticePageFactory(themes=["sante"])
        part = SubTheme.objects.create(
            theme=Theme.objects.get(slug="sante"), name="Pastèques", slug="pasteques"
        )
        assert found("pastèque") == [sheet.pk]

        part.delete()
        assert found("pastèque") == []

    def test_that_is_renamed_is_found_by_its_new_name_alone(self) -> None:
        territory = factories.TerritoryPageFactory(title="Pastèqueville")
        sheet = factories.PracticePageFactory(territory=territory)
        assert set(found("pastèqueville")) == {territory.pk, sheet.pk}

        territory = TerritoryPage.objects.get(pk=territory.pk)
        territory.title = "Melonville"
        territory.save_revision().publish()

        assert found("pastèqueville") == []
        assert set(found("melonville")) == {territory.pk, sheet.pk}

    def test_that_is_not_public_leads_nowhere(self) -> None:
        territory = factories.TerritoryPageFactory(title="Pastèqueville")
        factories.PracticePageFactory(territory=territory)
        territory.unpublish()

        assert found("pastèqueville") == []

    def test_is_the_byline_an_author_chose_and_no_older_one(self) -> None:
        author = factories.AuthorFactory(pseudonym="Pastèque", byline_kind=Author.Byline.PSEUDONYM)
        sheet = factories.PracticePageFactory(checked_by=author)
        assert found("pastèque") == [sheet.pk]

        author.pseudonym = "Melon"
        author.save()

        assert found("pastèque") == []
        assert found("melon") == [sheet.pk]

    def test_is_a_tag_by_its_newest_name(self) -> None:
        sheet = factories.PracticePageFactory(tags=["pastèque"])
        assert found("pastèque") == [sheet.pk]

        tag = Tag.objects.get(name="pastèque")
        tag.name = "melon"
        tag.save()
        assert (found("pastèque"), found("melon")) == ([], [sheet.pk])

        tag.delete()
        assert found("melon") == []


def test_the_index_is_built_anew_by_the_command() -> None:
    sheet = factories.PracticePageFactory(title="Pastèque", themes=["sante"])
    before = set(Postings.objects.values_list("key", "block"))
    Postings.objects.all().delete()
    SearchText.objects.all().delete()
    assert found("pastèque") == []

    call_command("update_index", verbosity=0)

    assert found("pastèque psychotraumatisme") == [sheet.pk]
    assert set(Postings.objects.values_list("key", "block")) == before
