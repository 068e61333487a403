"""What no log may say: addresses of mailboxes, whole network addresses, tokens, what somebody searched for.

Names have no shape by which to know them. They are kept out where they come from: a thing of the database is told by
its number (``told``), an error without the values it quotes (``error_words``), a page by its route.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

EMAIL = re.compile(r"[^\s@<>\"'(),;:=&?/\[\]{}]+(?:@|%40)[^\s@<>\"'(),;:=&?/\[\]{}]*[^\W_]", re.IGNORECASE)
QUERY = re.compile(r"\?[^\s\"'<>?=]*=[^\s\"'<>]*")
SEGMENT = re.compile(r"[\w.:=-]{20,}")
RUN = re.compile(r"[^\W_]{16,}")
IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d|/\d)")
IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f:.]*(?![\w:]|/\d)")
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|«.*?»", re.DOTALL)
VALUES = re.compile(r"\bDETAIL:.*|=\(.*?\)", re.DOTALL)  # as PostgreSQL quotes a row


def scrub(text: str) -> str:
    """*text* without what no log may say. Scrubbing twice changes nothing more."""
    text = EMAIL.sub("[adresse]", text)
    text = QUERY.sub("?…", text)
    text = IPV4.sub(lambda found: network(found[0]), text)
    text = IPV6.sub(lambda found: network(found[0]), text)
    return SEGMENT.sub(lambda found: "[jeton]" if _is_token(found[0]) else found[0], text)


def network(address: str) -> str:
    """The beginning of *address*, which hundreds of others have as well: /24, or /48. Not of this machine's own."""
    try:
        known = ipaddress.ip_address(address.rstrip("."))
    except ValueError:
        return address
    if known.is_loopback or known.is_unspecified:
        return address
    return str(ipaddress.ip_network((known, 24 if known.version == 4 else 48), strict=False))


def told(value: Any) -> Any:
    """*value* as a log may say it: a thing of the database by its number, a request by its route."""
    if isinstance(value, Model):
        return f"{value._meta.label}#{value.pk}"
    if isinstance(value, HttpRequest):
        return f"{value.method} {route(value)}"
    if isinstance(value, BaseException):
        return error_words(value)
    return scrub(value) if isinstance(value, str) else value


def error_words(error: BaseException) -> str:
    """What *error* says, without the values it quotes: they may be anything that anybody typed."""
    words = QUOTED.sub("'…'", VALUES.sub("…", str(error)))
    return f"{type(error).__qualname__}: {scrub(words)}" if words else type(error).__qualname__


def route(request: HttpRequest) -> str:
    """The name of what answers: the path itself may hold a token or somebody's name."""
    match = getattr(request, "resolver_match", None)
    return str(match.view_name or match.route) if match else "-"


def _is_token(segment: str) -> bool:
    """Letters of both cases and digits, or a long run of small letters and digits, as hashes are."""
    mixed = all(re.search(kind, segment) for kind in ("[A-Z]", "[a-z]", r"\d"))
    runs = RUN.findall(segment)
    return mixed or any(re.search(r"\d", run) and re.search(r"[a-z]", run) for run in runs)
