"""``make soak MINUTES=60``: many people for a long time, and nothing lost.

Readers, searchers, writers, a moderator and whoever exports, each in a thread, in front of the real server on SQLite or
PostgreSQL (DATABASE_URL); periodic tasks and backups run meanwhile. Broken, hence exit 1: an answer of 500 or more, a
connection cut, « database is locked » in the log, workers that grow, a write that was acknowledged and is not found.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.crowd import Moderating, Seen, Somebody, Waiting, Writing, exports, reads, searches, uploads
from tests.bench.site import adopt, demonstration, manage, running, say
from tests.bench.visitor import NotSignedInError
from tests.site_ocu.processes import ROOT, Server

REPORT = ROOT / "var" / "soak.json"
GROWTH = 1.3  # what workers may weigh at the end, next to what they weighed once warm
LOCKED = "database is locked"
SETTLED = 0.25  # of the time: caches fill and libraries load
MINUTE = 60
PAGE = 4096


@dataclass(frozen=True)
class Part:
    """Somebody to be played: what they do, and the account they do it with."""

    does: Callable[[Somebody, int], None]
    account: str = ""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=60)
    minutes = arguments.parse_args().minutes
    with demonstration() as environment:
        if address := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = address
            manage(environment, "prepare_local")
        # Everybody comes from one address here: limits count, and stop nobody.
        environment |= {"EMAIL_URL": "dummymail://", "LIMITS_TIMES": "1000"}
        adopt(environment)
        with running(environment) as server:
            seen = soak(server, environment, minutes)
        log = (Path(environment["DATA_DIR"]) / "log").read_text(errors="replace")
        report = judged(seen, log)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    say(json.dumps(report, ensure_ascii=False, indent=1))
    return 1 if report["broken"] else 0


def soak(server: Server, environment: dict[str, str], minutes: float) -> Seen:
    """Let everybody do what they do for so long; what they saw."""
    seen, end = Seen(), time.monotonic() + minutes * MINUTE
    threads = [
        threading.Thread(target=play, args=(part, environment, seen, end), daemon=True) for part in cast_of()
    ]
    threads.append(threading.Thread(target=look_after, args=(environment, seen, end), daemon=True))
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while time.monotonic() < end:
        seen.memory.append((time.monotonic() - began, weight(server)))
        time.sleep(min(10, max(0.1, end - time.monotonic())))
    for thread in threads:
        thread.join(2 * MINUTE)
    return seen


def cast_of() -> list[Part]:
    waiting: Waiting = []
    form, parent = forms()
    return [
        *(Part(reads),) * 3,
        Part(searches),
        Part(exports),
        Part(Writing(form, parent, waiting), "volontaire"),
        Part(Writing(form, parent, waiting), "volontaire"),
        Part(uploads, "volontaire"),
        Part(Moderating(waiting), "moderatrice"),
    ]


def forms() -> tuple[Callable[[str], dict[str, Any]], int]:
    """What makes the form of a text with a given title, for the demonstration's volunteer; and where texts go."""
    from wagtail.test.utils.form_data import inline_formset  # noqa: PLC0415  (models: once Django is set up)

    from blog.models import BlogIndexPage  # noqa: PLC0415
    from home.models import Author, Mission  # noqa: PLC0415
    from practices.models import Theme  # noqa: PLC0415
    from tests.editor import post_form  # noqa: PLC0415

    author = Author.objects.get(user__email="volontaire@demo.invalid")
    territory = Mission.objects.filter(author=author).latest("pk").territory
    themes, authors = (
        inline_formset([{"theme": Theme.objects.first().pk}]),
        inline_formset([{"author": author.pk}]),
    )
    return (
        lambda title: post_form(title=title, territory=territory, theme_links=themes, author_links=authors),
        BlogIndexPage.objects.get().pk,
    )


def play(part: Part, environment: dict[str, str], seen: Seen, end: float) -> None:
    person, number = Somebody(environment["BASE_URL"], seen), 0
    try:
        if part.account:
            person.sign_in(f"{part.account}@demo.invalid", environment["DEMO_PASSWORD"])
        while time.monotonic() < end:
            number += 1
            part.does(person, number)
            time.sleep(0.05)
    except NotSignedInError as error:
        seen.broken.append(f"{part.account} n’a pas pu se connecter : {error}")
    except Exception as error:  # noqa: BLE001  (a fault of the soak itself is told, not lost with its thread)
        seen.broken.append(f"{part}: {error!r}")


def look_after(environment: dict[str, str], seen: Seen, end: float) -> None:
    """What the machine does beside: periodic tasks, backups."""
    while time.monotonic() < end:
        for command in (["run_periodic"], ["backup", "--keep", "2"]):
            try:
                manage(environment, *command)
            except RuntimeError as error:
                seen.broken.append(str(error))
        time.sleep(min(MINUTE, max(0.0, end - time.monotonic())))


def weight(server: Server) -> int:
    """What the workers hold in memory, in bytes, shared pages counted once each."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    total = 0
    for child in children:
        try:
            total += int(Path(f"/proc/{child}/statm").read_text().split()[1]) * PAGE
        except (FileNotFoundError, ProcessLookupError):
            continue  # a worker that is being replaced
    return total


def judged(seen: Seen, log: str) -> dict[str, Any]:
    """The numbers, and under « broken » what must not be."""
    warm = [size for when, size in seen.memory if when > SETTLED * seen.memory[-1][0]]
    half = max(1, len(warm) // 2)
    first, last = statistics.median(warm[:half]), statistics.median(warm[half:] or warm)
    broken = [*seen.broken[:20], *lost(seen)]
    if count := log.count(LOCKED):
        broken.append(f"« {LOCKED} » : {count} fois")
    if last > GROWTH * first:
        broken.append(f"mémoire : de {first / 1e6:.0f} à {last / 1e6:.0f} Mo")
    times = sorted(seen.seconds)
    return {
        "answers": dict(sorted(seen.statuses.items())),
        "median_ms": round(statistics.median(times) * 1000),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000),
        "slowest_ms": round(times[-1] * 1000),
        "texts": len(seen.titles),
        "published": len(seen.public),
        "images": len(seen.images),
        "memory_mb": [round(size / 1e6) for _when, size in seen.memory][:: max(1, len(seen.memory) // 20)],
        "broken": broken,
    }


def lost(seen: Seen) -> list[str]:
    """What was acknowledged and is not found."""
    from django.core.files.storage import default_storage  # noqa: PLC0415

    from blog.models import BlogPostPage  # noqa: PLC0415
    from home.models import Image  # noqa: PLC0415

    drafts = set(BlogPostPage.objects.values_list("draft_title", flat=True))
    public = set(BlogPostPage.objects.live().values_list("title", flat=True))
    images = {image.title for image in Image.objects.all() if default_storage.exists(image.file.name)}
    gone = [*(seen.titles - drafts), *(seen.public - public), *(seen.images - images)]
    told = [f"perdu : {title}" for title in gone]
    if not (seen.titles and seen.public and seen.images):
        told.append("rien n’a été écrit, publié ou envoyé : ce n’est pas un essai")
    return told


if __name__ == "__main__":
    sys.exit(main())
