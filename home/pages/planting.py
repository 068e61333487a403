"""Pages made by migrations, where historical models know nothing of trees.

``apps`` is the registry that a migration gives; pages are historical models.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

STEP = 4  # characters of a path for each level, as in Wagtail's own tree
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def plant(apps: Any, parent: Any, label: str, *, title: str, slug: str, **fields: Any) -> Any:
    """Create a live page of the model *label* as the last child of *parent*, and return it."""
    model = apps.get_model(label)
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=model._meta.app_label, model=model._meta.model_name
    )
    now = timezone.now()
    page = model.objects.create(
        path=_next_path(apps, parent),
        depth=parent.depth + 1,
        numchild=0,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        content_type=content_type,
        locale_id=apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first().pk,
        live=True,
        first_published_at=now,
        last_published_at=now,
        **fields,
    )
    _count_children(apps, parent)
    return page


def uproot(apps: Any, page: Any) -> None:
    """Delete *page* and everything under it."""
    pages = apps.get_model("wagtailcore", "Page").objects
    parent = pages.get(path=page.path[:-STEP])
    pages.filter(path__startswith=page.path).delete()
    _count_children(apps, parent)


def _next_path(apps: Any, parent: Any) -> str:
    siblings = apps.get_model("wagtailcore", "Page").objects.filter(
        path__startswith=parent.path, depth=parent.depth + 1
    )
    last = siblings.order_by("-path").values_list("path", flat=True).first()
    return parent.path + _base36(int(last[-STEP:], 36) + 1 if last else 1)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits.rjust(STEP, "0")


def _count_children(apps: Any, parent: Any) -> None:
    pages = apps.get_model("wagtailcore", "Page").objects
    children = pages.filter(path__startswith=parent.path, depth=parent.depth + 1).count()
    pages.filter(pk=parent.pk).update(numchild=children)
    parent.numchild = children
