"""What the editor's checker tells about a sheet: limits are an answer, silence is not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from home.admin.content_checks import HOOK, ContentCheck

SHORTEST_LIMITS = 5  # words: « Aucune identifiée à ce jour »


@hooks.register(HOOK)
def limits_are_said() -> ContentCheck:
    return ContentCheck(
        "limits-missing",
        "main .limits-missing",
        "absent",
        _("La fiche ne dit pas ses limites"),
        _(
            "C’est ce que d’autres territoires lisent d’abord. « Aucune identifiée à ce jour » est une réponse."
        ),
    )


@hooks.register(HOOK)
def limits_are_a_sentence() -> ContentCheck:
    return ContentCheck(
        "limits-too-short",
        "main .limits",
        "said",
        _("Les limites tiennent en moins d’une phrase"),
        _("Dites ce qui manque, pour qui, et ce que cela change : une phrase au moins."),
        {"words": SHORTEST_LIMITS},
    )
