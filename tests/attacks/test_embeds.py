"""Nothing is fetched from an address that somebody typed: no provider is asked what it would embed."""

from __future__ import annotations

import socket

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.blocks import RawHTMLBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.embeds.finders import get_finders

from home.blocks import BODY_BLOCKS
from practices.collections import CollectionPage
from tests import factories


def test_nobody_is_asked_for_an_embed() -> None:
    assert get_finders() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["https://www.youtube.com/watch?v=abcdefghijk", "http://169.254.169.254/latest"]
)
def test_the_chooser_of_wagtail_opens_no_connection(
    url: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has an address of its own, which any account may send to."""
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: asked.append(args))
    monkeypatch.setattr(socket, "create_connection", lambda *args, **named: asked.append(args))
    client.force_login(factories.volunteer())
    try:
        address = reverse("wagtailembeds:chooser_upload")
    except NoReverseMatch:
        return

    response = client.post(address, {"embed-chooser-url": url})

    assert asked == []
    assert response.status_code in (200, 302, 403, 404)
    assert "embed_chosen" not in response.content.decode()


def test_no_block_holds_html_of_its_own() -> None:
    streams = [block for _name, block in BODY_BLOCKS]
    streams += (
        CollectionPage._meta.get_field("items").stream_block.child_blocks.values() if _has_items() else []
    )
    seen = []
    while streams:
        block = streams.pop()
        seen.append(block)
        streams += getattr(block, "child_blocks", {}).values()
        streams += [block.child_block] if hasattr(block, "child_block") else []

    assert len(seen) > 20
    assert not [block for block in seen if isinstance(block, RawHTMLBlock | EmbedBlock)]


def _has_items() -> bool:
    return any(field.name == "items" for field in CollectionPage._meta.get_fields())
