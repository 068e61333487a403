"""A line break in what somebody types makes no header of a mail: in any form, in any field, in any of our mails."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

import blog
import home
import practices
from home.delivery import mails
from home.delivery.mails import compose
from home.delivery.sending import deliver
from home.models import ContentReport
from tests import factories

INJECTED = [
    "a@exemple.invalid\nBcc: piege@exemple.invalid",
    "a@exemple.invalid\r\nBcc: piege@exemple.invalid",
    "a@exemple.invalid%0ABcc:piege@exemple.invalid\n",
    "a@exemple.invalid,piege@exemple.invalid",
    "a@exemple.invalid;piege@exemple.invalid",
    '"a\r\nBcc: piege@exemple.invalid"@exemple.invalid',
    "<piege@exemple.invalid> a@exemple.invalid",
    "a@exemple.invalid\u2028Bcc: piege@exemple.invalid",
    "a@exemple.invalid\x00",
]
ROOT = Path(__file__).parents[2]
MAILS = sorted(
    f"{path.parent.relative_to(templates)}/{path.name.removesuffix('_subject.txt')}"
    for templates in (ROOT / "home/templates", ROOT / "practices/templates", ROOT / "blog/templates")
    for path in templates.rglob("mails/*_subject.txt")
)


def forms_of_ours() -> Iterator[type[forms.BaseForm]]:
    """Every form of our packages, found by reading them all."""
    for package in (home, practices, blog):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                importlib.import_module(found.name)
    waiting: list[type] = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(("home", "practices", "blog")):
            yield form


def email_fields() -> dict[str, forms.EmailField]:
    return {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.EmailField)
    }


class TestAnAddress:
    def test_is_asked_for_by_these_forms(self) -> None:
        asking = {name.rpartition(".")[0].rpartition(".")[2] for name in email_fields()}

        assert {"AlertForm", "ContactForm", "ReportForm"} <= asking

    @pytest.mark.parametrize("address", INJECTED)
    def test_of_any_form_is_one_address_on_one_line(self, address: str) -> None:
        for name, field in email_fields().items():
            try:
                taken = field.clean(address)
            except ValidationError:
                continue
            raise AssertionError(f"{name} takes {taken!r}")


class Injected(str):
    """A word, an object and a list that says the same, on several lines, whatever it is asked."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "resolve_expression":
            raise AttributeError(name)
        return Injected(self)


class News:
    count, sentence = 1, "Un titre\r\nBcc: piege@exemple.invalid"


LINES = Injected(
    "Un titre\r\nBcc: piege@exemple.invalid\n\nX-Corps: oui\u2028Cc: autre@exemple.invalid\x0bTo: a"
)


@pytest.mark.django_db
class TestAMail:
    @pytest.mark.parametrize("name", MAILS)
    def test_has_the_headers_that_we_gave_it(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its subject alone is made of what others wrote; its body is no header."""
        render = mails.render_to_string
        monkeypatch.setattr(
            mails,
            "render_to_string",
            lambda path, context: render(path, context) if "_subject" in path else "",
        )
        words = dict.fromkeys(
            (
                *(
                    "page",
                    "first",
                    "title",
                    "kind",
                    "filters",
                    "author",
                    "subject",
                    "comment",
                    "remark",
                    "sheet",
                ),
                *("name", "invitation", "mission", "person", "proposal", "alert", "label", "link"),
            ),
            LINES,
        )
        message = compose(name, "a@exemple.invalid", {**words, "count": 1, "news": News(), "filters": News()})

        assert message.to == ["a@exemple.invalid"] and not message.cc and not message.bcc
        assert len(message.subject.splitlines()) <= 1
        sent = message.message()
        assert not {"Bcc", "Cc", "X-Corps"} & set(sent.keys())
        assert len(sent.get_all("To")) == len(sent.get_all("Subject")) == 1

    def test_that_would_have_another_header_is_not_sent(self) -> None:
        """Django's own last word, should an address ever come this far."""
        message = compose("moderation/mails/approved", INJECTED[0], {"page": LINES})

        with pytest.raises(ValueError):
            deliver(message)
        assert mail.outbox == []

    def test_about_a_report_is_one_of_ours(self, django_capture_on_commit_callbacks: Any) -> None:
        factories.moderator()
        with django_capture_on_commit_callbacks(execute=True):
            for kind in ("recognisable", "reply", "mistake"):
                data = {"kind": kind, "message": LINES, "contact": "a@exemple.invalid", "address": LINES}
                Client().post("/signaler/", data | {"opened": "x"})

        assert all("piege" not in str(message.message().items()) for message in mail.outbox)
        assert not ContentReport.objects.filter(contact__contains="\n").exists()
