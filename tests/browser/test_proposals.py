"""A practice proposed from a phone without a script, and taken up by a moderator."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LiveSite, SignIn

pytestmark = pytest.mark.once

TITLE = "Une table au marché du mardi"


@pytest.fixture
def phone(chromium: Browser, live_site: LiveSite) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_site.url,
        locale="fr-FR",
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def newest_link(live_site: LiveSite) -> str:
    text = live_site.mail_texts().replace("=\n", "")
    return re.findall(r"http://127\.0\.0\.1:\d+(/pratiques/proposer/[\w-]+/)", text)[-1]


def test_a_practice_is_proposed_and_taken_up(
    phone: Page, reader: Page, live_site: LiveSite, signed_in: SignIn
) -> None:
    phone.goto("/pratiques/")
    phone.get_by_role("link", name="Proposer une pratique").click()
    phone.get_by_label("Comment appeler cette pratique ?").fill(TITLE)
    phone.get_by_label("En deux phrases").fill("Le mardi, la commune tient une table au marché.")
    phone.get_by_label("Dans quel territoire ?").select_option("liege")
    phone.get_by_label("De quoi s’agit-il surtout ?").select_option("sante")
    phone.get_by_role("button", name="Ajouter : Source").click()
    expect(phone.get_by_label("Comment appeler cette pratique ?")).to_have_value(TITLE)
    expect(phone.locator("#rangs-sources .row")).to_have_count(2)

    phone.get_by_label("Votre adresse électronique").fill("lectrice@exemple.org")
    phone.wait_for_timeout(2500)  # nobody writes faster than that
    phone.get_by_label("Votre adresse électronique").press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("regardez votre courrier")

    phone.goto(newest_link(live_site))
    expect(phone.get_by_label("Comment appeler cette pratique ?")).to_have_value(TITLE)
    phone.get_by_role("button", name="Envoyer à la modération").click()
    expect(phone.get_by_role("alert")).to_contain_text("Donnez au moins une source")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.get_by_label("Qu’est-ce qui n’allait pas").fill("Personne ne savait où aller.")
    phone.locator("#id_passages-0-text").fill("On s’assied, on écoute.")
    phone.get_by_label("Qu’est-ce qui ne marche pas").fill("Une seule personne tient la table.")
    phone.get_by_label("Où en est la pratique ?").select_option("en-place")
    phone.locator("#id_actors-0-name").fill("Ville de Liège")
    phone.locator("#id_sources-0-title").fill("Délibération")
    phone.locator("#id_sources-0-publisher").fill("Ville de Liège")
    phone.get_by_label("J’accepte").check()
    phone.get_by_role("button", name="Envoyer à la modération").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("la modération va la lire")

    moderator = signed_in("moderatrice")
    moderator.get_by_role("link", name=TITLE).first.click()
    expect(moderator.locator("main")).to_contain_text("Une seule personne tient la table.")
    assert [found["id"] for found in Axe().run(moderator).response["violations"]] == []
    moderator.get_by_role("button", name="En faire un brouillon").click()
    moderator.wait_for_url("**/edit/")
    expect(moderator.locator("#id_title")).to_have_value(TITLE)
    assert "reprend votre proposition" in live_site.mail_texts().replace("=\n", "")

    reader.goto("/pratiques/?q=marché+mardi")
    expect(reader.locator("main")).not_to_contain_text(TITLE)


def test_a_correction_keeps_no_rule_waiting(reader: Page, live_site: LiveSite) -> None:
    reader.goto("/pratiques/berlin-clearingstelle/")
    reader.get_by_role("link", name="Proposer une correction").click()
    reader.get_by_label("Votre adresse électronique").fill("elue@exemple.org")
    reader.wait_for_timeout(2500)
    reader.get_by_role("button", name="Enregistrer et recevoir le lien").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("regardez votre courrier")
    reader.goto(newest_link(live_site))
    reader.get_by_label("J’accepte").check()
    reader.get_by_role("button", name="Envoyer à la modération").click()

    expect(reader.get_by_role("alert")).to_contain_text("rien changé")
    assert [found["id"] for found in Axe().run(reader).response["violations"]] == []
