"""Somebody in front of the site, without a browser's weight: cookies, forms read from the page, files."""

from __future__ import annotations

import http.client
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag

TIMEOUT = 60
TEXTS = {"text", "email", "search", ""}


class Answer(NamedTuple):
    status: int
    text: str
    url: str


class NotSignedInError(Exception):
    """The door did not open."""


class Visitor:
    """``get`` and ``post`` follow redirections; a connection that breaks answers with the status 0."""

    def __init__(self, url: str) -> None:
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self.token = ""

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(self._address(path)))

    def post(
        self, path: str, form: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Answer:
        body, kind = encoded({**form, "csrfmiddlewaretoken": self.token}, files or {})
        headers = {"Content-Type": kind, "Referer": self._address(path)}
        return self._open(urllib.request.Request(self._address(path), data=body, headers=headers))

    def sign_in(self, email: str, password: str) -> None:
        """Fill in whatever form with a password the admin's door shows. Raises ``NotSignedInError``."""
        door = self.get("/admin/")
        form = next(
            (form for form in soup(door).find_all("form") if form.find("input", type="password")), None
        )
        if form is None:
            raise NotSignedInError(door.url)
        values = filled(form)
        name = next(field["name"] for field in form.find_all("input") if field.get("type", "") in TEXTS)
        secret = form.find("input", type="password")["name"]
        self.token = str(values.pop("csrfmiddlewaretoken", ""))
        answer = self.post(form.get("action") or door.url, {**values, name: email, secret: password})
        if soup(answer).find("input", type="password"):
            raise NotSignedInError(f"{email} : {answer.url}")
        self.renew_token("/admin/mon-profil/")

    def renew_token(self, path: str) -> None:
        field = soup(self.get(path)).find("input", {"name": "csrfmiddlewaretoken"})
        if not isinstance(field, Tag):
            raise NotSignedInError(path)
        self.token = str(field["value"])

    def _address(self, path: str) -> str:
        return urllib.parse.urljoin(self.url, path)

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=TIMEOUT) as response:
                return Answer(response.status, response.read().decode(errors="replace"), response.url)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"), request.full_url)
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, repr(error), request.full_url)


def soup(answer: Answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def filled(form: Tag) -> dict[str, str]:
    """The fields of *form* with what they hold."""
    return {
        str(field["name"]): str(field.get("value", ""))
        for field in form.find_all("input")
        if field.get("name")
    }


def encoded(form: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """The body of a form, and its type."""
    if not files:
        return urllib.parse.urlencode(form, doseq=True).encode(), "application/x-www-form-urlencoded"
    border = uuid.uuid4().hex
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    for name, (file, content) in files.items():
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{border}--\r\n".encode()]), f"multipart/form-data; boundary={border}"
