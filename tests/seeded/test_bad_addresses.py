"""Every parameter of every public list, with what no form sends: words, or nothing special, and never an error."""

from __future__ import annotations

import time

import pytest
from django.test import Client

LISTS = [
    "/pratiques/",
    "/pratiques/comparer/",
    "/pratiques/export.csv",
    "/pratiques/export.json",
    "/pratiques/export.geojson",
    "/pratiques/flux/",
    "/pratiques/partage.png",
    "/pratiques/prevenez-moi/",
    "/pratiques/proposer/",
    "/pratiques/berlin-clearingstelle/",
    "/pratiques/berlin-clearingstelle/corriger/",
    "/territoires/",
    "/territoires/liege/",
    "/restitutions/",
    "/restitutions/qui-decide-quand-on-accueille/",
    "/blog/",
    "/blog/flux/",
    "/recherche/",
    "/recherche/suggestions/",
    "/signaler/",
]
PARAMETERS = [
    "theme",
    "territoire",
    "public",
    "acteur",
    "type",
    "etat",
    "appui",
    "place",
    "tag",
    "q",
    "tri",
    "page",
    "fiche",
    "annee",
    "envoye",
]
VALUES = [
    "",
    "-1",
    "0",
    "99999999999999999999",
    "%00",
    "a%00b",
    "%FF%FE",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "..%2F..%2Fetc",
    "%27%20OR%201%3D1--",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "x" * 3000,
    "%22%20-mot%20%22",
]
ALONE = {
    "-1",
    "a%00b",
    "%FF%FE",
    "%3Cscript%3Ealert(1)%3C/script%3E",
}  # tried on one parameter at a time, too
TOO_LONG = 10  # seconds, on the slowest machine: nothing here may take a time that the address decides


@pytest.mark.slow
@pytest.mark.parametrize("address", LISTS)
def test_no_value_of_any_parameter_breaks_a_list(address: str) -> None:
    client = Client(raise_request_exception=False)
    answers: dict[str, int] = {}
    for value in VALUES:
        every = "&".join(f"{name}={value}&{name}={value}" for name in PARAMETERS)
        for query in [every, *(f"{name}={value}" for name in PARAMETERS if value in ALONE)]:
            response = client.get(f"{address}?{query}")
            answers[query[:80]] = response.status_code
            # To the end: nobody else could have an export while it is being sent.
            assert b"<script>alert" not in response.getvalue(), query

    assert {query: status for query, status in answers.items() if status not in (200, 400)} == {}


@pytest.mark.parametrize("address", LISTS)
def test_four_hundred_filters_at_once_are_answered_in_time(address: str) -> None:
    query = "&".join(f"{PARAMETERS[number % len(PARAMETERS)]}=rien{number}" for number in range(400))

    started = time.monotonic()
    response = Client(raise_request_exception=False).get(f"{address}?{query}")

    assert response.status_code in (200, 400)
    assert time.monotonic() - started < TOO_LONG


@pytest.mark.parametrize(
    "path", ["%00/", "x" * 3000 + "/", "..%2f/", "%F0%9F%98%80/", "a/b/c/d/", "fiche.pdf/"]
)
@pytest.mark.parametrize(
    "below", ["pratiques", "territoires", "restitutions", "blog", "volontaires", "apercu"]
)
def test_no_path_below_a_list_breaks_the_site(below: str, path: str) -> None:
    response = Client(raise_request_exception=False).get(f"/{below}/{path}")

    assert response.status_code in (301, 302, 400, 404)
