"""Signing in with Chromium: an application of codes, a passkey, and each screen as a person sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, LiveSite, SignIn
from tests.people.signin.people import code_of

SETUP = "/admin/compte/second-facteur/"
NEW = """
from django.contrib.auth.models import Group
from home.models import User
user = User.objects.create_user({email!r}, {password!r}, first_name="Lune")
user.groups.add(Group.objects.get(name="Modérateur·rices"))
"""
PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[("light", "desktop"), ("dark", "phone")], ids=["light", "dark"])
def context(request: Any, chromium: Browser, live_site: LiveSite) -> Iterator[BrowserContext]:
    """By name: browsers know no passkey of a number."""
    scheme, size = request.param
    context = chromium.new_context(
        base_url=live_site.url.replace("127.0.0.1", "localhost"),
        locale="fr-FR",
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport=PHONE if size == "phone" else {"width": 1280, "height": 900},
    )
    context.email = f"{scheme}@exemple.invalid"
    live_site.python(NEW.format(email=context.email, password=PASSWORD))
    yield context
    context.close()


def enter(page: Page, email: str) -> None:
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entrer", exact=True).click()


def leave(context: BrowserContext) -> None:
    context.clear_cookies(name="sessionid")


def shown(page: Page, heading: str) -> None:
    """A screen that anybody can read: no violation, nothing that has to be scrolled sideways."""
    expect(page.locator("h1").first).to_contain_text(heading)
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)  # messages begin to appear a moment later, half transparent
    page.evaluate(
        """Promise.allSettled(document.getAnimations()
            .filter((animation) => animation.effect?.getComputedTiming().endTime < Infinity)
            .map((animation) => animation.finished))"""
    )
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert found == [], heading
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), heading


def test_two_factors(context: BrowserContext) -> None:
    """The whole way: warned, an application, its codes, a key, and in again with each."""
    email: str = context.email
    context.set_default_timeout(60_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: complaints.append(request.url) if "//localhost" not in request.url else None,
    )
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    page.goto("/admin/login/")
    shown(page, "Entrer dans l’espace")
    page.goto("/admin/password_reset/")
    shown(page, "Choisir un nouveau mot de passe")
    enter(page, email)
    expect(page.locator("#second-facteur")).to_contain_text("14 jours")
    page.get_by_role("link", name="Mettre en place un second facteur").click()
    shown(page, "Second facteur")

    page.get_by_role("link", name="Mettre en place l’application").click()
    shown(page, "Confirmer que c’est vous")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    shown(page, "Une application de codes")
    secret = page.locator("#cle-application").inner_text()
    page.get_by_label("Le code que l’application montre").fill(code_of(secret, -1))
    page.get_by_role("button", name="Terminer").click()
    shown(page, "Codes de secours")
    codes = re.findall(r"\b\d{8}\b", page.locator("main").inner_text())
    assert len(codes) == 10

    page.goto(f"{SETUP}cle/")
    shown(page, "Une clé d’accès")
    page.get_by_label("Entrer avec cette clé seule").check()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    shown(page, "Second facteur")
    page.goto("/admin/compte/sessions/")
    shown(page, "Déconnecter partout")
    page.goto("/admin/compte/mot-de-passe/")
    shown(page, "Changer de mot de passe")

    leave(context)
    enter(page, email)
    page.wait_for_url("**/admin/login/code/")
    shown(page, "Encore une preuve")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Entrer", exact=True).click()
    page.wait_for_url("**/admin/")
    assert page.locator("#second-facteur").count() == 0

    leave(context)
    enter(page, email)
    page.get_by_role("button", name="Avec ma clé d’accès").click()
    page.wait_for_url("**/admin/")

    leave(context)
    page.goto("/admin/login/?next=/admin/guide/moderation/")
    page.get_by_role("button", name="Avec ma clé d’accès").click()
    page.wait_for_url("**/admin/guide/moderation/")
    assert complaints == []


def test_what_is_typed_outlives_the_session(signed_in: SignIn, live_site: LiveSite) -> None:
    """A session that ends under somebody’s hands: they are told, sign in beside, and save what they had typed."""
    page = signed_in("volontaire")
    address = page.get_by_role("link", name="Écrire un billet").first.get_attribute("href")
    page.goto(str(address))
    page.wait_for_timeout(3000)  # until the editor watches the form
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=title], #id_title").first.fill("Ce que la nuit a gardé")

    dialog = page.locator("#session-fermee")
    expect(dialog).to_contain_text("toujours dans cette page", timeout=15_000)
    with page.context.expect_page() as opened:
        dialog.get_by_role("link").click()
    enter(opened.value, "volontaire@demo.invalid")
    opened.value.wait_for_url("**/admin/")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_have_count(0)
    page.locator("#id_title").press("End")
    page.keyboard.type(" encore")

    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible(timeout=15_000)
    assert "encore" in live_site.python(
        "from wagtail.models import Page\nprint(Page.objects.filter(title__startswith='Ce que la nuit').first())"
    )
