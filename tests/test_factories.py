"""The factories make what a person could have made."""

from pathlib import Path

import pytest
from pytest_django import Settings

from home.moderation.roles import ROLES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory",
    [
        factories.PracticePageFactory,
        factories.BlogPostPageFactory,
        factories.TerritoryPageFactory,
        factories.StandardPageFactory,
    ],
)
def test_pages_are_complete_and_published(factory: type[factories.PlacedPageFactory]) -> None:
    page = factory()

    page.full_clean()
    assert page.live
    assert not page.has_unpublished_changes
    assert page.url


def test_a_sheet_carries_the_themes_asked_for() -> None:
    sheet = factories.PracticePageFactory(themes=["sante", "participation"], tags=["santé"])

    assert [theme.slug for theme in sheet.themes] == ["sante", "participation"]
    assert [tag.name for tag in sheet.tags.all()] == ["santé"]


def test_a_draft_stays_one() -> None:
    assert not factories.BlogPostPageFactory(live=False).live


def test_every_role_of_the_table_can_be_made() -> None:
    makers = [factories.volunteer, factories.referent, factories.moderator, factories.administrator]

    assert [maker().groups.get().name for maker in makers] == [role.group for role in ROLES]


def test_a_volunteer_writes_for_the_territory_of_the_mission(territory: factories.TerritoryPage) -> None:
    assert factories.volunteer(territory).territory_ids() == {territory.pk}


def test_files_can_be_made(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path

    assert factories.ImageFactory().width == 640
    assert factories.DocumentFactory().filename.endswith(".pdf")
