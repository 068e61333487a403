"""Four texts of a volunteer that nobody else may know of, every word of them a secret of its own.

Each secret is one made-up word, so that an answer that holds it says what leaked, and of which text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from wagtail.models import Comment, Page

from home.models import Document, Image, User
from practices.models import PracticeDocument, PracticePage, TerritoryPage
from tests import factories
from tests.permissions.stage import DECIDER
from tests.reviewing import decided

# What stands in the title of each secret text, image and document, and is no secret: what one searches for.
COMMON = "nénuphar"
STATES = ("draft", "review", "rejected", "pending")


@dataclass
class SecretText:
    """A text in one *state*; ``words`` are its secrets, by what they are."""

    state: str
    owner: User
    page: PracticePage
    image: Image
    document: Document
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class SecretWorld:
    """Texts of ``owner``, about ``territory``; ``elsewhere`` is another one."""

    owner: User
    territory: TerritoryPage
    elsewhere: TerritoryPage
    texts: dict[str, SecretText] = field(default_factory=dict)

    def secrets(self) -> dict[str, str]:
        """Every secret word, with what it is: « title of draft »."""
        return {
            word: f"{what} of {text.state}"
            for text in self.texts.values()
            for what, word in text.words.items()
        }

    def told_by(self, response: HttpResponse) -> set[str]:
        """What *response* tells of the secrets, spreadsheets and downloads included."""
        said = readable(response).lower()
        return {name for word, name in self.secrets().items() if word in said}


def build_secret_world() -> SecretWorld:
    territory, elsewhere = factories.TerritoryPageFactory(), factories.TerritoryPageFactory()
    factories.referent(territory)  # so that the step « regard du territoire » is not passed over
    factories.administrator(email=DECIDER)
    world = SecretWorld(factories.volunteer(territory), territory, elsewhere)
    for state in STATES:
        world.texts[state] = _secret_text(state, world.owner, territory)
    return world


def readable(response: HttpResponse) -> str:
    """The words of *response*, whatever wraps them; where it redirects to, and what will be said there."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[arg-type]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    said_next = [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]
    return " ".join([content.decode(errors="replace"), str(response.headers), *said_next])


def _word(what: str, state: str) -> str:
    return f"zq{what}{state}zq".lower()


def _secret_text(state: str, owner: User, territory: TerritoryPage) -> SecretText:
    image, document = _files(state, owner)
    page = _page(state, owner, territory) if state == "pending" else _draft(state, owner, territory)
    text = SecretText(state, owner, page, image, document)
    _fill(text)
    _comment(text)
    page.save_revision(user=owner)
    STEPS.get(state, lambda text: None)(text)
    text.page = PracticePage.objects.get(pk=page.pk)
    text.words["image file"] = PurePosixPath(image.file.name).stem.lower()
    return text


def _files(state: str, owner: User) -> tuple[Image, Document]:
    image = factories.ImageFactory(
        title=f"{COMMON} {_word('imagetitle', state)}",
        description=_word("imagealt", state),
        credit=_word("imagecredit", state),
        uploaded_by_user=owner,
    )
    image.tags.add(_word("imagetag", state))
    image.get_rendition("max-165x165")
    document = factories.DocumentFactory(
        title=f"{COMMON} {_word('documenttitle', state)}", uploaded_by_user=owner
    )
    document.tags.add(_word("documenttag", state))
    return image, document


def _draft(state: str, owner: User, territory: TerritoryPage) -> PracticePage:
    """A first version, whose words are secrets too: the history keeps them."""
    return factories.PracticePageFactory(
        title=f"{COMMON} {_word('oldtitle', state)}",
        slug=_word("slug", state),
        territory=territory,
        owner=owner,
        live=False,
        tags=[_word("oldtag", state)],
    )


def _page(state: str, owner: User, territory: TerritoryPage) -> PracticePage:
    """A public page; what is secret is what is being changed in it."""
    return factories.PracticePageFactory(title="Fiche publique", territory=territory, owner=owner)


def _fill(text: SecretText) -> None:
    page, state = text.page, text.state
    words = {
        what: _word(what, state)
        for what in ("title", "chapo", "body", "summary", "tag", "imagecaption", "problem")
    }
    page.title = f"{COMMON} {words['title']}"
    page.introduction, page.search_description = words["chapo"], words["summary"]
    page.problem = f"<p>{words['problem']}</p>"
    page.body = [
        ("paragraph", f"<p>{words['body']}</p>"),
        ("image", {"image": text.image, "alt": _word("imagealt", state), "caption": words["imagecaption"]}),
        ("documents", {"documents": [text.document]}),
    ]
    page.cover = text.image
    page.document_links = [PracticeDocument(document=text.document)]
    page.tags.add(words["tag"])
    files = ("imagetitle", "imagealt", "imagecredit", "imagetag", "documenttitle", "documenttag")
    text.words |= words | {what: _word(what, state) for what in files}
    if state != "pending":
        text.words |= {what: _word(what, state) for what in ("oldtitle", "slug", "oldtag")}


def _comment(text: SecretText) -> None:
    """A remark in the margin, which the author left for themselves."""
    word = _word("comment", text.state)
    Comment.objects.create(page=text.page, user=text.owner, text=word, contentpath="title")
    text.words["comment"] = word


def _submit(text: SecretText) -> None:
    page: Any = Page.objects.get(pk=text.page.pk).specific
    page.get_workflow().start(page, text.owner)


def _send_back(text: SecretText) -> None:
    _submit(text)
    word = _word("reason", text.state)
    decided(text.page, User.objects.get(email=DECIDER), "reject", comment=word)
    text.words["reason"] = word


STEPS: dict[str, Callable[[SecretText], None]] = {"review": _submit, "rejected": _send_back}
