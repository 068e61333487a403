"""Remarks in the margin of a text: kept, shown to who edits it, told to its author in our own mail."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from wagtail.models import Comment, CommentReply, Page
from wagtail.test.utils.form_data import inline_formset

from practices.models import PracticePage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.editor import NO_ROWS, create_sheet, edit, existing_sheet_form, nested_form_data, sheet_form

pytestmark = pytest.mark.django_db

REMARK = "Ce prénom est-il un prénom d’emprunt ?\nSinon, à changer."
ANSWER = "Oui, la personne l’a choisi."


def row(
    text: str, comment: Comment | None = None, replies: Any = NO_ROWS, resolved: str = ""
) -> dict[str, Any]:
    """One remark as the editor sends it."""
    return {
        "id": comment.pk if comment else "",
        "text": text,
        "contentpath": "introduction",
        "position": "",
        "resolved": resolved,
        "replies": replies,
    }


def remark(client: Any, sheet: Page, *rows: dict[str, Any]) -> Any:
    """Save the sheet as it is, with these remarks."""
    known = sum(bool(each["id"]) for each in rows)
    comments = nested_form_data({"comments": inline_formset(list(rows), initial=known)})
    own = {"comment_notifications": "on"}
    return edit(client, sheet, existing_sheet_form(sheet) | comments | own)


@pytest.fixture
def sheet(territory: TerritoryPage, sign_in: SignIn) -> PracticePage:
    """A volunteer's draft, begun in the editor: whoever begins a text hears of remarks."""
    client = sign_in(factories.volunteer(territory, email="lea@example.org", first_name="Léa"))
    form = sheet_form(title="Le guichet", territory=territory) | {"comment_notifications": "on"}
    create_sheet(client, form)
    return PracticePage.objects.get(slug="le-guichet")


@pytest.fixture
def remarked(sheet: PracticePage, sign_in: SignIn) -> Comment:
    """The remark of a moderator."""
    remark(sign_in(factories.moderator(email="mod@example.org")), sheet, row(REMARK))
    return Comment.objects.get()


def readable(message: Any) -> tuple[str, str]:
    """The text and the HTML of *message*."""
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.body).replace("\N{NO-BREAK SPACE}", " "), str(message.alternatives[0][0])


class TestARemark:
    def test_is_kept_beside_the_field(self, remarked: Comment) -> None:
        assert (remarked.text, remarked.contentpath) == (REMARK, "introduction")
        assert remarked.user.email == "mod@example.org"

    def test_is_shown_to_the_author(self, remarked: Comment, sheet: PracticePage, sign_in: SignIn) -> None:
        assert sheet.owner
        page = sign_in(sheet.owner).get(f"/admin/pages/{sheet.pk}/edit/").content.decode()

        assert json.dumps(REMARK) in page

    def test_is_told_to_the_author_once_with_its_words_and_a_link(
        self, remarked: Comment, sheet: PracticePage
    ) -> None:
        (message,) = mail.outbox
        text, _html = readable(message)

        assert message.to == ["lea@example.org"]
        assert "Bonjour Léa," in text
        assert "> Ce prénom est-il un prénom d’emprunt ?\n> Sinon, à changer." in text
        assert f"/admin/pages/{sheet.pk}/edit/" in text
        assert "Pourquoi je reçois ce message" in text

    def test_is_told_in_html_too_with_a_button(self, remarked: Comment, sheet: PracticePage) -> None:
        _text, html = readable(mail.outbox[0])

        assert "<blockquote>" in html and "un prénom d’emprunt" in html
        assert 'class="button"' in html and f"/admin/pages/{sheet.pk}/edit/" in html

    def test_keeps_its_signs_as_signs(self, sheet: PracticePage, sign_in: SignIn) -> None:
        remark(sign_in(factories.moderator()), sheet, row("<b>ici</b> & là"))
        text, html = readable(mail.outbox[0])

        assert "<b>ici</b> & là" in text
        assert "&lt;b&gt;ici&lt;/b&gt; &amp; là" in html

    def test_is_never_public(self, territory: TerritoryPage, client: Any) -> None:
        sheet = factories.PracticePageFactory(territory=territory)
        Comment.objects.create(
            page=sheet, user=factories.moderator(), text=REMARK, contentpath="introduction"
        )

        assert "emprunt" not in client.get(sheet.url).content.decode()


def test_an_answer_is_told_to_who_remarked(remarked: Comment, sheet: PracticePage, sign_in: SignIn) -> None:
    mail.outbox.clear()
    assert sheet.owner
    replies = inline_formset([{"id": "", "text": ANSWER}])
    remark(sign_in(sheet.owner), sheet, row(REMARK, remarked, replies))
    (message,) = mail.outbox

    assert CommentReply.objects.get().text == ANSWER
    assert message.to == ["mod@example.org"]
    assert f"> {ANSWER}" in readable(message)[0]


def test_a_remark_that_is_settled_is_told_as_such(
    remarked: Comment, sheet: PracticePage, sign_in: SignIn
) -> None:
    mail.outbox.clear()
    assert sheet.owner
    remark(sign_in(sheet.owner), sheet, row(REMARK, remarked, resolved="on"))

    assert "Commentaires réglés" in readable(mail.outbox[0])[0]


def test_nobody_changes_the_words_of_another(remarked: Comment, sheet: PracticePage, sign_in: SignIn) -> None:
    assert sheet.owner
    remark(sign_in(sheet.owner), sheet, row("Tout va bien.", remarked))
    remarked.refresh_from_db()

    assert remarked.text == REMARK
