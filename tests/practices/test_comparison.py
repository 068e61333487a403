"""Two to four sheets side by side, held by the address alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from practices.comparison import compare
from practices.models import PracticePage
from tests.factories import PracticePageFactory

pytestmark = pytest.mark.django_db


def html_of(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def address(*sheets: PracticePage) -> str:
    return "/pratiques/comparer/?" + "&".join(f"fiche={sheet.slug}" for sheet in sheets)


class TestTheComparison:
    def test_puts_the_sheets_side_by_side_in_the_order_of_the_address(self) -> None:
        first, second = PracticePageFactory(), PracticePageFactory()

        html = html_of(address(second, first))

        assert re.findall(r'data-slug="([^"]+)"', html) == [second.slug, first.slug]
        assert "noindex" in html

    def test_marks_what_differs_and_what_does_not(self) -> None:
        first = PracticePageFactory(state="en-place", staff="Deux personnes")
        second = PracticePageFactory(state="suspendue", territory=first.territory)

        rows = {str(row.label): row for part in compare([first, second]) for row in part.rows}

        assert rows["État"].differs and rows["Personnel salarié"].differs
        assert not rows["Territoire"].differs
        assert "Qui finance" not in rows  # nobody says it

    def test_can_be_narrowed_to_the_differences(self) -> None:
        first = PracticePageFactory(state="en-place")
        second = PracticePageFactory(state="suspendue", territory=first.territory)

        html = html_of(f"{address(first, second)}&differences=1")

        assert "Suspendue" in html
        assert not re.search(r"<th[^>]*>\s*Territoire\s", html)

    def test_tells_the_limits_of_each(self) -> None:
        first = PracticePageFactory(limits="<p>Une seule juriste.</p>")
        second = PracticePageFactory(limits="<p>Un budget voté chaque année.</p>")

        html = html_of(address(first, second))

        assert "Une seule juriste." in html and "Un budget voté chaque année." in html

    def test_of_more_than_four_leaves_the_rest_and_says_so(self) -> None:
        sheets = PracticePageFactory.create_batch(5)

        html = html_of(address(*sheets))

        assert len(re.findall(r"data-slug=", html)) == 4
        assert "restées de côté" in html and sheets[4].title in html

    @pytest.mark.parametrize(
        "query", ["", "fiche=", "fiche=rien", "fiche=%3Cb%3E&differences=9", "fiche=a&" * 300]
    )
    def test_of_too_few_says_how_to_choose(self, query: str) -> None:
        html = html_of(f"/pratiques/comparer/?{query}")

        assert "Choisissez de 2 à 4 fiches" in html
        assert "<b>&" not in html

    def test_never_shows_a_draft_nor_a_private_sheet(self) -> None:
        draft, private = PracticePageFactory(live=False), PracticePageFactory()
        private.view_restrictions.create(restriction_type="login")

        html = html_of(address(draft, private, PracticePageFactory()))

        assert draft.title not in html and private.title not in html
        assert draft.slug in html  # named as unknown, which is all that the address said


class TestChoosing:
    def test_a_card_puts_its_sheet_aside_in_the_address_with_the_filters(self) -> None:
        sheet = PracticePageFactory()

        html = html_of("/pratiques/?etat=en-place")

        assert f'href="/pratiques/?etat=en-place&amp;fiche={sheet.slug}"' in html

    def test_what_is_put_aside_stays_when_the_filters_change(self) -> None:
        first, second = PracticePageFactory(), PracticePageFactory()

        html = html_of(f"/pratiques/?fiche={first.slug}&fiche={second.slug}")

        assert html.count(f'<input type="hidden" name="fiche" value="{first.slug}">') == 2  # filters and tray
        assert "Comparer ces 2 fiches" in html
        assert f'href="/pratiques/?fiche={second.slug}"' in html  # takes the first back

    def test_only_one_asks_for_another(self) -> None:
        sheet = PracticePageFactory()

        assert "Choisissez-en une autre" in html_of(f"/pratiques/?fiche={sheet.slug}")

    def test_an_unknown_one_shows_nothing(self) -> None:
        assert "À comparer" not in html_of("/pratiques/?fiche=rien")
