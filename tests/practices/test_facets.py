"""What can be chosen in the library, how it is shown, and what choosing does."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import HomePage
from practices.models import PracticePage, PracticeTheme, SubTheme, Theme
from practices.widgets import GroupedByTheme
from tests.factories import PracticePageFactory, TerritoryPageFactory, theme_called
from tests.seeded.pages import show

pytestmark = pytest.mark.django_db


def html_of(address: str) -> str:
    return Client().get(address).content.decode()


def sheet_on(slug: str, subtheme: str | None = None) -> object:
    finer = SubTheme.objects.get(slug=subtheme) if subtheme else None
    return PracticePageFactory(theme_links=[PracticeTheme(theme=theme_called(slug), subtheme=finer)])


class TestThemes:
    def test_stand_under_their_pillar_with_their_sub_themes_inside(self) -> None:
        sheet_on("sante", "prevention")

        html = html_of("/pratiques/")

        assert re.search(r"<legend>\s*Accès aux droits\s*</legend>", html)
        assert (
            html.index('id="theme-sante"')
            < html.index('id="plus-sante"')
            < html.index('id="theme-prevention"')
        )

    def test_a_sub_theme_narrows_and_a_theme_beside_it_widens(self) -> None:
        finer, broad = sheet_on("sante", "prevention"), sheet_on("sante")

        assert show("/pratiques/?theme=prevention").slugs == [finer.slug]
        assert set(show("/pratiques/?theme=prevention&theme=sante").slugs) == {finer.slug, broad.slug}

    def test_a_sub_theme_that_is_chosen_is_seen(self) -> None:
        sheet_on("sante", "prevention")

        assert re.search(r'id="plus-sante"\s+open', html_of("/pratiques/?theme=prevention"))

    def test_a_sheet_takes_no_sub_theme_of_another_theme(self) -> None:
        link = PracticeTheme(
            theme=theme_called("sante"), subtheme=SubTheme.objects.get(slug="petite-enfance")
        )

        with pytest.raises(ValidationError, match="autre thème"):
            link.clean()

    @pytest.mark.parametrize("slug", ["participation", "prevention"])
    def test_two_never_share_an_address(self, slug: str) -> None:
        subtheme = SubTheme(theme=theme_called("sante"), name="Encore", slug=slug, locale_id=1)

        with pytest.raises(ValidationError, match="déjà cette adresse"):
            subtheme.clean()

    def test_one_that_keeps_its_address_is_no_double(self) -> None:
        SubTheme.objects.get(slug="prevention").clean()


class TestTerritories:
    def test_stand_under_their_country(self) -> None:
        TerritoryPageFactory(title="Palerme", country="IT")
        TerritoryPageFactory(title="Liège", country="BE")

        html = html_of("/pratiques/")

        belgium, italy = (
            re.search(rf"<legend>\s*{name}\s*</legend>", html) for name in ("Belgique", "Italie")
        )
        assert belgium and italy and belgium.start() < italy.start()

    def test_a_private_one_is_not_offered_and_neither_are_private_sheets(self) -> None:
        place = TerritoryPageFactory(title="Le Caché")
        place.view_restrictions.create(restriction_type="login")
        library = HomePage.objects.get().get_children().get(slug="pratiques")
        sheet = PracticePageFactory()
        sheet.view_restrictions.create(restriction_type="password", password="x")

        assert "Le Caché" not in html_of("/pratiques/")
        assert show("/pratiques/").total == 0
        assert library.live


class TestValues:
    def test_one_that_would_leave_nothing_is_shown_and_not_clickable(self) -> None:
        sheet_on("sante")

        html = html_of("/pratiques/")

        assert re.search(r'value="participation"\s+disabled', html)
        assert not re.search(r'value="sante"\s+disabled', html)

    def test_a_chosen_one_can_be_taken_off_even_when_it_leaves_nothing(self) -> None:
        sheet_on("sante")

        html = html_of("/pratiques/?theme=participation")

        assert re.search(r'value="participation"\s+checked', html)
        assert not re.search(r'value="participation"\s+[^>]*disabled', html)

    def test_evidence_and_the_place_of_people_are_asked_too(self) -> None:
        PracticePageFactory(evidence="evalue", people_place="porteuses")
        PracticePageFactory(evidence="documente", people_place="")

        assert show("/pratiques/?appui=evalue").total == show("/pratiques/?place=porteuses").total == 1
        assert show("/pratiques/?appui=evalue&appui=documente").total == 2

    def test_unknown_ones_are_named_a_few_at_most(self) -> None:
        shown = show("/pratiques/?" + "&".join(f"theme=inconnu{number}" for number in range(50)))

        assert "inconnu0" in shown.text
        assert "inconnu20" not in shown.text


class TestAddresses:
    def test_values_in_any_order_are_one_address(self) -> None:
        PracticePageFactory()

        pages = [
            html_of(f"/pratiques/?{query}")
            for query in (
                "theme=sante&theme=participation&etat=en-place",
                "etat=en-place&theme=participation&theme=sante",
            )
        ]

        links = [re.search(r'rel="canonical" href="([^"]+)"', page) for page in pages]
        assert links[0] and links[1] and links[0][1] == links[1][1]

    def test_the_script_is_told_the_address_of_what_it_swaps_in(self) -> None:
        response = Client().get("/pratiques/?etat=en-place&theme=sante&theme=rien")

        assert response["HX-Push-Url"] == "/pratiques/?theme=sante&etat=en-place"

    def test_everything_can_be_taken_off_at_once(self) -> None:
        html = html_of("/pratiques/?theme=sante&fiche=garder")

        assert re.search(r'class="chip chip-all" href="/pratiques/\?fiche=garder">Tout effacer', html)

    def test_sheets_checked_last_come_first_and_unchecked_ones_last(self) -> None:
        never, checked = PracticePageFactory(), PracticePageFactory()
        PracticePage.objects.filter(pk=never.pk).update(checked_on=None)  # an old sheet

        assert show("/pratiques/?tri=verifiees").slugs == [checked.slug, never.slug]


class TestTheEditor:
    def test_chooses_among_sub_themes_by_theme(self) -> None:
        field = PracticeTheme._meta.get_field("subtheme").formfield(widget=GroupedByTheme)

        html = field.widget.render("subtheme", None)

        heading = '<optgroup label="Premier accueil et mise à l’abri">'
        assert html.index(heading) < html.index("Guichet et accueil de jour")
        assert html.count("<optgroup") == Theme.objects.count()
