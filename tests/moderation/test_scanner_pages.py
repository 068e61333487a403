"""The scanner reads everything that readers could read, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from blog.models import BlogPostPage
from home.moderation.scanner import Kind, findings, scan
from practices.models import PracticeDocument, PracticePage, PracticeSource
from tests import factories

NUMBER = "06 39 98 12 34"


def places(page: Any) -> list[str]:
    """Where *NUMBER* was found in *page*."""
    return [finding.place for finding in findings(page) if finding.kind == Kind.PHONE]


class TestAFinding:
    def test_quotes_the_passage_as_it_was_typed(self) -> None:
        text = "On peut joindre la famille au 06\N{NARROW NO-BREAK SPACE}39\N{NARROW NO-BREAK SPACE}98 12 34 le soir."

        (finding,) = scan(text)

        assert finding.quote == text
        assert finding.match == "06\N{NARROW NO-BREAK SPACE}39\N{NARROW NO-BREAK SPACE}98 12 34"
        assert finding.label == "Numéro de téléphone"

    def test_ends_with_its_sentence(self) -> None:
        matches = [
            finding.match
            for finding in scan("Il loge 12 bis, rue des Lilas. On l’y appelle Nour Haddad, réfugiée.")
        ]

        assert matches == ["12 bis, rue des Lilas", "Nour Haddad"]

    def test_cuts_a_long_text_at_words(self) -> None:
        (finding,) = scan("Bonjour à toutes et à tous. " * 40 + NUMBER + " et puis voilà tout." * 40)

        assert finding.quote.startswith("…") and finding.quote.endswith("…")
        assert len(finding.quote) < 160

    def test_is_the_same_however_its_spaces_are_typed(self) -> None:
        keys = {scan(text)[0].key for text in (NUMBER, "06.39.98.12.34", "0639981234")}

        assert len(keys) == 1


class TestAPage:
    @pytest.mark.parametrize(
        "field", ["title", "introduction", "seo_title", "search_description", "cover_alt", "slug"]
    )
    def test_is_read_in_its_plain_fields(self, field: str) -> None:
        page = BlogPostPage(**{field: NUMBER.replace(" ", "-")})

        assert len(places(page)) == 1

    def test_is_read_in_rich_text_whatever_is_bold_in_a_number(self) -> None:
        sheet = PracticePage(limits="<p>Appeler le 06 39 <b>98</b> 12&nbsp;34.</p>")

        assert places(sheet) == ["Limites et points de vigilance"]

    def test_ends_a_sentence_with_a_paragraph(self) -> None:
        sheet = PracticePage(problem="<p>Le lieu accueille des réfugiés</p><p>Texte de Nadia Ferrand</p>")

        assert findings(sheet) == []

    @pytest.mark.parametrize(
        "target", ["mailto:nadia@exemple.org", "tel:+33639981234", "https://wa.me/33639981234"]
    )
    def test_is_read_in_the_targets_of_links(self, target: str) -> None:
        sheet = PracticePage(limits=f'<p><a href="{target}">écrire</a></p>')

        assert [finding.kind for finding in findings(sheet)] in ([Kind.EMAIL], [Kind.PHONE])

    @pytest.mark.parametrize(
        ("block", "place"),
        [
            (("heading", {"text": NUMBER, "level": "2"}), "Intertitre › Intertitre"),
            (("paragraph", f"<p>{NUMBER}</p>"), "Texte"),
            (("quote", {"text": "Bonjour", "attribution": NUMBER}), "Citation › De qui"),
            (
                ("testimony", {"text": "<p>Ici</p>", "pseudonym": "Samira", "context": NUMBER}),
                "Témoignage › Contexte",
            ),
            (
                ("key_figures", {"figures": [{"value": "3", "label": NUMBER}]}),
                "Chiffres clés › Chiffres › Ce qu’il compte",
            ),
            (("callout", {"kind": "info", "title": NUMBER, "text": "<p>Ici</p>"}), "Encadré › Titre"),
            (("links", {"links": [{"title": "Ici", "url": f"tel:{NUMBER}"}]}), "Liens › Liens › Adresse"),
            (
                ("video", {"title": "Ici", "url": "", "transcript": f"<p>{NUMBER}</p>"}),
                "Vidéo › Ce qui s’y dit",
            ),
        ],
    )
    def test_is_read_in_its_blocks(self, block: tuple[str, Any], place: str) -> None:
        page = BlogPostPage(body=[block])

        assert places(page) == [f"Texte › {place}"]

    @pytest.mark.django_db
    @pytest.mark.parametrize("field", ["title", "description", "caption", "credit"])
    def test_is_read_in_its_images(self, field: str) -> None:
        image = factories.ImageFactory(**{field: NUMBER})

        assert len(places(BlogPostPage(cover=image))) == 1
        assert len(places(BlogPostPage(body=[("image", {"image": image})]))) == 1

    @pytest.mark.django_db
    def test_keeps_quiet_about_who_agreed_to_an_image(self) -> None:
        image = factories.ImageFactory(consent_people=f"Samira, {NUMBER}")

        assert findings(BlogPostPage(cover=image)) == []

    @pytest.mark.django_db
    def test_is_read_in_the_legend_of_an_image_block(self) -> None:
        image = factories.ImageFactory(description="")
        block = {
            "image": image,
            "alt": NUMBER,
            "caption": "Au 12 rue des Lilas",
            "credit": "nadia@exemple.org",
        }

        kinds = {finding.kind for finding in findings(BlogPostPage(body=[("image", block)]))}

        assert kinds == {Kind.PHONE, Kind.POSTAL, Kind.EMAIL}

    @pytest.mark.django_db
    def test_is_read_in_the_titles_of_its_documents(self) -> None:
        document = factories.DocumentFactory(title="Convocation, dossier OFPRA n° 21-05-01234")
        link = f'<p><a linktype="document" id="{document.pk}">Lire</a></p>'

        in_a_block = findings(BlogPostPage(body=[("documents", {"documents": [document]})]))
        in_a_row = findings(PracticePage(document_links=[PracticeDocument(document=document)]))
        in_a_link = findings(PracticePage(limits=link))

        assert [finding.match for finding in in_a_block + in_a_row + in_a_link] == ["21-05-01234"] * 3

    @pytest.mark.django_db
    def test_is_read_in_its_rows_and_tags(self) -> None:
        sheet = factories.PracticePageFactory(
            live=False,
            sources=[PracticeSource(title=f"Entretien, {NUMBER}", publisher="Association", date="2022")],
            tags=["nadia@exemple.org"],
        )

        found = findings(sheet.get_latest_revision_as_object())

        assert {finding.place for finding in found} == {"Source › Titre", "Mots-clés"}

    def test_says_the_same_thing_once_a_place(self) -> None:
        page = BlogPostPage(title=NUMBER, introduction=f"{NUMBER}, je répète, {NUMBER}")

        assert places(page) == ["Titre", "Chapô"]
