"""Video hosts whose player may be shown once the reader asks for it (``home.pages.videos``). Any other stays a link."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

PLAYER_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
YOUTUBE_ID = re.compile(r"^[\w-]{6,20}$")
VIMEO_ID = re.compile(r"^/(\d{4,12})")


def host(url: str) -> str:
    """The name of the site behind *url*, as a reader knows it."""
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def player_url(url: str) -> str:
    """The address of the player of *url*, without cookies; « » when its host has none that we allow."""
    parts, site = urlsplit(url), host(url)
    if site == "vimeo.com" and (match := VIMEO_ID.match(parts.path)):
        return f"{PLAYER_HOSTS[1]}/video/{match[1]}?dnt=1"
    if site == "youtu.be":
        key = parts.path.strip("/")
    elif site in ("youtube.com", "youtube-nocookie.com"):
        key = parse_qs(parts.query).get("v", [parts.path.rpartition("/")[2]])[0]
    else:
        return ""
    return f"{PLAYER_HOSTS[0]}/embed/{key}" if YOUTUBE_ID.match(key) else ""


def origin(url: str) -> str:
    """Scheme and host of *url*, as a Content-Security-Policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
