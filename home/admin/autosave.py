"""A person who saves while the editor is saving by itself gets one page, not an error.

The editor creates a new page in the background soon after one stops typing. Who presses « Enregistrer » before
its answer is back creates the same page a second time, and Wagtail refuses the second one: « slug déjà utilisé ».
What is sent then holds everything that was typed, so the copy made a moment ago gives way to it.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

RACE = timedelta(
    seconds=30
)  # longer than a slow connection holds an answer back, shorter than a second thought


@hooks.register("before_create_page")
def give_way_to_what_is_sent(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Delete the copy of the page that the editor saved by itself a moment ago."""
    if request.method != "POST" or not request.accepts("text/html"):
        return
    just_saved = page_class.objects.child_of(parent).filter(
        slug=request.POST.get("slug", ""),
        owner=request.user,
        live=False,
        first_published_at=None,
        latest_revision_created_at__gte=timezone.now() - RACE,
    )
    for page in just_saved:
        if page.revisions.count() == 1 and not page.workflow_in_progress:
            page.delete()
