"""The whole way of a text, by mouse and keyboard: written, refused, corrected, approved, read and found."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveSite, SignIn

TITLE = "Un samedi au marché de la Batte"
SLUG = "un-samedi-au-marche-de-la-batte"
FIRST_TEXT = "Madame K., du 12 rue des Tilleuls, vend des grenades."
BETTER_TEXT = "Une habitante vend des grenades et raconte la saison des orangers."
COMMENT = "Cette adresse désigne une personne : peux-tu généraliser ?"


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), (176, 83, 47)).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_text_goes_all_the_way(signed_in: SignIn, reader: Page, live_site: LiveSite) -> None:
    volunteer, moderator = signed_in("volontaire"), signed_in("moderatrice")

    write_post(volunteer)
    volunteer.get_by_role("button", name="Plus d'actions").click()
    volunteer.get_by_role("button", name="Soumettre").first.click()
    expect(volunteer.get_by_text("12 rue des Tilleuls").first).to_be_visible()  # quoted back, once
    choose_action(volunteer, "Soumettre")
    assert "relire" in live_site.mail_texts()
    assert TITLE in live_site.mail_texts()
    assert is_locked(volunteer)

    open_review(moderator)
    expect(moderator.locator("#passages mark").first).to_have_text("12 rue des Tilleuls")
    moderator.get_by_label("Si vous demandez des changements").select_option("precise")
    decide(moderator, "Demander des changements", COMMENT)
    assert COMMENT in live_site.mail_texts()

    volunteer.goto("/admin/")
    expect(volunteer.get_by_text(COMMENT).first).to_be_visible()
    open_own_text(volunteer)
    expect(volunteer.locator("#review-note")).to_contain_text("trop précis")
    rewrite_paragraph(volunteer)
    choose_action(volunteer, "Soumettre")

    open_review(moderator)
    expect(moderator.frame_locator("iframe").first.get_by_text(BETTER_TEXT)).to_be_attached()
    for box in moderator.locator("#decision input[name=questions]").all():
        box.check()
    decide(moderator, "Approuver", None)

    expect_readable(reader)
    expect_findable(reader)


def write_post(page: Page) -> None:
    """From the dashboard to a saved draft with an image."""
    page.goto("/admin/")
    page.get_by_role("link", name="Écrire un billet").first.click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_introduction").fill(
        "Au marché du samedi, on apprend plus de mots qu’au cours du mardi."
    )
    expect(page.locator("#id_territory option:checked")).to_have_text("Liège")
    upload_cover(page)
    add_paragraph(page, FIRST_TEXT)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def upload_cover(page: Page) -> None:
    page.get_by_role("button", name="Choisir une image").click()
    modal = page.locator(".modal-content")
    modal.get_by_role("tab").nth(1).click()
    form = modal.locator("#tab-upload")
    form.locator("input[type=file]").set_input_files(
        {"name": "marche.png", "mimeType": "image/png", "buffer": picture()}
    )
    form.locator("input[name$=title]").fill("Le marché, dessiné")
    form.get_by_label("Non, personne").check()
    form.locator("button[type=submit], input[type=submit]").click()
    expect(modal).to_have_count(0)
    page.locator("#id_cover_alt").fill("Un étal de grenades")


def add_paragraph(page: Page, text: str) -> None:
    page.get_by_title("Insérer un bloc").first.click()
    page.get_by_role("option", name="Texte", exact=True).click()
    page.locator(".public-DraftEditor-content").first.click()
    type_in_editor(page, text)


def rewrite_paragraph(page: Page) -> None:
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+A")
    type_in_editor(page, BETTER_TEXT)


def type_in_editor(page: Page, text: str) -> None:
    """Type, and wait until the editor has put the text into the form, which it does after a short pause."""
    page.keyboard.type(text)
    expect(page.locator("input[name=body-0-value]")).to_have_value(re.compile(re.escape(text)))


def choose_action(page: Page, name: str) -> None:
    """Choose an entry of the menu beside « Enregistrer », and wait for its answer."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=name).first.click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def is_locked(page: Page) -> bool:
    open_own_text(page)
    return page.get_by_role("button", name="Enregistrer le brouillon").count() == 0


def open_own_text(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_load_state()


def open_review(page: Page) -> None:
    """A moderator finds the text waiting on the dashboard."""
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_load_state()


def decide(page: Page, decision: str, comment: str | None) -> None:
    if comment:
        page.get_by_label("Votre message").fill(comment)
    page.get_by_role("button", name=decision, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def expect_readable(page: Page) -> None:
    page.goto(f"/blog/{SLUG}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text(BETTER_TEXT)
    expect(page.locator("main")).not_to_contain_text("rue des Tilleuls")
    expect(page.get_by_alt_text("Un étal de grenades").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Inès Marchal")


def expect_findable(page: Page) -> None:
    """By filter, by search and in the feed."""
    for address in ["/blog/?territoire=liege&auteur=ines-marchal", "/recherche/?q=grenade+oranger"]:
        page.goto(address)
        expect(page.locator(f"[data-slug={SLUG}]")).to_have_count(1)
    assert TITLE in page.request.get("/blog/flux/?territoire=liege").text()
    assert TITLE not in page.request.get("/blog/flux/?territoire=palerme").text()
