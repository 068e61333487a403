"""Where a video is kept, and the page of ours that shows it to who asks."""

from __future__ import annotations

from typing import Any

from django import template

from home.blocks import players
from home.pages.videos import Video

register = template.Library()

register.filter("video_host", players.host)


@register.simple_tag(takes_context=True)
def video_address(context: template.Context, url: str, title: str) -> str:
    """Where to watch the video at *url* from the page that is being shown."""
    page: Any = context.get("page")
    return Video(url, title, (page.url or "") if page and page.pk else "").get_absolute_url()
