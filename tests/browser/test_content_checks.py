"""The panel « Vérifications » of the editor tells a volunteer, in French, what is wrong with their draft."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.admin.content_checks import CHECKS, MESSAGES
from practices.content_checks import limits_are_a_sentence, limits_are_said
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.once

CHECKED = 20_000  # milliseconds: a preview, and the rules on it, on a busy machine
LINK = '<a href="https://exemple.invalid/">{}</a>'
FAULTY_BODY = [
    ("heading", {"text": "Une sous-partie sans partie", "level": "3"}),
    ("paragraph", rich_text(f"<p>Pour la suite, {LINK.format('cliquez ici')}.</p>")),
    ("paragraph", rich_text(f"<p>Voir {LINK.format('https://exemple.invalid/rapport')}.</p>")),
    ("paragraph", rich_text(f"<p>{'Il y avait du monde et il faisait froid, ' * 8}voilà.</p>")),
    (
        "paragraph",
        rich_text(
            "<p><b>Un intertitre</b></p><p>Le texte vient dessous, et il est bien plus long que cet intertitre.</p>"
        ),
    ),
    ("paragraph", rich_text("<p>On parle de travailleurs illégaux à la télévision.</p>")),
    ("quote", {"text": "Les clandestins, disait le journal.", "attribution": "", "source_url": ""}),
]
SOUND_BODY = [
    ("heading", {"text": "Une partie", "level": "2"}),
    ("paragraph", rich_text(f"<p>On lit tout dans {LINK.format('le rapport annuel 2022')}.</p>")),
    ("callout", {"kind": "info", "title": "Bon à savoir", "text": rich_text("<p>Sans rendez-vous.</p>")}),
    ("paragraph", rich_text("<p>Le tribunal a jugé ce refus illégal. L’OFPRA et la CNDA ont suivi.</p>")),
]
FIRST = "the first of the list"
ROWS = {
    "theme_links-0-theme": FIRST,
    "public_links-0-public": FIRST,
    "actors-0-name": "Association d’accueil",
    "actors-0-actor_type": FIRST,
    "sources-0-title": "Rapport annuel",
    "sources-0-publisher": "Association d’accueil",
    "sources-0-date": "2022",
}
LONG = "Une première phrase. Une deuxième. Une troisième. Une quatrième. Et une de trop."
SAVE = """async ({ fields, first }) => {
  const form = document.querySelector("form[data-edit-form]");
  const data = new FormData(form);
  const chosen = (name, value) => (value === first ? form.elements[name].options[1].value : value);
  for (const [name, value] of Object.entries(fields)) data.set(name, chosen(name, value));
  const answer = await fetch(form.action || location.href, { method: "POST", body: data });
  return answer.url;
}"""


def test_each_fault_of_a_draft_is_told_and_what_is_sound_is_left_alone(signed_in: SignIn) -> None:
    volunteer = signed_in("volontaire")

    draft(volunteer, "Écrire un billet", "UNE JOURNÉE AU MARCHÉ", introduction=LONG, body=FAULTY_BODY)
    expected = {
        "heading-order",
        "p-as-heading",
        "vague-link",
        "bare-address",
        "introduction-too-long",
        "long-sentence",
        "capitals",
        "wording",
    }
    expect_told(volunteer, [message(rule) for rule in sorted(expected)])

    draft(volunteer, "Décrire une pratique", "Une permanence", body=SOUND_BODY, limits=rich_text(""), **ROWS)
    expect_told(volunteer, [message("limits-missing")])

    few = rich_text("<p>Peu de lits.</p>")
    draft(volunteer, "Décrire une pratique", "Une autre permanence", limits=few, **ROWS)
    expect_told(volunteer, [message("limits-too-short")])


def draft(page: Page, button: str, title: str, *, body: list[Any] | None = None, **fields: str) -> None:
    """Save a draft as the editor's own form does, and open it in the editor."""
    page.goto("/admin/")
    page.get_by_role("link", name=button).first.click()
    page.wait_for_selector("form[data-edit-form]")
    rows = {"body": streamfield(body)} if body else {}
    sent = nested_form_data({"title": title, "slug": slugify(title), **fields, **rows})
    texts = {name: str(value) for name, value in sent.items()}
    page.goto(page.evaluate(SAVE, {"fields": texts, "first": FIRST}))
    expect(page.locator("#id_title")).to_have_value(title)


def message(rule: str) -> tuple[str, str]:
    """What is told of *rule*: what is wrong, and what to do."""
    ours = {
        check.id: (check.message, check.help)
        for check in [*CHECKS, limits_are_said(), limits_are_a_sentence()]
    }
    name, help_text = (MESSAGES | ours)[rule]
    return str(name), str(help_text)


def expect_told(page: Page, messages: list[tuple[str, str]]) -> None:
    """The panel tells exactly *messages*, and its button counts them."""
    toggle = page.locator('[data-side-panel-toggle="checks"]')
    if toggle.get_attribute("aria-expanded") != "true":  # the editor remembers that it was open
        toggle.click()
    panel = page.locator('[data-side-panel="checks"]')
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d"), timeout=CHECKED)
    rows = panel.locator("[data-content-checker-row]")
    expect(rows).to_have_count(len(messages), timeout=CHECKED)
    told = sorted(
        (
            row.locator("[data-content-checker-name]").inner_text(),
            row.locator("[data-content-checker-help]").inner_text(),
        )
        for row in rows.all()
    )
    assert told == sorted(messages)
    expect(panel.locator("[data-content-checker-count]")).to_have_text(str(len(messages)))
