"""Who gets what from each view of the admin: the classes written down, and what the views answer.

An answer is one word: the status, but ``login`` and ``refused`` for the redirections that mean so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import User
from tests import factories
from tests.admin.addresses import Objects, View, names_a_subject
from tests.permissions.stage import person_of
from tests.permissions.table import COLUMNS

FILE = Path(__file__).with_name("classification.toml")
ROLES = ["anonyme", *COLUMNS]
# Whose text, image and document the address names: another volunteer's under review, one's own, a public one.
SUBJECTS = ("others", "own", "public")

Answers = dict[str, list[str]]  # by subject, in the order of ROLES


def classes() -> dict[str, dict[str, Any]]:
    """The classes of the file: what they say, what each role gets, which views they hold."""
    with FILE.open("rb") as file:
        found: dict[str, dict[str, Any]] = tomllib.load(file)
    return found


def expected() -> dict[str, Answers]:
    """By view, what its class says that each role gets."""
    return {
        view: {subject: written[subject].split() for subject in SUBJECTS if subject in written}
        for written in classes().values()
        for view in written["views"]
    }


@dataclass
class Walker:
    """Somebody with one role, signed in, and what their addresses may name."""

    client: Client
    objects: dict[str, Objects]

    def answer(self, view: View, subject: str) -> str:
        """What *view* answers about *subject*; whatever it does is undone."""
        client = Client()
        client.cookies = SimpleCookie(self.client.cookies)  # a copy: one of the views signs out
        with transaction.atomic():
            response = client.get(self.objects[subject].address(view))
            transaction.set_rollback(True)
        if response.status_code == 302 and response["Location"].startswith(reverse("wagtailadmin_login")):
            return "login"
        if response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home"):
            return "refused"
        return str(response.status_code)

    def answers(self, view: View) -> dict[str, str]:
        subjects = SUBJECTS if names_a_subject(view) else SUBJECTS[:1]
        return {subject: self.answer(view, subject) for subject in subjects}


def build_walkers() -> dict[str, Walker]:
    """One walker a role, all of the same territory where they have one; the others' texts are of another one."""
    elsewhere, territory = factories.TerritoryPageFactory(), factories.TerritoryPageFactory()
    other = factories.volunteer(elsewhere)
    waiting = factories.BlogPostPageFactory(owner=other, live=False, territory=elsewhere)
    waiting.get_workflow().start(waiting, other)
    used = _files(other)
    body = [("documents", {"documents": [used[1]]})]
    public = factories.BlogPostPageFactory(owner=other, territory=elsewhere, cover=used[0], body=body)
    walkers = {}
    for role in ROLES:
        person = factories.volunteer(territory) if role == "anonyme" else person_of(role, territory)
        own = factories.BlogPostPageFactory(owner=person, live=False, territory=territory)
        objects = {
            "others": Objects(Page.objects.get(pk=waiting.pk), person, _files(other)),
            "own": Objects(Page.objects.get(pk=own.pk), person, _files(person)),
            "public": Objects(Page.objects.get(pk=public.pk), person, used),
        }
        walkers[role] = Walker(Client(), objects)
        if role != "anonyme":
            walkers[role].client.force_login(person)
    return walkers


def _files(owner: User) -> Any:
    return (
        factories.ImageFactory(uploaded_by_user=owner),
        factories.DocumentFactory(uploaded_by_user=owner),
    )


def class_that_fits(observed: Answers) -> str:
    """The name of the class whose roles get just that; empty when there is none."""
    for name, written in classes().items():
        if {subject: written[subject].split() for subject in SUBJECTS if subject in written} == observed:
            return name
    return ""


def advice(views: Iterable[View], walkers: dict[str, Walker]) -> str:
    """What to write for views that nobody has classified: where they fit, or what a class for them would say."""
    lines = [f"Unclassified. In {FILE.name}, say who may open each of these views:"]
    for view in views:
        by_role = [walkers[role].answers(view) for role in ROLES]
        observed = {subject: [answers[subject] for answers in by_role] for subject in by_role[0]}
        lines.append(f'\n"{view}",')
        if name := class_that_fits(observed):
            lines.append(f"    answers like the views of [{name}]. Is that right? Then add it there.")
        else:
            lines.append("    answers like no other. Is that right? Then write a class for it:")
            lines += [f'    {subject} = "{" ".join(answers)}"' for subject, answers in observed.items()]
    return "\n".join(lines)
