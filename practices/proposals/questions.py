"""What the form of a proposal asks, in plain words, and in which order.

``RICH`` and the like name fields of ``PracticePage`` (``NOT_OF_THE_SHEET`` and the themes excepted); ``ROWS`` its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

RICH = ("problem", "limits", "source_conflicts", "legal_basis", "transfer_conditions", "differently")
DATES = ("state_date", "start", "end")
PLAIN = (
    "title",
    "introduction",
    "state",
    "state_source",
    "budget_band",
    "means",
    "staff",
    "volunteers",
    "funders",
    "people_place",
    "people_place_note",
    "evidence",
)
LISTS = ("territory", "practice_type")  # each one of a list, by its slug
THEMES = ("theme", "second_theme", "third_theme")
PUBLICS = "publics"
TAGS = "tags"  # names, with a comma between them
PASSAGES = "passages"  # the paragraphs of ``body``
NOT_OF_THE_SHEET = ("place", "signature", "note")


@dataclass(frozen=True)
class Row:
    """Rows of one kind: the model, the fields that are asked, and what one is called."""

    model: str
    fields: tuple[str, ...]
    label: Any
    one: Any
    help_text: Any = ""


ROWS = {
    PASSAGES: Row(
        "",
        ("text",),
        _("Ce qui est fait, concrètement"),
        _("Passage"),
        _("Qui accueille, qui décide, qui paie, à quel rythme. Une ligne vide fait un paragraphe."),
    ),
    "actors": Row(
        "practices.PracticeActor",
        ("name", "role", "actor_type", "url"),
        _("Qui s’en occupe"),
        _("Acteur"),
        _("Une commune, une association, un collectif : des organisations, pas des personnes."),
    ),
    "sources": Row(
        "practices.PracticeSource",
        ("title", "publisher", "date", "url"),
        _("Où peut-on le vérifier ?"),
        _("Source"),
        _("Un article, une délibération, un rapport : un texte public que l’on peut retrouver."),
    ),
    "results": Row(
        "practices.PracticeResult",
        ("value", "unit", "date", "source"),
        _("Des chiffres"),
        _("Chiffre"),
        _("Combien de quoi, à quelle date, selon qui."),
    ),
    "building_blocks": Row(
        "practices.PracticeBuildingBlock",
        ("title", "text", "conditions", "lesson"),
        _("Ce qu’un autre territoire peut reprendre seul"),
        _("Brique"),
        _("Une pièce qui tient sans le reste : un formulaire, un rendez-vous, une convention."),
    ),
    "transfers": Row(
        "practices.PracticeTransfer",
        ("kind", "place", "url", "note"),
        _("Repris ailleurs, ou inspiré d’ailleurs"),
        _("Lien"),
    ),
}

LABELS = {
    "title": _("Comment appeler cette pratique ?"),
    "introduction": _("En deux phrases : qui fait quoi, pour qui, depuis quand ?"),
    "territory": _("Dans quel territoire ?"),
    "place": _("Si ce n’est aucun de ceux-là : où ?"),
    "theme": _("De quoi s’agit-il surtout ?"),
    "second_theme": _("Et aussi de"),
    "third_theme": _("Et encore de"),
    "practice_type": _("Quel genre de pratique est-ce ?"),
    "publics": _("Pour qui ?"),
    "tags": _("Quelques mots-clés, séparés par des virgules ?"),
    "problem": _("Qu’est-ce qui n’allait pas, et pour qui ?"),
    "limits": _("Qu’est-ce qui ne marche pas, ou reste fragile ?"),
    "source_conflicts": _("Les sources se contredisent-elles ?"),
    "differently": _("Que ferait-on autrement ?"),
    "state": _("Où en est la pratique ?"),
    "state_date": _("À quelle date le savez-vous ?"),
    "state_source": _("D’où le savez-vous ?"),
    "start": _("Depuis quand ?"),
    "end": _("Jusqu’à quand, si c’est fini ?"),
    "people_place": _("Quelle est la place des personnes concernées ?"),
    "people_place_note": _("Comment ?"),
    "legal_basis": _("Sur quel texte de loi ou quelle décision s’appuie-t-elle ?"),
    "budget_band": _("Combien cela coûte-t-il par an ?"),
    "means": _("Que faut-il : un local, du temps, du matériel ?"),
    "staff": _("Qui est payé pour cela ?"),
    "volunteers": _("Combien de bénévoles ?"),
    "funders": _("Qui finance ?"),
    "transfer_conditions": _("Que faut-il réunir pour faire de même ailleurs ?"),
    "evidence": _("Sur quoi repose ce que vous racontez ?"),
    "signature": _("Sous quel nom voulez-vous signer, si vous le voulez ?"),
    "note": _("Autre chose que la modération doit savoir ?"),
}

# A person who proposes is not asked for all that a published sheet needs: volunteers and moderators complete it.
REQUIRED = ("title", "introduction", "theme", "problem", "limits", "state")
REQUIRED_ROWS = {
    PASSAGES: _("Racontez ce qui est fait, même en quelques lignes."),
    "actors": _("Dites qui porte la pratique : au moins une organisation."),
    "sources": _("Donnez au moins une source : sans elle, personne ne peut vérifier."),
}

SECTIONS = (
    (
        _("De quoi parle-t-on"),
        ("title", "introduction", "territory", "place", *THEMES, "practice_type", PUBLICS, TAGS),
    ),
    (_("Ce qui est fait, et pourquoi"), ("problem", PASSAGES)),
    (_("Les limites"), ("limits", "source_conflicts", "differently")),
    (_("Où cela en est"), ("state", "state_date", "state_source", "start", "end")),
    (_("Qui"), ("actors", "people_place", "people_place_note")),
    (_("Sur quoi cela repose"), ("sources", "evidence")),
    (
        _("Les moyens et les résultats"),
        ("legal_basis", "budget_band", "means", "staff", "volunteers", "funders", "results"),
    ),
    (_("Pour le reprendre ailleurs"), ("building_blocks", "transfer_conditions", "transfers")),
    (_("Pour finir"), ("signature", "note")),
)
OPTIONAL_FROM = 6  # the sections from here on are folded: nobody has to open them
