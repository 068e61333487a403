"""A process killed by SIGKILL at every step of what it does, one step after the other, and what it leaves behind.

A step is a statement that writes, a commit (before and after), a file that was stored, a mail (before and after). Each
try is a fork of a process that holds no connection; what it leaves is looked at with a new one.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.mail.message import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from blog.models import BlogPostPage
from home.delivery.outbox import send_waiting
from home.models import Image, Mission, User
from home.moderation import digests
from home.people.invite_views import seal
from site_ocu.orphans import sweep_orphans
from tests import editor, factories
from tests.media.test_consent_form import fields, photo
from tests.site_ocu.backups.acts import files, lost, torn

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
MOST = 400
SITE = {"SERVER_NAME": "127.0.0.1"}
digests.MORNING = 0  # whatever the time of the test


class Death:
    """Comes at the step whose number is *at*."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, *, before: bool) -> None:
        done = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            if before:
                self.step()
            result = done(*args, **kwargs)
            self.step()
            return result

        setattr(owner, name, watched)

    def statement(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if WRITES.match(sql):
            self.step()
        return execute(sql, *args)

    def watch(self) -> None:
        self.around(BaseDatabaseWrapper, "_commit", before=True)
        self.around(type(default_storage._wrapped), "_save", before=False)
        self.around(EmailMultiAlternatives, "send", before=True)
        connection.execute_wrappers.append(self.statement)


def dies_at(number: int, act: Callable[[], Any]) -> bool:
    """Whether *act* was killed at step *number*; ``False`` when it had ended before."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            Death(number).watch()
            act()
        except BaseException:  # noqa: BLE001
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert status == 0, "it failed by itself"
    return False


def admin() -> Client:
    client = Client(**SITE)
    client.force_login(User.objects.get(is_superuser=True))
    return client


def mails() -> Counter[str]:
    """How many mails each person got, of each subject."""
    found: Counter[str] = Counter()
    for path in Path(settings.EMAIL_FILE_PATH).glob("*"):
        text = path.read_text()
        found.update(re.findall(r"^Subject: .*?^To: [^\n]+", text, re.MULTILINE | re.DOTALL))
    return found


def save(number: int, **button: str) -> None:
    post = BlogPostPage.objects.get(slug="billet-1")
    form = editor.post_form(title=post.title, territory=post.territory) | {"slug": "billet-1"}
    form |= {"title": f"Récrit {number}", "introduction": f"Chapô {number}", **button}
    answer = admin().post(reverse("wagtailadmin_pages:edit", args=[post.pk]), form)
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def publish(number: int) -> None:
    save(number, **{"action-publish": "1"})


def upload(number: int) -> None:
    form = {**fields(people="nobody"), "title": f"Envoi {number}", "file": photo()}
    answer = admin().post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def invite(number: int) -> None:
    text = "\n".join(f"personne{number}-{one}@exemple.org; Amina Kadi; 29; Liège; " for one in range(2))
    answer = admin().post(reverse("invite"), {"text": text, "checked": seal(text), "send": "1"})
    assert answer.status_code == 302


def run_periodic(number: int) -> None:
    call_command("run_periodic")


def whole_page(number: int) -> list[str]:
    """The page is what it was or what was sent, in all its places; so is its newest revision."""
    post = BlogPostPage.objects.get(slug="billet-1")
    newest = post.get_latest_revision_as_object()
    pairs = [(post.title, post.introduction), (newest.title, newest.introduction)]
    return [f"{title} / {lead}" for title, lead in pairs if title.split()[-1] != lead.split()[-1]]


def whole_image(number: int) -> list[str]:
    return [image.title for image in Image.objects.all() if not default_storage.exists(image.file.name)]


def whole_cohort(number: int) -> list[str]:
    """Both people of a list came in, or none; each with a mission."""
    people = User.objects.filter(email__startswith=f"personne{number}-")
    missions = Mission.objects.filter(author__user__in=people).count()
    return [] if (people.count(), missions) in {(0, 0), (2, 2)} else [f"{people.count()} / {missions}"]


def nothing(number: int) -> list[str]:
    return []


ACTS = {
    "save": (save, whole_page),
    "publish": (publish, whole_page),
    "upload": (upload, whole_image),
    "invite": (invite, whole_cohort),
    "run_periodic": (run_periodic, nothing),
}


def prepare() -> None:
    """Somebody to write to, a text that has waited, a page whose time has come."""
    save(0)
    publish(0)
    factories.SessionFactory(number=29)
    factories.moderator()
    writer = factories.volunteer()
    text = factories.BlogPostPageFactory(title="Texte qui attend", live=False, owner=writer)
    text.get_workflow().start(text, writer)
    TaskState.objects.update(started_at=timezone.now() - datetime.timedelta(days=9))
    due = factories.BlogPostPageFactory(title="Page programmée", live=False)
    due.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    due.save_revision(approved_go_live_at=due.go_live_at)


def killed() -> None:
    """Do $ACT, killed at each of its steps; print what was found wrong, and how many steps it has."""
    act, whole = ACTS[os.environ["ACT"]]
    prepare()
    for path in Path(settings.EMAIL_FILE_PATH).glob("*"):
        path.unlink()
    wrong: list[str] = []
    steps = 1
    while dies_at(steps, partial(act, steps)):
        wrong += [f"step {steps}: {problem}" for problem in [*torn(), *lost(), *whole(steps)]]
        steps += 1
        assert steps < MOST
    wrong += after_all()
    sys.stdout.write(json.dumps({"steps": steps - 1, "wrong": wrong, "mails": sum(mails().values())}))


def after_all() -> list[str]:
    """What is still wrong once the tasks have run in peace, a day later."""
    call_command("run_periodic")
    send_waiting()
    twice = [f"{count} times: {mail}" for mail, count in mails().items() if count > 1]
    long_ago = time.time() - 2 * 24 * 3600
    for name in files():
        os.utime(default_storage.path(name), (long_ago, long_ago))
    cache.clear()
    sweep_orphans()
    named = {str(name) for name in Image.objects.values_list("file", flat=True)}
    left = [name for name in files() if name.startswith("original_images/") and name not in named]
    offline = [] if BlogPostPage.objects.get(title="Page programmée").live else ["not published"]
    return [*twice, *left, *(offline if os.environ["ACT"] == "run_periodic" else []), *torn(), *lost()]
