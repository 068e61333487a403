"""Closed lists and people are kept by moderators, and a mistake is told in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from practices.models import Public, Theme
from tests import factories
from tests.conftest import SignIn
from tests.editor import NO_ROWS, nested_form_data

pytestmark = pytest.mark.django_db
LISTS = [
    "practices_theme",
    "practices_public",
    "practices_actortype",
    "practices_practicetype",
    "taggit_tag",
    "home_author",
    "home_mission",
    "home_session",
    "home_organisation",
]


@pytest.fixture
def moderator(sign_in: SignIn) -> Client:
    return sign_in(factories.moderator())


def theme_form(**fields: Any) -> dict[str, Any]:
    form = {
        "name": "Mémoire",
        "slug": "memoire",
        "order": 20,
        "pillar": "participation",
        "definition": "",
        "synonyms": "",
    }
    return nested_form_data({**form, "subthemes": NO_ROWS, **fields})


@pytest.mark.parametrize("name", LISTS)
def test_each_list_opens_in_french(moderator: Client, name: str) -> None:
    factories.MissionFactory()
    factories.PracticePageFactory(tags=["port"])
    app_label, model = name.split("_")
    first = apps.get_model(app_label, model).objects.first()

    for address in (
        reverse(f"wagtailsnippets_{name}:list"),
        reverse(f"wagtailsnippets_{name}:list") + "?q=a",
        reverse(f"wagtailsnippets_{name}:add"),
        reverse(f"wagtailsnippets_{name}:edit", args=[first.pk]),
        reverse(f"wagtailsnippets_{name}:usage", args=[first.pk]),
        reverse(f"wagtailsnippets_{name}:delete", args=[first.pk]),
    ):
        assert moderator.get(address).status_code == 200, address


def test_a_theme_is_added(moderator: Client) -> None:
    answer = moderator.post(reverse("wagtailsnippets_practices_theme:add"), theme_form())

    assert answer.status_code == 302
    assert Theme.objects.get(slug="memoire").locale.language_code == "fr"


def test_an_address_that_is_taken_is_refused_with_a_word(moderator: Client) -> None:
    answer = moderator.post(reverse("wagtailsnippets_practices_theme:add"), theme_form(slug="sante"))

    assert answer.status_code == 200
    assert "existe déjà" in answer.content.decode()


def test_an_entry_in_use_is_not_deleted(moderator: Client) -> None:
    factories.PracticePageFactory(themes=["sante"])
    theme = Theme.objects.get(slug="sante")

    answer = moderator.post(reverse("wagtailsnippets_practices_theme:delete", args=[theme.pk]), follow=True)

    assert answer.status_code == 200
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_an_entry_that_nobody_uses_is_deleted(moderator: Client) -> None:
    public = Public.objects.get(slug="etudiants")

    moderator.post(reverse("wagtailsnippets_practices_public:delete", args=[public.pk]))

    assert not Public.objects.filter(pk=public.pk).exists()
