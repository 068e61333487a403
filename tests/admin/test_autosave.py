"""Saving by hand while the editor saves by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogIndexPage, BlogPostPage
from tests import factories

pytestmark = pytest.mark.django_db


def post_data(**fields: Any) -> dict[str, Any]:
    empty = {
        name: inline_formset([]) for name in ("author_links", "theme_links", "related_practices", "comments")
    }
    body = streamfield([("paragraph", rich_text("<p>Sept bonjours.</p>"))])
    plain = {"title": "Au marché", "slug": "au-marche", "introduction": "", "date": "2022-03-12"}
    return nested_form_data({**plain, "body": body, **empty, **fields})


def add_address() -> str:
    return reverse("wagtailadmin_pages:add", args=["blog", "blogpostpage", BlogIndexPage.objects.get().pk])


def test_a_text_saved_twice_at_once_is_one_text(client: Client) -> None:
    client.force_login(factories.volunteer(factories.TerritoryPageFactory()))

    by_itself = client.post(add_address(), post_data(), headers={"accept": "application/json"})
    by_hand = client.post(add_address(), post_data(introduction="Avant le premier café."))

    assert by_itself.status_code == 200
    assert by_hand.status_code == 302
    assert BlogPostPage.objects.get().introduction == "Avant le premier café."


def test_a_text_of_somebody_else_with_the_same_address_stays(client: Client) -> None:
    theirs = factories.BlogPostPageFactory(slug="au-marche", live=False, owner=factories.volunteer())
    client.force_login(factories.volunteer(factories.TerritoryPageFactory()))

    answer = client.post(add_address(), post_data())

    assert answer.status_code == 200
    assert "au-marche" in answer.content.decode()
    assert list(BlogPostPage.objects.values_list("pk", flat=True)) == [theirs.pk]
