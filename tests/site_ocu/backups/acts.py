"""What is done to an installation, each by a process of its own (``Site.do``)."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page

from blog.models import BlogPostPage
from home.audit.entries import Action, AuditEntry
from home.media.left_behind import named, stored
from home.models import Document, Image, User
from site_ocu.backups import database, media, restoring
from site_ocu.backups.postgresql import _dropping
from tests import factories

# Made anew by a restoration, or not worth keeping.
NOTED = (Action.BACKED_UP, Action.RESTORED)  # what the commands write themselves
DERIVED = {
    AuditEntry._meta.db_table,
    *("django_session", "home_waitingmail", "wagtailcore_referenceindex"),
    *("home_postings", "home_searchtext", "home_spelling", "home_termword"),
    *("wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"),
}


def load() -> None:
    """People, files in every field, pages in every state."""
    User.objects.create_superuser(email="admin@exemple.invalid", password="x")
    territory = factories.TerritoryPageFactory(title="Liège")
    for number in range(3):
        image = factories.ImageFactory(title=f"Image n° {number}")
        image.get_rendition("width-100")
        factories.DocumentFactory(title=f"Compte rendu {number}")
        factories.BlogPostPageFactory(title=f"Billet {number}", territory=territory, live=bool(number))
    Image.objects.filter(title="Image n° 0").update(description="Une salle… claire")


def state() -> None:
    """Print every row and every file, as sums."""
    rows = {}
    for model in database.tables():
        table = model._meta.db_table
        if table in DERIVED:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(repr(row) for row in cursor.fetchall())
    entries = AuditEntry.objects.order_by("pk")
    rows[AuditEntry._meta.db_table] = [repr(row) for row in entries.exclude(action__in=NOTED).values_list()]
    noted = list(entries.filter(action__in=NOTED).values_list("action", flat=True))
    said = {"rows": rows, "files": files(), "lost": lost(), "torn": torn(), "noted": noted}
    sys.stdout.write(json.dumps(said))


def files() -> dict[str, str]:
    found = {}
    for name in stored():
        with default_storage.open(name) as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def lost() -> list[str]:
    """Files that a row names and that are not there."""
    return sorted(named() - set(files()) - {""})


def torn() -> list[str]:
    """Pages whose newest revision is not the one that their row says."""
    wrong = []
    for page in Page.objects.exclude(latest_revision=None).select_related("latest_revision"):
        revision = page.latest_revision.content
        if revision["title"] != page.draft_title or (
            not page.has_unpublished_changes and page.title != revision["title"]
        ):
            wrong.append(f"{page.pk} {page.title} / {revision['title']}")
    return wrong


def write() -> None:
    """Save, publish, upload and delete until told to stop; print one line for each round."""
    going = True

    def stop(*args: object) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    number = 0
    while going:
        number += 1
        post = BlogPostPage.objects.order_by("?").first()
        post.title = f"Billet récrit {number}"
        with transaction.atomic():  # as the site does it
            revision = post.save_revision()
            if number % 2:
                revision.publish()
        factories.ImageFactory(title=f"Passagère {number}").get_rendition("width-100")
        factories.DocumentFactory(title=f"Passager {number}")
        for model in (Image, Document):
            for old in model.objects.filter(title__startswith="Passag").order_by("-pk")[3:]:
                old.delete()
        sys.stdout.write(f"round {number}\n")
        sys.stdout.flush()
        time.sleep(0.005)


def rename() -> None:
    for post in BlogPostPage.objects.all():
        post.title = "Billet changé"
        post.save_revision().publish()


def destroy() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_dropping())


def from_the_future() -> None:
    MigrationRecorder.Migration.objects.create(app="home", name="9999_demain")


def restore() -> None:
    """Restore $FILE, and die at $DIES_AT as if the power went."""

    def die(*args: object, **kwargs: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    match os.environ["DIES_AT"]:
        case "file":
            put_back, calls = media.put_back, []

            def second(*args: Any) -> bool:
                calls.append(args)
                return put_back(*args) if len(calls) < 2 else bool(die())

            media.put_back = second
        case "database":
            engine = getattr(database, database.engine())
            name = "_take_place" if database.engine() == "sqlite" else "_pass_on"
            setattr(engine, name, die)
        case "migrations":
            restoring.call_command = die
    restoring.restore(Path(os.environ["FILE"]), "", print, force=True)
