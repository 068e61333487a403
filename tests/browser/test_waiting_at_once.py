"""Two people take one text at the same moment; two schedulers send the reminders of the day at the same moment."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.browser.clients import Person, at_once
from tests.browser.conftest import LiveSite

STAGE = """
import datetime
import json
from django.utils import timezone
from wagtail.models import TaskState
from home.models import User
from practices.models import TerritoryPage
from tests import factories
writer = User.objects.get(email="volontaire@demo.invalid")
staged = []
for number in range({rounds}):
    page = factories.BlogPostPageFactory(
        title=f"{title} {{number}}", owner=writer, live=False, territory=TerritoryPage.objects.get(slug="liege")
    )
    page.get_workflow().start(page, writer)
    steps = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    steps.update(started_at=timezone.now() - datetime.timedelta(days=5))
    staged.append(page.pk)
print(json.dumps(staged))
"""

CLAIMS = """
import json
from home.models import Claim
claims = Claim.objects.filter(task_state__workflow_state__object_id__in={pks})
print(json.dumps([claim.person.email for claim in claims]))
"""

RUN = """
import time
from django.utils import timezone
from home.moderation.digests import send_digests
morning = timezone.localtime().replace(hour=9)
timezone.now = lambda: morning
time.sleep(max(0, {at} - time.time()))
print(send_digests())
"""

DIGESTS = """
import json
from home.models import Digest
print(json.dumps([digest.person.email for digest in Digest.objects.all()]))
"""


def said(site: LiveSite, code: str) -> Any:
    return json.loads(site.python(code))


def test_one_of_two_who_take_a_text_gets_it(live_site: LiveSite) -> None:
    people = [Person(live_site, "moderatrice"), Person(live_site, "moderateur")]
    pages = said(live_site, STAGE.format(rounds=4, title="Pris à deux"))

    for page in pages:
        answers = at_once(
            *(partial(person.post, f"/admin/relecture/{page}/prendre/", {}) for person in people)
        )

        assert [answer.status for answer in answers] == [200, 200]
        assert sorted("C’est noté" in answer.text for answer in answers) == [False, True]
        assert sum("s’en occupe depuis aujourd’hui. Si c’est resté" in answer.text for answer in answers) == 1
    assert len(said(live_site, CLAIMS.format(pks=[str(page) for page in pages]))) == len(pages)


def test_two_runs_send_each_reminder_once(live_site: LiveSite) -> None:
    said(live_site, STAGE.format(rounds=1, title="Rappelé une fois"))
    code = RUN.format(at=time.time() + 8)

    with ThreadPoolExecutor(2) as pool:
        counts = [int(output) for output in pool.map(live_site.python, [code, code])]

    people = said(live_site, DIGESTS)
    assert sum(counts) == len(people) == len(set(people)) >= 2
    assert live_site.mail_texts().count("vous attend depuis un moment") == 2 * len(people), (
        "text and HTML of each"
    )
