"""People who use the site at the same moment: each a session of their own, without a browser's weight."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from tests.browser.conftest import PASSWORD, LiveSite

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer(NamedTuple):
    status: int
    text: str


class Person:
    """Somebody signed in with a demonstration account."""

    def __init__(self, site: LiveSite, name: str) -> None:
        self.url = site.url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self.token = self._token("/admin/login/")
        self.post("/admin/login/", {"username": f"{name}@demo.invalid", "password": PASSWORD, "next": ""})
        self.token = self._token("/admin/mon-profil/")

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(self.url + path))

    def post(self, path: str, form: dict[str, Any]) -> Answer:
        """What the person sees after sending *form*, redirections followed."""
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self.token}, doseq=True).encode()
        request = urllib.request.Request(self.url + path, data=body)
        request.add_header("Referer", self.url + path)
        return self._open(request)

    def decision_form(self, page_id: int, decision: str) -> dict[str, Any]:
        """What the review screen sends with every box ticked."""
        screen = BeautifulSoup(self.get(f"/admin/relecture/{page_id}/").text, "html.parser").find(
            id="decision"
        )
        assert screen is not None
        boxes = screen.find_all("input", type="checkbox")
        return {
            "decision": decision,
            "revision": screen.find("input", {"name": "revision"})["value"],
            "questions": [box["value"] for box in boxes if box["name"] == "questions"],
            "comment": "D’accord.",
            "reason": "other" if decision == "reject" else "",
        }

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, path
        return found[1]

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(response.status, response.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"))


def at_once(*actions: Callable[[], Answer]) -> list[Answer]:
    """Do all *actions* at the same moment; return their answers in the same order."""
    barrier = Barrier(len(actions))

    def act(action: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))
