"""Nobody is counted: reading leaves nothing behind, neither with the reader nor with the site."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
READ = [
    "/",
    "/blog/",
    "/pratiques/",
    "/recherche/?q=logement",
    "/recherche/suggestions/?q=log",
    "/donnees-personnelles/",
]
TRACKERS = re.compile(
    r"sendBeacon|analytics|matomo|piwik|plausible|gtag|utm_source|localStorage|document\.cookie",
    re.IGNORECASE,
)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(map(str, cursor.fetchall()))
    return rows  # type: ignore[return-value]


def test_reading_leaves_nothing_in_the_database_and_nothing_in_the_browser(client: Client) -> None:
    post = factories.BlogPostPageFactory()
    addresses = [*READ, post.get_url()]
    for address in addresses:
        client.get(address)
    before = everything()

    answers = [client.get(address, headers={"referer": "https://ailleurs.invalid/"}) for address in addresses]

    assert everything() == before
    for answer in answers:
        assert not answer.cookies
        assert "ETag" not in answer.headers or answer.status_code == 200
        text = answer.content.decode()
        assert not TRACKERS.search(text)
        assert not re.search(r"<img[^>]+(?:width=.1.|height=.1.)[ >]", text)


def test_no_script_of_the_public_site_counts_or_remembers(client: Client) -> None:
    from django.contrib.staticfiles import finders  # noqa: PLC0415

    page = client.get("/").content.decode() + client.get("/pratiques/").content.decode()
    scripts = set(re.findall(r'<script[^>]+src="/static/([^"]+)"', page))

    assert scripts
    for script in scripts:
        if "htmx" in script:
            continue  # a library that can remember pages in the browser, and asks nobody
        with open(finders.find(script)) as file:  # noqa: PTH123
            assert not TRACKERS.search(file.read()), script
