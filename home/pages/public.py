"""What everybody may read, decided by the database itself."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def open_to_all(pages: Any) -> Any:
    """Those of *pages* (a queryset) that are live and under no restriction.

    The same pages as Wagtail's ``live().public()``, which asks for the restrictions in a query of its own each time.
    Not before ``.search()``, whose backends know only a model's own columns.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(path=path).filter(path__startswith=F("page__path"))
    return pages.live().filter(~Exists(above))
