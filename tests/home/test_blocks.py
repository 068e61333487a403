"""The blocks of a text: in the picker's preview, and on a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.blocks import Block

from home.blocks import BODY_BLOCKS
from home.models import StandardPage
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    PracticePageFactory,
    StandardPageFactory,
    administrator,
)

pytestmark = pytest.mark.django_db


def shown(*body: tuple[str, Any]) -> str:
    """The page that holds these blocks, as a reader gets it."""
    page = StandardPageFactory(body=list(body))
    response = Client().get(page.get_url())
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(("name", "block"), BODY_BLOCKS, ids=[name for name, _block in BODY_BLOCKS])
def test_every_block_has_a_preview_dressed_as_our_pages_are(name: str, block: Block) -> None:
    client = Client()
    client.force_login(administrator())
    stream = StandardPage._meta.get_field("body").stream_block
    assert stream.child_blocks[name].is_previewable

    response = client.get("/admin/block-preview/", {"id": stream.child_blocks[name].definition_prefix})

    assert response.status_code == 200
    html = response.content.decode()
    assert "css/site" in html
    assert len(html.split("<main", 1)[1]) > 150, "an empty preview teaches nothing"


def test_headings_go_down_one_level_where_the_page_has_a_heading_of_its_own() -> None:
    body = [
        ("heading", {"text": "Une partie", "level": "2"}),
        ("heading", {"text": "Un détail", "level": "3"}),
    ]

    plain = shown(*body)
    sheet = Client().get(PracticePageFactory(body=body).get_url()).content.decode()

    assert "<h2>Une partie</h2>" in plain
    assert "<h3>Un détail</h3>" in plain
    assert "<h3>Une partie</h3>" in sheet
    assert "<h4>Un détail</h4>" in sheet


def test_a_quote_gives_its_source() -> None:
    html = shown(
        (
            "quote",
            {
                "text": "Nous posons des questions.",
                "attribution": "Une campagne",
                "source_url": "https://exemple.invalid/",
            },
        )
    )

    assert "«&nbsp;Nous posons des questions.&nbsp;»" in html
    assert 'cite="https://exemple.invalid/"' in html


@pytest.mark.parametrize(
    ("kind", "label"), [("info", "À savoir"), ("attention", "Attention"), ("idee", "Une idée à reprendre")]
)
def test_a_callout_says_in_words_what_its_colour_says(kind: str, label: str) -> None:
    assert label in shown(("callout", {"kind": kind, "title": "", "text": "<p>Sans rendez-vous.</p>"}))


def test_key_figures_write_their_date_in_french() -> None:
    figures = [{"value": "54", "label": "communes", "date": "2018-05", "source": "RTL"}]

    html = shown(("key_figures", {"figures": figures}))

    assert "mai 2018" in html
    assert "RTL" in html


def test_an_image_comes_in_a_modern_format_with_its_size_text_and_credit() -> None:
    image = ImageFactory(title="IMG_1234", description="Une salle claire", credit="Lune de Meuse")

    html = shown(("image", {"image": image, "alt": "Trois chaises", "caption": "Le mardi", "credit": ""}))

    assert "image/webp" in html
    assert 'alt="Trois chaises"' in html
    assert 'loading="lazy"' in html
    assert 'width="' in html
    assert "Le mardi" in html
    assert "Lune de Meuse" in html
    assert "IMG_1234" not in html


def test_a_document_says_its_format_and_weight() -> None:
    html = shown(("documents", {"documents": [DocumentFactory(title="Guide de la permanence")]}))

    assert "Guide de la permanence" in html
    assert "(PDF" in html


def test_related_sheets_show_only_what_is_public() -> None:
    public, draft = (
        PracticePageFactory(title="Une permanence"),
        PracticePageFactory(title="Un brouillon", live=False),
    )

    html = shown(("related_practices", {"practices": [public, draft]}))

    assert f'href="{public.get_url()}"' in html
    assert "Un brouillon" not in html


class TestVideo:
    def test_loads_nothing_before_the_reader_asks(self) -> None:
        html = shown(
            (
                "video",
                {
                    "title": "Une journée",
                    "url": "https://www.youtube.com/watch?v=abcdefghijk",
                    "transcript": "<p>Une salle.</p>",
                },
            )
        )

        assert "<iframe" not in html and "js/video" not in html
        assert 'href="/video/' in html
        assert "Voir la vidéo de youtube.com" in html

    def test_of_another_host_is_a_link_to_there(self) -> None:
        html = shown(
            ("video", {"title": "Une journée", "url": "https://peertube.invalid/w/1", "transcript": ""})
        )

        assert 'href="https://peertube.invalid/w/1"' in html


def test_a_testimony_hides_who_speaks() -> None:
    block = {
        "text": "<p>On m’a demandé ce que je savais faire.</p>",
        "pseudonym": "Samira",
        "context": "une ville du nord",
        "pseudonymised": True,
        "understood": True,
        "generalised": True,
    }

    html = shown(("testimony", block))

    assert "Samira" in html
    assert "Le nom a été changé" in html
