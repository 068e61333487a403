"""A copy in the browser of a text that could not be saved (``js/kept-copy.js``).

The script sends a word of its own with each form; the session keeps the word of the last one that was saved, and the
next screen says it: a copy with that word is needed no more.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

FIELD = SESSION_KEY = "kept_copy"
LONGEST = 40


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def note_what_was_saved(request: HttpRequest, page: Page) -> None:
    if word := request.POST.get(FIELD, "")[:LONGEST]:
        request.session[SESSION_KEY] = word


@hooks.register("insert_global_admin_js")
def kept_copy_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/kept-copy.js"))
