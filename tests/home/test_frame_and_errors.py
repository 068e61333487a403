"""The frame of every page, the legal pages, and what one sees when something is wrong."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Site

from home.models import LegalSettings
from home.pages.views import server_error
from tests.factories import BlogPostPageFactory, StandardPageFactory


def html_of(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    return str(response.content.decode())


@pytest.mark.django_db
class TestTheFrame:
    def test_lets_a_keyboard_pass_over_the_menu(self) -> None:
        html = html_of("/")

        assert 'class="skip" href="#contenu"' in html
        assert '<main id="contenu"' in html

    def test_leads_to_every_section_and_says_which_is_open(self) -> None:
        html = html_of("/pratiques/")

        for address in ("/territoires/", "/pratiques/", "/blog/"):
            assert f'<a href="{address}"' in html
        assert re.search(r'<a href="/pratiques/"\s+aria-current="page">', html)

    def test_has_what_the_law_asks_for_on_every_page(self) -> None:
        for address in ("/", "/recherche/", "/accessibilite/"):
            html = html_of(address)
            assert 'href="/mentions-legales/"' in html
            assert 'href="/accessibilite/"' in html
            assert 'href="/donnees-personnelles/"' in html

    def test_tells_on_the_home_page_how_accessible_the_site_is(self) -> None:
        """Décret n° 2019-768, article 5: the home page says so; every page leads to the statement."""
        assert "Accessibilité : non conforme" in html_of("/")

    def test_needs_nothing_inline(self) -> None:
        for address in ("/", "/pratiques/", "/blog/", "/territoires/"):
            html = html_of(address)
            assert not re.search(r"<style|\sstyle=|\son\w+=", html)
            scripts = [tag for tag in re.findall(r"<script[^>]*>", html) if "ld+json" not in tag]
            assert all('src="/static/' in tag for tag in scripts), scripts

    def test_tells_machines_the_address_and_the_summary(self) -> None:
        page = StandardPageFactory(title="Le projet", introduction="Ce que nous faisons & pourquoi.")

        html = html_of(page.get_url())

        assert "<title>Le projet · Vues d’Europe et d’Ailleurs</title>" in html
        assert f'<link rel="canonical" href="http://testserver{page.get_url()}">' in html
        assert '<meta name="description" content="Ce que nous faisons &amp; pourquoi.">' in html
        assert '<meta property="og:title" content="Le projet">' in html


@pytest.mark.django_db
class TestSearchResults:
    def test_are_not_for_search_engines(self) -> None:
        assert "noindex" in html_of("/recherche/?q=accueil")

    def test_repeat_the_words_harmlessly(self) -> None:
        assert "<script>alert" not in html_of("/recherche/?q=<script>alert(1)</script>")

    def test_say_what_kind_of_page_was_found(self) -> None:
        BlogPostPageFactory(title="Les bouteilles du fleuve")

        html = html_of("/recherche/?q=bouteille")

        assert "1 page pour" in html
        assert "Billet" in html


@pytest.mark.django_db
class TestLegalPages:
    def test_are_honest_about_what_is_missing(self) -> None:
        assert html_of("/mentions-legales/").count("pas encore renseigné") == 8
        assert "pas encore renseignée" in html_of("/donnees-personnelles/")
        assert "pas encore établie" in html_of("/accessibilite/")

    def test_are_built_from_the_settings(self) -> None:
        legal = LegalSettings.for_site(Site.objects.get(is_default_site=True))
        legal.publisher_name, legal.contact_email = "Association Exemple", "contact@exemple.invalid"
        legal.accessibility_status, legal.accessibility_notes = "partielle", "<p>La carte.</p>"
        legal.privacy_notes = "<p>Un complément.</p>"
        legal.save()

        assert "Association Exemple" in html_of("/mentions-legales/")
        assert "mailto:contact@exemple.invalid" in html_of("/donnees-personnelles/")
        assert "Un complément." in html_of("/donnees-personnelles/")
        assert "partiellement conforme" in html_of("/accessibilite/")
        assert "La carte." in html_of("/accessibilite/")


class TestErrors:
    @pytest.mark.django_db
    def test_a_missing_page_offers_the_search_and_the_sections(self) -> None:
        html = html_of("/nulle-part/", status=404)

        assert "Ce chemin ne mène nulle part" in html
        assert 'id="recherche-page"' in html
        assert html.count('href="/territoires/"') == 2

    def test_a_broken_site_answers_without_its_database(self) -> None:
        response = server_error(RequestFactory().get("/"))

        assert response.status_code == 500
        assert "cassé de notre côté" in response.content.decode()

    def test_an_unreadable_address_answers_without_its_database(self) -> None:
        html = html_of("/pratiques/?q=%ff", status=400)

        assert "Nous n’avons pas compris cette adresse" in html
        assert 'href="/pratiques/"' in html
