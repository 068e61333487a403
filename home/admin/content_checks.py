"""What Wagtail's checker tells a person about their text while they write it, in French and in our own terms.

Rules of axe-core come with Wagtail; ours are a selector, a test of ``js/content-checks.js`` and what to tell the
writer. They run in the editor's preview only. Packages above this one add theirs by the hook ``content_check``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.models import Page

HOOK = "content_check"
LONGEST_INTRODUCTION = {"characters": 240, "sentences": 4}
LONGEST_SENTENCE = 45
WORDS = "main .lead, main h1, main .prose p, main .prose li, main .prose h2, main .prose h3, main .prose h4"
QUOTED = "blockquote, cite"  # somebody else's words are theirs


@dataclass(frozen=True)
class ContentCheck:
    """``test`` is a function of the script, called with ``options`` for each element that ``selector`` finds."""

    id: str
    selector: str
    test: str
    message: Any
    help: Any
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "impact": "moderate",
            "selector": self.selector,
            "tags": ["content"],
            "any": [f"check-{self.id}"],
            "enabled": True,
        }

    @property
    def check(self) -> dict[str, Any]:
        return {"id": f"check-{self.id}", "options": {"test": self.test, **self.options}}


# The nouns before which « illégal » speaks of people; of an act (« un refus illégal ») the word is right.
PEOPLE = (
    "personne|gens|migrant|migration|immigr|étrang|exilé|réfugié|travailleu|famille|enfant|mineur|homme|femme|jeune|"
    "séjour|entrée|situation"
)
ILLEGAL = (
    r"(?<!\p{L})clandestin"
    rf"|(?<!\p{{L}})(?:{PEOPLE})[\p{{L}}·.-]*\s+(?:\p{{L}}+\s+)?illéga"
    r"|(?<!\p{L})(?:les|des|ces|un|une|aux|d[’'])\s*illéga(?:l|le|ux|les)(?!\p{L})"
)
VAGUE_LINK = (
    r"^(?:cli(?:quez|quer|que)(?!\p{L}).*|ici|là|(?:ce |le )?lien|suite|lire(?: la suite| plus| ici)?"
    r"|voir(?: plus| ici)?|(?:en )?savoir plus|plus d[’'](?:infos?|informations?)"
    r"|(?:ce |le )?(?:site|article|document|texte|pdf))\W*$"
)
SHOUTED = r"(?:(?<!\p{L})[\p{Lu}’'-]{2,}\s+){2,}[\p{Lu}’'-]{2,}(?!\p{L})"

CHECKS = [
    ContentCheck(
        "introduction-too-long",
        "main .lead",
        "short",
        _("Le chapô est long"),
        _("Deux phrases suffisent, 240 signes au plus : il paraît aussi dans les listes et les partages."),
        LONGEST_INTRODUCTION,
    ),
    ContentCheck(
        "vague-link",
        "main .prose a, main .links a, main .sources a",
        "lacks",
        _("Le texte d’un lien ne dit pas où il mène"),
        _("Au lieu de « cliquez ici » ou « en savoir plus », nommez la page : « le rapport annuel 2022 »."),
        {"pattern": VAGUE_LINK, "except": "figcaption"},
    ),
    ContentCheck(
        "bare-address",
        "main .prose a, main .links a, main .sources a",
        "lacks",
        _("Un lien montre son adresse"),
        _("Une adresse se lit mal et s’entend plus mal encore : écrivez le titre de la page."),
        {"pattern": r"^(?:https?://|www\.)"},
    ),
    ContentCheck(
        "main-heading-in-text",
        "main .prose h1",
        "absent",
        _("Le texte contient un titre de premier niveau"),
        _("La page a déjà son titre : dans le texte, utilisez le bloc « Intertitre »."),
    ),
    ContentCheck(
        "image-without-text",
        "main .prose figure img[alt=''], main .title-block img[alt='']",
        "absent",
        _("Une image n’a pas de texte de remplacement"),
        _("Dites ce qu’elle apporte, pour qui ne la voit pas. Laissez vide si elle n’est qu’un décor."),
    ),
    ContentCheck(
        "wording",
        WORDS,
        "lacks",
        _("Un mot que nous n’employons pas pour des personnes"),
        _(
            "Ni « illégal·e » ni « clandestin·e » : écrivez « personne exilée », « sans papiers » ou "
            "« en situation irrégulière »."
        ),
        {"pattern": ILLEGAL, "except": QUOTED},
    ),
    ContentCheck(
        "capitals",
        WORDS,
        "lacks",
        _("Des mots tout en capitales"),
        _(
            "On les lit plus lentement, et certains lecteurs d’écran les épellent. Préférez le gras, rarement."
        ),
        {"pattern": SHOUTED, "case": True},
    ),
    ContentCheck(
        "long-sentence",
        "main .prose p, main .prose li",
        "breathes",
        _("Une phrase est très longue"),
        _("Au-delà d’une quarantaine de mots on se perd, surtout en français langue étrangère. Coupez-la."),
        {"words": LONGEST_SENTENCE, "except": QUOTED},
    ),
]

# The title of a callout is bold and no heading: that is ours to answer for, not the writer's.
BOLD_RULE = {"id": "p-as-heading", "selector": "main .prose p:not(.callout-title)", "enabled": True}
# Short and bold is enough: axe-core waits for italics or larger letters too, which our editor doesn't offer.
BOLD_CHECK = {
    "id": "p-as-heading",
    "options": {"margins": [{"weight": 150}], "passLength": 1, "failLength": 0.5},
}

# What we say of Wagtail's and axe-core's own rules.
MESSAGES = {
    "heading-order": (
        _("Un niveau d’intertitre est sauté"),
        _(
            "Une « sous-partie » vient sous une « partie » : on doit pouvoir suivre le plan sans voir la page."
        ),
    ),
    "empty-heading": (_("Un intertitre est vide"), _("Écrivez-le ou supprimez le bloc.")),
    "p-as-heading": (
        _("Un paragraphe en gras tient lieu d’intertitre"),
        _("Utilisez le bloc « Intertitre » : les lecteurs d’écran s’en servent pour parcourir la page."),
    ),
    "link-name": (_("Un lien n’a pas de texte"), _("Écrivez ce vers quoi il mène.")),
    "image-alt": (
        _("Une image n’a pas d’attribut de remplacement"),
        _("Remplissez le texte de remplacement."),
    ),
    "alt-text-quality": (
        _("Le texte de remplacement ressemble à un nom de fichier"),
        _("Dites ce que montre l’image, en une phrase : « Une salle claire, deux tables »."),
    ),
    "empty-meta-description": (
        _("La description pour les moteurs est vide"),
        _("Remplissez le chapô : il sert de description."),
    ),
    "empty-table-header": (_("Un en-tête de tableau est vide"), _("Dites ce que contient la colonne.")),
    "frame-title": (_("Un cadre n’a pas de titre"), _("Donnez un titre à la vidéo.")),
    "button-name": (_("Un bouton n’a pas de texte"), _("Dites ce qu’il fait.")),
    "input-button-name": (_("Un bouton n’a pas de texte"), _("Dites ce qu’il fait.")),
}


def content_checks() -> list[ContentCheck]:
    """Our own checks, those of the packages above included."""
    contributors: list[Callable[[], ContentCheck]] = hooks.get_hooks(HOOK)
    return CHECKS + [contribute() for contribute in contributors]


class FrenchContentCheckerItem(ContentCheckerItem):
    @property
    def media(self) -> Media:
        """The tests, beside the checker's own script and nowhere else."""
        return Media(js=["js/content-checks.js"])

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*self.axe_run_only, "image-alt", *[check.id for check in content_checks()]]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*self.axe_custom_rules, BOLD_RULE, *[check.rule for check in content_checks()]]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*self.axe_custom_checks, BOLD_CHECK, *[check.check for check in content_checks()]]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, Any]]:
        ours = {check.id: (check.message, check.help) for check in content_checks()}
        return {
            rule: {"error_name": name, "help_text": help_text}
            for rule, (name, help_text) in (MESSAGES | ours).items()
        }


@hooks.register("construct_wagtail_userbar")
def check_in_our_terms(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    """Put our checker in the place of Wagtail's, in the preview and beside the editor's form."""
    items[:] = [
        FrenchContentCheckerItem(item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
