"""Every word that any role or visitor can store is an attack here; nowhere does it become more than words."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from home.dates.fields import PartialDateField
from home.delivery.mail_layout import parts
from home.delivery.mails import compose, framed
from home.models import ContentReport, RightOfReply
from home.moderation.shared_drafts import DraftLink, DraftRemark
from home.pages.legal import LegalSettings
from practices.alerts.alert import Alert
from practices.models import PracticePage
from practices.pdf import documents
from tests import factories
from tests.admin.addresses import Objects, View, admin_views
from tests.admin.secret_world import build_secret_world
from tests.attacks.poison import (
    LONG,
    SHORT,
    a_row_of_everything,
    breaks_out,
    poison_everything,
    stored_fields,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("stored-words")]

VIEWS = {str(view): view for view in admin_views()}
BLOCKS: list[Any] = [
    ("heading", {"text": "Un intertitre", "level": "2"}),
    ("paragraph", "<p>Un texte</p>"),
    ("quote", {"text": "Une citation", "attribution": "Qui", "source_url": "https://a.invalid/"}),
    ("callout", {"kind": "info", "title": "Titre", "text": "<p>Un encadré</p>"}),
    ("links", {"links": [{"title": "Un lien", "url": "https://a.invalid/", "description": "Où"}]}),
    ("key_figures", {"figures": [{"value": "3", "label": "l", "date": "2020", "source": "s"}]}),
    ("video", {"title": "Une vidéo", "url": "https://a.invalid/v", "transcript": "<p>On dit</p>"}),
    (
        "testimony",
        {
            "text": "<p>Ici</p>",
            "pseudonym": "Samira",
            "context": "une ville",
            "pseudonymised": True,
            "understood": True,
            "generalised": True,
        },
    ),
]


class Poisoned:
    """A site with one of everything, in every state, each word of it an attack."""

    def __init__(self) -> None:
        world = build_secret_world()
        self.editor, self.author = factories.administrator(), world.owner
        self.sheet = factories.PracticePageFactory(
            territory=world.territory, body=BLOCKS, tags=["un mot"], budget_band="", differently="<p>Non</p>"
        )
        image = factories.ImageFactory()
        body = [*BLOCKS, ("image", {"image": image, "alt": "a", "caption": "c", "credit": "d"})]
        body.append(("documents", {"documents": [factories.DocumentFactory()]}))
        self.post = factories.BlogPostPageFactory(territory=world.territory, body=body, tags=["un mot"])
        self.collection = factories.CollectionPageFactory()
        self.plain = factories.StandardPageFactory(body=body)
        ContentReport.objects.create(page=self.post, kind="mistake", message="Faux", contact="a@b.invalid")
        RightOfReply.objects.create(
            page=self.post, asked_by="Le Relais", text="Non", published_at=timezone.now()
        )
        link = DraftLink.objects.create(
            page=world.texts["draft"].page,
            created_by=world.owner,
            recipient="Une ville",
            expires_at=timezone.now() + datetime.timedelta(days=9),
        )
        self.draft = link.get_absolute_url()
        DraftRemark.objects.create(link=link, name="Une partenaire", text="À revoir")
        Alert.objects.create(email="a@b.invalid", query="pays=BE", asked_at=self.post.first_published_at)
        LegalSettings.objects.get_or_create(site=Site.objects.get())
        own = factories.BlogPostPageFactory(owner=self.editor, live=False)
        own.get_workflow().start(own, self.editor)
        self.objects = [Objects(world.texts["review"].page, self.editor), Objects(own, self.editor)]
        territory: Any = self.sheet.territory
        a_row_of_everything([self.sheet, territory, self.post, self.collection, self.editor])
        self.reached = poison_everything()
        self.client = Client()
        self.client.force_login(self.editor)


@pytest.fixture(scope="module")
def poisoned(django_db_setup: None, django_db_blocker: Any) -> Iterator[Poisoned]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Poisoned()
        transaction.set_rollback(True)


def text_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[arg-type]
    return content.decode(errors="replace")


class TestTheWalk:
    def test_reaches_every_field_with_words(self, poisoned: Poisoned) -> None:
        """A model that the world above has none of has to be added to it."""
        fields = {f"{model.__name__}.{field.name}": field for model, field in stored_fields()}
        missed = {name for name, field in fields.items() if not isinstance(field, PartialDateField)}

        assert missed - poisoned.reached == set()
        assert len(poisoned.reached) > 120

    def test_would_notice(self) -> None:
        assert breaks_out(f"<p>{LONG}</p>") and breaks_out(f'<a title="{SHORT}">x</a>')
        assert breaks_out(f'<script type="application/ld+json">{{"a": "{LONG}"}}</script>')
        assert breaks_out('<a href=" javascript:xss">x</a>')
        assert not breaks_out("<p>&lt;xss onxss=1&gt;</p>")


class TestAPage:
    def test_shows_attacks_as_words(self, poisoned: Poisoned) -> None:
        for page in Page.objects.live().public().filter(depth__gt=1).specific():
            response: Any = Client().get(page.get_url())
            assert response.status_code == 200, page.get_url()
            assert not breaks_out(text_of(response)), page.get_url()

    def test_of_another_kind_shows_them_so_too(self, poisoned: Poisoned) -> None:
        paths = [
            *(
                "/recherche/?q=xss",
                "/recherche/?q=texte",
                f"/recherche/?q={SHORT}",
                "/signaler/?page=/%3Cxss%3E",
            ),
            *(
                "/mentions-legales/",
                "/accessibilite/",
                "/donnees-personnelles/",
                "/blog/flux/",
                "/pratiques/flux/",
            ),
            f"/pratiques/comparer/?fiche={poisoned.sheet.slug}",
            *(
                f"{base}?q={SHORT}&theme={SHORT}&tri={SHORT}"
                for base in ("/pratiques/", "/blog/", "/territoires/")
            ),
            f"/pratiques/prevenez-moi/?mot={SHORT}",
            "/pratiques/proposer/",
            f"{poisoned.sheet.get_url()}corriger/",
            "/sitemap.xml",
            poisoned.draft,
        ]
        for path in paths:
            response: Any = Client().get(path)
            assert response.status_code in (200, 404), path
            assert not breaks_out(text_of(response)), path

    def test_of_an_author_shows_them_so_too(self, poisoned: Poisoned) -> None:
        from home.models import Author  # noqa: PLC0415

        for author in Author.objects.all():
            response: Any = Client().get(f"/volontaires/{author.slug}/")
            assert not breaks_out(text_of(response))

    def test_tells_machines_what_they_can_read(self, poisoned: Poisoned) -> None:
        """Structured data, feeds and suggestions stay what they are."""
        from bs4 import BeautifulSoup  # noqa: PLC0415

        for page in (poisoned.sheet, poisoned.post):
            soup = BeautifulSoup(Client().get(page.get_url()).content, "html.parser")
            assert "xss" in str(json.loads(soup.find("script", type="application/ld+json").string))
        for feed in ("/blog/flux/", "/pratiques/flux/"):
            assert ElementTree.fromstring(Client().get(feed).content).tag.endswith("feed")
        assert Client().get("/recherche/suggestions/?q=xss").json()


class TestAFile:
    def test_holds_attacks_as_words(self, poisoned: Poisoned) -> None:
        data = json.loads(text_of(Client().get("/pratiques/export.json")))
        assert "<xss" in str(data["items"])
        assert "application/json" in Client().get("/pratiques/export.json")["Content-Type"]

    def test_is_no_formula_wherever_it_comes_from(self, poisoned: Poisoned) -> None:
        PracticePage.objects.update(title="=cmd|'/c calc'!A1", introduction="@SUM(1)", state_source="+1")
        table = text_of(Client().get("/pratiques/export.csv")).removeprefix("\ufeff")

        cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
        assert "'=cmd|'/c calc'!A1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_to_print_is_made_of_words(self, poisoned: Poisoned, monkeypatch: pytest.MonkeyPatch) -> None:
        sources: list[str] = []

        def note(html: str, base: str) -> bytes:
            sources.append(html)
            return b"%PDF"

        monkeypatch.setattr(documents, "set_type", note)
        territory: Any = poisoned.sheet.territory
        for path in (
            f"{poisoned.sheet.get_url()}fiche.pdf",
            f"{territory.get_url()}dossier.pdf",
            "/pratiques/selection.pdf",
            f"{poisoned.collection.get_url()}restitution.pdf",
        ):
            Client().get(path)

        assert len(sources) >= 3
        assert not [found for html in sources if (found := breaks_out(html))]


class TestAMail:
    def test_shows_attacks_as_words(self) -> None:
        text = f"Bonjour {LONG}\n\n> {LONG}\n\n– {LONG}\n– {SHORT}\n\n{SHORT} :\nhttps://a.invalid/{SHORT}"
        html = framed(text, {"subject": SHORT, "why": LONG, "site_name": SHORT})

        assert len(parts(text)) == 4
        assert not breaks_out(html)
        assert "<xss" not in html

    def test_that_was_sent_shows_them_so_too(self, poisoned: Poisoned) -> None:
        page: Any = poisoned.post
        page.refresh_from_db()
        message = compose(
            "moderation/mails/approved", poisoned.author, {"page": page, "comment": LONG, "url": SHORT}
        )
        html = str(message.alternatives[0][0])

        assert "&lt;xss" in html and not breaks_out(html)
        assert "\n" not in message.subject
        assert mail.outbox == []


class TestTheAdmin:
    def test_is_shown_the_attacks(self, poisoned: Poisoned) -> None:
        """The walk below is not blind: these screens are full of them."""
        names = (
            "wagtailadmin_home",
            "content_reports",
            "rights_of_reply",
            "wagtailimages:index",
            "wagtaildocs:index",
        )
        for name in names:
            assert "xss" in text_of(poisoned.client.get(reverse(name))), name

    @pytest.mark.parametrize("name", VIEWS)
    def test_shows_attacks_as_words(self, name: str, poisoned: Poisoned) -> None:
        for objects in poisoned.objects:
            view: View = VIEWS[name]
            with transaction.atomic():
                response: Any = poisoned.client.get(objects.address(view))
                assert response.status_code < 500
                if "html" in response.get("Content-Type", ""):
                    assert not breaks_out(text_of(response))
                transaction.set_rollback(True)
