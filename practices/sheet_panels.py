"""The form of a sheet, in the order in which one writes it."""

from __future__ import annotations

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)

from home.pages.forms import SIGNATURE_HELP

SITUATION = MultiFieldPanel(
    [
        PageChooserPanel("territory"),
        InlinePanel(
            "theme_links",
            heading=_("Thèmes"),
            label=_("Thème"),
            min_num=1,
            max_num=3,
            help_text=_("Le premier est le thème principal ; deux autres au plus."),
        ),
        FieldPanel("practice_type", widget=Select),
        InlinePanel(
            "public_links",
            heading=_("Publics"),
            label=_("Public"),
            min_num=1,
            help_text=_("À qui s’adresse le dispositif."),
        ),
        FieldPanel("cover"),
    ],
    heading=_("1. De quoi parle la fiche"),
)
STORY = MultiFieldPanel(
    [FieldPanel("problem"), FieldPanel("body")],
    heading=_("2. Ce qui est fait, et pourquoi"),
)
LIMITS = MultiFieldPanel(
    [FieldPanel("limits"), FieldPanel("source_conflicts"), FieldPanel("differently")],
    heading=_("3. Limites"),
)
STATE = MultiFieldPanel(
    [
        FieldPanel("state"),
        FieldRowPanel([FieldPanel("state_date"), FieldPanel("state_source")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
    ],
    heading=_("4. Où en est la pratique"),
)
ACTORS = MultiFieldPanel(
    [
        InlinePanel(
            "actors",
            heading=_("Acteurs"),
            label=_("Acteur"),
            min_num=1,
            help_text=_("Au moins un acteur qui porte la pratique."),
        ),
        FieldPanel("people_place"),
        FieldPanel("people_place_note"),
    ],
    heading=_("5. Qui"),
)
SOURCES = MultiFieldPanel(
    [
        HelpPanel(
            _(
                "<p>Une fiche vaut ce que valent ses sources : un texte public, daté, que l’on peut retrouver. "
                "Deux sources qui se copient n’en font qu’une.</p>"
            )
        ),
        InlinePanel("sources", heading=_("Sources"), label=_("Source"), min_num=1),
        FieldPanel("evidence"),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
    ],
    heading=_("6. Sur quoi s’appuie la fiche"),
)
MEANS = MultiFieldPanel(
    [
        FieldPanel("legal_basis"),
        FieldPanel("budget_band"),
        FieldPanel("means"),
        FieldRowPanel([FieldPanel("staff"), FieldPanel("volunteers")]),
        FieldPanel("funders"),
        InlinePanel("results", heading=_("Résultats"), label=_("Résultat")),
    ],
    heading=_("7. Moyens et résultats (facultatif)"),
    classname="collapsed",
)
TRANSFER = MultiFieldPanel(
    [
        InlinePanel("building_blocks", heading=_("Briques à reprendre"), label=_("Brique")),
        FieldPanel("transfer_conditions"),
        InlinePanel("transfers", heading=_("Reprises et origines"), label=_("Lien")),
    ],
    heading=_("8. Pour la reprendre ailleurs (facultatif)"),
    classname="collapsed",
)
EXTRAS = MultiFieldPanel(
    [
        InlinePanel("document_links", heading=_("Documents"), label=_("Document")),
        InlinePanel("author_links", heading=_("Signature"), label=_("Auteur·rice"), help_text=SIGNATURE_HELP),
        FieldPanel("tags"),
        FieldPanel("licence"),
        FieldRowPanel(
            [FieldPanel("archived_on"), FieldPanel("archived_note")], heading=_("Archiver la fiche")
        ),
    ],
    heading=_("9. Documents, signature, mots-clés, archivage"),
    classname="collapsed",
)

PRACTICE_PANELS = [SITUATION, STORY, LIMITS, STATE, ACTORS, SOURCES, MEANS, TRANSFER, EXTRAS]
