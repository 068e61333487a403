"""``make screenshots``: every page type at three widths, in both schemes, into ``var/screenshots/``."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.bench.site import demonstration, running, say
from tests.site_ocu.processes import ROOT, Server

FOLDER = ROOT / "var" / "screenshots"
WIDTHS = {360: 740, 768: 1024, 1440: 900}
Scheme = Literal["light", "dark"]
SCHEMES: list[Scheme] = ["light", "dark"]
# Images further down load lazily, when somebody scrolls; a picture of the whole page needs them all.
LOAD_EVERY_IMAGE = """() => Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.complete || new Promise(done => { image.onload = image.onerror = done; });
}))"""
PAGES = {
    "accueil": "/",
    "blog": "/blog/",
    "blog-filtre": "/blog/?territoire=liege",
    "billet": "/blog/{post}/",
    "territoires": "/territoires/",
    "territoire": "/territoires/liege/",
    "pratiques": "/pratiques/",
    "pratiques-filtre": "/pratiques/?theme=gouvernance-alliances&type=engagement-politique",
    "pratiques-vide": "/pratiques/?q=introuvable&territoire=liege",
    "fiche": "/pratiques/liege-ville-hospitaliere/",
    "recherche": "/recherche/?q=logement",
    "auteur": "/volontaires/ines-marchal/",
    "mentions-legales": "/mentions-legales/",
    "accessibilite": "/accessibilite/",
    "donnees-personnelles": "/donnees-personnelles/",
    "introuvable": "/cette-page-n-existe-pas/",
    "connexion": "/admin/login/",
}


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with demonstration() as environment, running(environment) as site, chromium() as browser:
        post = newest_post(site)
        for (name, address), (width, height), scheme in product(PAGES.items(), WIDTHS.items(), SCHEMES):
            picture = FOLDER / f"{name}-{width}-{scheme}.png"
            with browser.new_context(
                base_url=f"http://127.0.0.1:{site.port}",
                color_scheme=scheme,
                locale="fr-FR",
                viewport={"width": width, "height": height},
            ) as context:
                page = context.new_page()
                page.goto(address.format(post=post))
                page.evaluate(LOAD_EVERY_IMAGE)
                page.screenshot(path=picture, full_page=True)
    say(f"{len(list(FOLDER.iterdir()))} images dans {FOLDER.relative_to(ROOT)}/")
    return 0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that ``CHROMIUM`` names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise SystemExit("Chromium manque : packages/install runtime test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def newest_post(site: Server) -> str:
    """The slug of the first entry of the blog's feed."""
    slugs = re.findall(r"/blog/([\w-]+)/\"", site.get("/blog/flux/", Host="127.0.0.1").body)
    return next(slug for slug in slugs if slug != "flux")


if __name__ == "__main__":
    sys.exit(main())
