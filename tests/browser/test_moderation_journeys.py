"""Référente, moderators, a partner and a volunteer, by mouse and keyboard; mails read from the outbox."""

from __future__ import annotations

import re
import textwrap

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveSite, SignIn

pytestmark = pytest.mark.once

SUBMITTED = """
from home.models import User
from practices.models import TerritoryPage
from tests import factories
writer = User.objects.get(email="volontaire@demo.invalid")
territory = TerritoryPage.objects.get(slug="liege")
page = factories.{factory}(title="{title}", slug="{slug}", owner=writer, live=False, territory=territory)
if {submit}:
    page.get_workflow().start(page, writer)
print(page.pk)
"""


def staged(site: LiveSite, factory: str, title: str, *, submit: bool = True) -> int:
    """A text of the demonstration's volunteer, by its primary key."""
    slug = re.sub(r"\W+", "-", title.lower())
    return int(site.python(SUBMITTED.format(factory=factory, title=title, slug=slug, submit=submit)))


def tick_questions(page: Page) -> None:
    for box in page.locator("#decision input[name=questions]").all():
        box.check()


def approve(page: Page, title: str) -> None:
    page.get_by_role("button", name="Approuver", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(title)


def test_a_sheet_goes_by_its_territory_then_by_moderators(
    signed_in: SignIn, reader: Page, live_site: LiveSite
) -> None:
    title = "Une cuisine partagée au port"
    staged(live_site, "PracticePageFactory", title)
    referent, moderator, other = signed_in("referente"), signed_in("moderatrice"), signed_in("moderateur")
    administrator = signed_in("admin")

    moderator.goto("/admin/")
    expect(moderator.locator("#main")).not_to_contain_text(title)
    claim(referent, title)
    approve(referent, title)
    assert "regard du territoire" in live_site.mail_texts().lower()

    claim(moderator, title)
    other.goto("/admin/")
    expect(other.locator(".waiting__item", has_text=title)).to_contain_text("Nour s’en occupe")

    administrator.goto("/admin/")
    administrator.get_by_role("link", name=title).first.click()
    administrator.get_by_role("link", name="Ouvrir dans l’éditeur").click()
    administrator.locator("#id_introduction").fill("Deux soirs par semaine, on cuisine à douze.")
    administrator.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(administrator.locator(".messages")).to_contain_text(title)

    moderator.goto("/admin/")
    moderator.get_by_role("link", name=title).first.click()
    changed = moderator.locator("#changed")
    expect(changed).to_contain_text("a changé depuis qu’il a été soumis")
    with moderator.context.expect_page() as comparison:
        changed.get_by_role("link", name="Voir ce qui a changé").click()
    expect(comparison.value.locator("main")).to_contain_text("on cuisine à douze")
    tick_questions(moderator)
    moderator.get_by_role("button", name="Approuver", exact=True).click()
    expect(moderator.get_by_text("dites que vous l’approuvez").first).to_be_visible()
    expect(moderator.locator("#decision input[name=questions]").first).to_be_checked()
    moderator.get_by_label("J’ai lu ce qui a changé").check()
    approve(moderator, title)

    reader.goto("/pratiques/une-cuisine-partagée-au-port/")
    expect(reader.locator("main")).to_contain_text("on cuisine à douze")


def claim(page: Page, title: str) -> None:
    page.goto("/admin/")
    waiting = page.locator(".waiting__item", has_text=title)
    waiting.get_by_role("button", name="Je m’en occupe").click()
    expect(page.locator("#claim")).to_contain_text("Vous vous en occupez")


def test_a_draft_is_shown_to_a_partner_until_its_link_ends(
    signed_in: SignIn, reader: Page, live_site: LiveSite
) -> None:
    title = "Un atelier vélo le jeudi"
    pk = staged(live_site, "BlogPostPageFactory", title, submit=False)
    volunteer = signed_in("volontaire")

    volunteer.goto(f"/admin/partage/{pk}/")
    volunteer.get_by_label("Pour qui").fill("La Maison du vélo")
    volunteer.get_by_role("button", name="Créer le lien").click()
    address = volunteer.get_by_label("Adresse pour La Maison du vélo").input_value()

    answer = reader.goto(address)
    assert answer is not None
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "no-store" in answer.headers["cache-control"]
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.locator(".draft-band")).to_contain_text("ne pas diffuser")
    reader.get_by_role("textbox", name="Votre remarque").fill("L’atelier ouvre à dix heures, pas à neuf.")
    reader.get_by_role("button", name="Envoyer la remarque").click()
    expect(reader.get_by_role("status").filter(has_text="Merci")).to_be_visible()
    assert reader.context.cookies() == []
    assert "dix heures, pas" in live_site.mail_texts()
    volunteer.goto(f"/admin/partage/{pk}/")
    expect(volunteer.locator("main")).to_contain_text("pas à neuf")

    live_site.python(
        "from home.models import DraftLink\nfrom django.utils import timezone\n"
        f"DraftLink.objects.filter(page_id={pk}).update(expires_at=timezone.now())"
    )
    answer = reader.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("body")).not_to_contain_text(title)


def test_a_volunteer_comes_and_goes(signed_in: SignIn, reader: Page, live_site: LiveSite) -> None:
    moderator = signed_in("moderatrice")
    moderator.goto("/admin/inviter/")
    moderator.locator("#cohorte textarea").fill("lou@exemple.invalid ; Lou Petit ; 29 ; Liège ; ; non")
    moderator.get_by_role("button", name="Vérifier").click()
    moderator.get_by_role("button", name="Envoyer 1 invitation").click()
    expect(moderator.locator("#invitations")).to_contain_text("En attente")

    link = re.search(
        r"http://127\.0\.0\.1:\d+/invitation/\S+?/(?=[\s\"<])", live_site.mail_texts().replace("=\n", "")
    )
    assert link
    reader.goto(link[0])
    reader.get_by_label("Pseudonyme", exact=True).check()
    reader.locator("input[name=pseudonym]").fill("Lune d’Ourthe")
    reader.locator("input[name=password1]").fill("une très longue phrase de passe")
    reader.locator("input[name=password2]").fill("une très longue phrase de passe")
    reader.get_by_role("button", name="Commencer").click()
    reader.wait_for_url("**/admin/**")
    reader.goto("/admin/")
    expect(reader.get_by_role("link", name="Écrire un billet").first).to_be_visible()

    live_site.python(
        textwrap.dedent("""
        import datetime
        from home.models import Mission
        past = datetime.date.today() - datetime.timedelta(days=200)
        Mission.objects.filter(author__user__email="lou@exemple.invalid").update(
            start=past, end=past + datetime.timedelta(days=60)
        )
        """)
    )
    reader.goto("/admin/")
    expect(reader.locator("#acces")).to_contain_text("Vous pouvez lire, pas écrire")
    expect(reader.get_by_role("link", name="Écrire un billet")).to_have_count(0)
    moderator.goto("/admin/inviter/")
    expect(moderator.locator("#invitations")).to_contain_text("Acceptée")
