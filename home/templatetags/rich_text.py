"""Rich text on its way to the page."""

from __future__ import annotations

from django import template

from home.blocks.cleaning import cleaned

register = template.Library()

register.filter("cleaned", cleaned)
