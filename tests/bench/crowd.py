"""The people of ``make soak``: what each of them does, again and again, and what they were told of it."""

from __future__ import annotations

import io
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from PIL import Image as Picture

from tests.bench.visitor import Answer, Visitor, soup

READ = ["/", "/blog/", "/pratiques/", "/territoires/", "/mentions-legales/", "/pratiques/?theme=sante"]
READ += ["/sitemap.xml", "/territoires/liege/", "/signaler/", "/accessibilite/", "/readyz"]
WORDS = ["logement", "accueil", "santé", "français", "école", "sans-papiers", "hébergement citoyen", "MNA"]
TAKEN = ["/pratiques/export.json", "/pratiques/export.csv", "/pratiques/flux/", "/blog/flux/"]
TAKEN += ["/pratiques/liege-ville-hospitaliere/fiche.pdf", "/pratiques/export.geojson"]

Waiting = list[tuple[int, str]]  # texts that were handed over: key and title


@dataclass
class Seen:
    """What happened, told by all the threads."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    memory: list[tuple[float, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: Answer, began: float) -> Answer:
        with self.lock:
            self.statuses[answer.status] += 1
            self.seconds.append(time.monotonic() - began)
            if answer.status >= 500 or answer.status == 0:
                self.broken.append(f"{answer.status} {answer.url} {answer.text[:200]!r}")
        return answer


class Somebody(Visitor):
    """A visitor whose every answer is counted."""

    def __init__(self, url: str, seen: Seen) -> None:
        super().__init__(url)
        self.seen = seen

    def _open(self, request: Any) -> Answer:
        began = time.monotonic()
        return self.seen.note(super()._open(request), began)


def reads(person: Somebody, number: int) -> None:
    person.get(random.choice(READ))


def searches(person: Somebody, number: int) -> None:
    word = random.choice(WORDS)
    person.get(f"/recherche/?q={quote(word)}")
    person.get(f"/recherche/suggestions/?q={quote(word[:3])}")


def exports(person: Somebody, number: int) -> None:
    person.get(random.choice(TAKEN))
    time.sleep(1)


def uploads(person: Somebody, number: int) -> None:
    title = f"Image de fond {word()} {number}"
    buffer = io.BytesIO()
    colour = tuple(random.randrange(256) for _part in range(3))
    Picture.new("RGB", (1200, 800), colour).save(buffer, "JPEG")
    form = {"title": title, "collection": "1", "people": "nobody", "tags": "", "description": "Une couleur"}
    answer = person.post("/admin/images/add/", form, {"file": ("photo.jpg", buffer.getvalue())})
    if answer.status == 200 and answer.url.rstrip("/").endswith("/admin/images"):
        person.seen.images.add(title)
    time.sleep(1)


def word() -> str:
    return "".join(random.choices("abcdefghijlmnoprstuv", k=8))


class Writing:
    """A volunteer's texts: written, corrected, handed over. Forms are built beside the server."""

    def __init__(self, form: Callable[[str], dict[str, Any]], parent: int, waiting: Waiting) -> None:
        self.form, self.parent, self.waiting = form, parent, waiting

    def __call__(self, person: Somebody, number: int) -> None:
        title = f"Texte de fond {word()} {number}"  # a long number would be taken for somebody's telephone
        form = self.form(title)
        made = person.post(f"/admin/pages/add/blog/blogpostpage/{self.parent}/", form)
        key = made.url.rstrip("/").split("/")[-2]
        if made.status != 200 or not key.isdecimal() or not made.url.endswith("/edit/"):
            return
        person.seen.titles.add(title)
        again = f"{title}, relu"
        if person.post(made.url, {**self.form(again), "slug": form["slug"]}).status == 200:
            person.seen.titles.discard(title)
            person.seen.titles.add(again)
        sent = person.post(made.url, {**self.form(again), "slug": form["slug"], "action-submit": "1"})
        if sent.status == 200:
            self.waiting.append((int(key), again))
        time.sleep(2)


class Moderating:
    """A moderator who approves what was handed over."""

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting

    def __call__(self, person: Somebody, number: int) -> None:
        person.get("/admin/")
        if not self.waiting:
            time.sleep(1)
            return
        key, title = self.waiting.pop(0)
        address = f"/admin/relecture/{key}/"
        form = decision_form(person.get(address))
        if form and "est approuvé" in person.post(address, form).text:
            person.seen.public.add(title)


def decision_form(screen: Answer) -> dict[str, Any]:
    """What the review screen sends with every box ticked; nothing where it offers no decision."""
    part = soup(screen).find(id="decision")
    if part is None:
        return {}
    boxes = part.find_all("input", type="checkbox")
    return {
        "decision": "approve",
        "revision": part.find("input", {"name": "revision"})["value"],
        "questions": [box["value"] for box in boxes if box["name"] == "questions"],
        "comment": "D’accord.",
        "reason": "",
    }
