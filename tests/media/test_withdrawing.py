"""An image that must vanish is found by its number or by where it was seen, and is gone at once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from home.audit.entries import AuditEntry
from home.models import Image, Rendition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> Image:
    made: Image = factories.ImageFactory(title="Un visage")
    factories.StandardPageFactory(title="Une page", social_image=made)
    return made


@pytest.mark.parametrize("how", ["number", "address", "whole address"])
def test_an_image_vanishes_at_once(
    image: Image, how: str, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    rendition: Rendition = image.get_rendition("width-320")
    name = {
        "number": str(image.pk),
        "address": rendition.url,
        "whole address": f"https://exemple.org{rendition.url}?x=1",
    }
    before = client.get(rendition.url).status_code
    out = StringIO()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        call_command("withdraw_image", name[how], stdout=out)

    image.refresh_from_db()
    assert before == 200
    assert not image.is_showable
    assert client.get(rendition.url).status_code == 404
    assert not default_storage.exists(rendition.file.name)
    assert "à revoir : " in out.getvalue()
    assert ModelLogEntry.objects.filter(action="home.consent_withdrawn").exists()
    assert AuditEntry.objects.filter(action="consent_withdrawn", thing=f"home.Image#{image.pk}").exists()


@pytest.mark.parametrize(
    "name", ["999999", "/media/images/inconnue.jpg", "https://exemple.org/", "", "/media/"]
)
def test_no_other_image_goes_for_a_name_that_is_none(image: Image, name: str) -> None:
    with pytest.raises(CommandError, match="Aucune image"):
        call_command("withdraw_image", name)

    image.refresh_from_db()
    assert image.is_showable


def test_withdrawing_twice_harms_nothing(image: Image) -> None:
    for _time in range(2):
        call_command("withdraw_image", str(image.pk), stdout=StringIO())

    image.refresh_from_db()
    assert not image.is_showable
