"""Where a video is kept, and whether its player may come into the page."""

from __future__ import annotations

from django import template

from home.blocks import players

register = template.Library()

register.filter("video_host", players.host)
register.filter("video_player", players.player_url)
