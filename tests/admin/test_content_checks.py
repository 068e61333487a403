"""The checker of the editor speaks our French, to everybody who writes, and never to a reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from home.admin.content_checks import FrenchContentCheckerItem, content_checks
from tests import factories
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
SCRIPT = "js/content-checks.js"
CONFIGURATION = re.compile(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', re.DOTALL)


def configuration(client: Client, page: Page) -> dict[str, Any]:
    """What the editor of *page* gives to the checker beside the form."""
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    found = CONFIGURATION.search(answer)
    assert found is not None
    return dict(json.loads(found[1]))


def draft_and_writer() -> tuple[Page, Any]:
    territory = factories.TerritoryPageFactory()
    writer = factories.volunteer(territory)
    return factories.PracticePageFactory(owner=writer, territory=territory, live=False), writer


class TestTheEditor:
    def test_gives_a_volunteer_every_check_with_what_to_do(self, sign_in: SignIn) -> None:
        draft, writer = draft_and_writer()

        found = configuration(sign_in(writer), draft)

        rules = found["options"]["runOnly"]
        assert {"vague-link", "introduction-too-long", "limits-missing", "heading-order", "image-alt"} <= set(
            rules
        )
        assert set(found["messages"]) == set(rules)
        assert all(message["error_name"] and message["help_text"] for message in found["messages"].values())

    def test_defines_each_rule_and_the_test_behind_it(self, sign_in: SignIn) -> None:
        draft, writer = draft_and_writer()

        spec = configuration(sign_in(writer), draft)["spec"]

        checks = {check["id"] for check in spec["checks"]}
        rules = {rule["id"]: rule for rule in spec["rules"]}
        assert {check for rule in rules.values() for check in rule.get("any", [])} | {
            "p-as-heading"
        } == checks
        assert {check.id for check in content_checks()} <= set(rules)
        assert all(rule["enabled"] for rule in rules.values())

    def test_loads_the_tests_in_the_preview(self, sign_in: SignIn) -> None:
        draft, writer = draft_and_writer()

        preview = sign_in(writer).get(
            reverse("wagtailadmin_pages:view_draft", args=[draft.pk]), {"in_preview_panel": "true"}
        )

        assert SCRIPT in preview.content.decode()


def test_a_reader_gets_nothing_of_it(client: Client, sign_in: SignIn) -> None:
    draft, writer = draft_and_writer()
    page = factories.PracticePageFactory(territory=draft.territory)

    for reader in (client, sign_in(writer)):
        text = reader.get(page.get_url()).content.decode()
        assert "content-checks" not in text
        assert "wagtail-userbar" not in text


class TestTheMessages:
    def test_are_ours_for_each_rule_that_runs(self) -> None:
        item = FrenchContentCheckerItem()

        assert set(item.get_axe_messages(None)) == set(item.get_axe_run_only(None))

    def test_are_none_of_wagtail_s(self) -> None:
        with override("en"):
            english = {
                str(text) for message in ContentCheckerItem.axe_messages.values() for text in message.values()
            }
        messages = FrenchContentCheckerItem().get_axe_messages(None)

        texts = [text for message in messages.values() for text in message.values()]

        assert all(isinstance(text, Promise) for text in texts)
        assert not {str(text) for text in texts} & english

    def test_are_all_different(self) -> None:
        names = [str(check.message) for check in content_checks()]

        assert len(set(names)) == len(names)


class TestTheScript:
    def test_knows_every_test_that_a_check_names(self) -> None:
        script = Path(str(finders.find(SCRIPT))).read_text()
        known = set(re.findall(r"^    (\w+): \(", script, re.MULTILINE))

        assert {check.test for check in content_checks()} == known


def says(check_id: str, text: str) -> bool:
    """Whether the pattern of the check finds something in *text* (read as JavaScript with its flags reads it)."""
    check = next(check for check in content_checks() if check.id == check_id)
    pattern = check.options["pattern"].replace(r"\p{Lu}", "A-ZÀ-ÖØ-Þ").replace(r"[\p{L}·.-]", r"[\w·.-]")
    pattern = pattern.replace(r"\p{L}", r"[^\W\d_]")
    return bool(re.search(pattern, text, 0 if check.options.get("case") else re.IGNORECASE))


@pytest.mark.parametrize(
    ("check", "text", "told"),
    [
        ("vague-link", "Cliquez ici", True),
        ("vague-link", "cliquez ici pour lire le rapport", True),
        ("vague-link", "ici", True),
        ("vague-link", "En savoir plus…", True),
        ("vague-link", "Lire la suite", True),
        ("vague-link", "plus d’infos", True),
        ("vague-link", "le lien", True),
        ("vague-link", "En savoir plus sur la motion de Liège", False),
        ("vague-link", "Le rapport annuel 2022", False),
        ("vague-link", "Ici et là, une enquête", False),
        ("bare-address", "https://exemple.invalid/a", True),
        ("bare-address", "www.exemple.invalid", True),
        ("bare-address", "Le site de la commune", False),
        ("wording", "des personnes illégales", True),
        ("wording", "l’immigration illégale", True),
        ("wording", "les illégaux", True),
        ("wording", "Un passager clandestin", True),
        ("wording", "Les clandestins", True),
        ("wording", "Le tribunal a jugé ce refus illégal", False),
        ("wording", "Des expulsions illégales", False),
        ("wording", "Les personnes sans papiers", False),
        ("capitals", "UN SAMEDI AU MARCHÉ", True),
        ("capitals", "L’OFPRA et la CNDA", False),
        ("capitals", "Le CNCD-11.11.11 et l’ANVITA OCU", False),
    ],
)
def test_a_wording_is_told_when_it_is_a_fault(check: str, text: str, told: bool) -> None:
    assert says(check, text) is told
