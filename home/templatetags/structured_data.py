"""Schema.org for machines, in a data block that no script policy forbids."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from home.pages.base import BasePage
from home.pages.breadcrumbs import Breadcrumb
from home.pages.structured_data import page_nodes

register = template.Library()

# As Django's json_script: no text of a page can close the script element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def structured_data(
    context: dict[str, Any], page: BasePage | None, steps: list[Breadcrumb] | str
) -> SafeString:
    """The JSON-LD of *page*; nothing where there is no page of ours."""
    request = context.get("request")
    if request is None or not isinstance(page, BasePage):
        return SafeString("")
    nodes = page_nodes(page, steps or [], request)  # type: ignore[arg-type]  # an absent variable is ""
    text = json.dumps(nodes, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  # escaped above
