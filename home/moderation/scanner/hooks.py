"""How the quoted passages look, in the editor and on the review screen."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def passages_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-passages.css"))
