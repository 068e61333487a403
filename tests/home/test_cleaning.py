"""Rich text as it is shown, whatever was stored."""

from __future__ import annotations

import time

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from home.blocks.cleaning import TAGS, cleaned

pytestmark = pytest.mark.django_db

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="https://a.invalid/" onclick="alert(1)">x</a>',
    '<a href="https://a.invalid/" target="_blank" style="position:fixed">x</a>',
    '<p style="background:url(https://a.invalid/)">x</p>',
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    '<iframe src="https://a.invalid/"></iframe>',
    "<object data=x></object><embed src=x>",
    '<form action="https://a.invalid/"><input name=a><button>x</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://a.invalid/"><base href="https://a.invalid/">',
    '<link rel="stylesheet" href="https://a.invalid/">',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<embed embedtype="media" url="https://a.invalid/"/>',
    '<embed embedtype="image" id="x" alt="x" format="x"/><embed embedtype="media" url="javascript:x"/>',
    '<a linktype="document" id="9999999999999999999999">x</a><a linktype="page">x</a>',
    '<a linktype="external">x</a><a linktype="page" id="x">x</a><a linktype="rien" id="1">x</a>',
    '<p id="contenu" class="lead" name="x" is="x-y">x</p>',
]
FORBIDDEN = (
    "<script",
    "<img",
    "<svg",
    "<iframe",
    "<style",
    "<form",
    "<meta",
    "<base",
    "<link",
    "<object",
    "<embed",
)
HARMLESS = "<p>Un <b>mot</b> et <i>un autre</i></p><ul><li>un</li></ul><ol><li>deux</li></ol>"


def shown(html: str) -> str:
    """By the filter that our templates use, and as the value of a block."""
    by_filter = Template("{% load wagtailcore_tags %}{{ html|richtext }}").render(Context({"html": html}))
    by_block = Template("{{ text }}").render(Context({"text": RichText(html)}))
    assert by_filter == by_block == str(RichText(html))
    return by_filter.strip()  # of the template's own last line


class TestARichText:
    @pytest.mark.parametrize("attack", ATTACKS)
    def test_is_harmless_when_it_is_shown(self, attack: str) -> None:
        html = shown(f"<p>avant</p>{attack}<p>après</p>").lower()

        assert not [tag for tag in FORBIDDEN if tag in html]
        for forbidden in ("script:", "data:", " on", "style=", "target=", "class=", "id=", "src="):
            assert forbidden not in html.replace("&lt;img src=x onerror", "")
        assert "avant" in html

    def test_keeps_what_the_editor_offers(self) -> None:
        assert shown(HARMLESS) == HARMLESS

    def test_says_that_a_link_leads_elsewhere(self) -> None:
        assert shown('<p><a href="https://a.invalid/?a=1&amp;b=2">x</a></p>') == (
            '<p><a href="https://a.invalid/?a=1&amp;b=2" rel="external noopener">x</a></p>'
        )

    def test_takes_nobody_s_word_for_what_a_link_is(self) -> None:
        assert "opener" not in shown(
            '<p><a linktype="email" href="mailto:a@b.invalid" rel="opener">x</a></p>'
        )

    def test_keeps_addresses_to_write_and_to_call(self) -> None:
        for address in ("mailto:a@exemple.invalid", "tel:+3212345678", "#ancre"):
            assert f'href="{address}"' in shown(f'<p><a href="{address}">x</a></p>')

    @given(st.text(st.sampled_from("<>/\"'=& abpsvgonload:ijt"), max_size=60))
    def test_has_only_tags_that_a_text_may_have(self, html: str) -> None:
        import re  # noqa: PLC0415

        assert set(re.findall(r"<\s*([a-z]+)", cleaned(html).lower())) <= TAGS

    def test_costs_next_to_nothing(self) -> None:
        """A long sheet has some thirty rich texts: under a millisecond for all of them."""
        texts = [f"{HARMLESS * 10} {number}" for number in range(30)]
        began = time.perf_counter()
        for text in texts:
            cleaned(text)

        assert time.perf_counter() - began < 0.1
