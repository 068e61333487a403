"""The page of a video: the only one that shows something of another site, and only to who asked for it (ADR 0028).

Its address is signed: it exists for the videos that an editor put into a text, and shows no other under our name.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.blocks.players import origin, player_url
from home.delivery.headers import permissions

_signer = Signer(salt="home.videos")


@dataclass(frozen=True)
class Video:
    """A video elsewhere: its own address, its title, and the page (a path) that speaks of it."""

    url: str
    title: str
    page: str = ""

    @property
    def player(self) -> str:
        return player_url(self.url)

    def get_absolute_url(self) -> str:
        """Our page with its player; the video's own address where its host has no player that we allow."""
        if not self.player:
            return self.url
        return reverse("video", args=[_signer.sign_object([self.url, self.title, self.page], compress=True)])


def behind(token: str) -> Video | None:
    """The video that *token* was made for; ``None`` for one that is not ours."""
    try:
        return Video(*_signer.unsign_object(token))
    except (BadSignature, ValueError, TypeError):
        return None


@require_safe
def watch(request: HttpRequest, token: str) -> HttpResponse:
    """The player, which its host may know of; a frame from that host and nothing else is let in."""
    video = behind(token)
    if video is None or not video.player:
        raise Http404
    host = origin(video.player)
    response = render(request, "video/watch.html", {"video": video})
    response._csp_replace = {"frame-src": [host]}  # type: ignore[attr-defined]  # what django-csp's decorator sets
    response["Permissions-Policy"] = permissions(host)
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"  # players refuse to play for who hides
    response["X-Robots-Tag"] = "noindex"
    return response
