"""Blocks that show or point to something: images, figures, links, documents, sheets."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = CharBlock(
        label=_("Texte de remplacement"),
        required=False,
        max_length=255,
        help_text=_("Ce que l’image apporte, pour qui ne la voit pas. Vide si elle est décorative."),
    )
    caption = CharBlock(label=_("Légende"), required=False, max_length=255)
    credit = CharBlock(label=_("Crédit"), required=False, max_length=160)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing of an image that readers don't see: its caption may name who withdrew."""
        shown: list[str] = super().get_searchable_content(value)
        image = value.get("image")
        return shown if image is None or image.is_showable else []

    class Meta:
        icon = "image"
        label = _("Image")
        description = _(
            "Une image avec sa légende et son crédit. Personne de reconnaissable sans accord écrit."
        )
        template = "blocks/image.html"
        preview_template = "blocks/previews/image.html"
        preview_value: dict[str, Any] = {
            "image": None,
            "caption": _("La salle, un matin de marché"),
            "credit": _("Lune de Meuse"),
        }


class KeyFigureBlock(StructBlock):
    value = CharBlock(label=_("Chiffre"), max_length=40)
    label = CharBlock(label=_("Ce qu’il compte"), max_length=160)
    date = CharBlock(label=_("Date"), required=False, max_length=40)
    source = CharBlock(label=_("Source"), required=False, max_length=160)


class KeyFiguresBlock(StructBlock):
    figures = ListBlock(KeyFigureBlock(label=_("Chiffre")), label=_("Chiffres"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ol"
        label = _("Chiffres clés")
        description = _(
            "Un à six chiffres, chacun avec sa date et sa source : un chiffre sans date ne dit rien."
        )
        template = "blocks/key_figures.html"
        preview_value = {
            "figures": [
                {"value": "16", "label": _("langues parlées"), "date": "2024", "source": _("Rapport annuel")},
                {
                    "value": "13",
                    "label": _("communes au départ"),
                    "date": "2019",
                    "source": _("Alliance de villes"),
                },
            ]
        }


class LinkBlock(StructBlock):
    title = CharBlock(label=_("Titre"), max_length=160)
    url = URLBlock(label=_("Adresse"))
    description = CharBlock(label=_("En une phrase"), required=False, max_length=255)


class LinksBlock(StructBlock):
    links = ListBlock(LinkBlock(label=_("Lien")), label=_("Liens"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Liens")
        description = _("Pour aller plus loin. Le titre du lien dit où il mène : jamais « cliquez ici ».")
        template = "blocks/links.html"
        preview_value = {
            "links": [
                {"title": _("Le texte de la motion"), "url": "https://exemple.invalid/", "description": ""}
            ]
        }


class DocumentsBlock(StructBlock):
    documents = ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Des fichiers à télécharger. Vérifiez qu’aucun nom ne s’y cache.")
        template = "blocks/documents.html"
        preview_template = "blocks/previews/documents.html"
        preview_value: dict[str, Any] = {"documents": []}


class RelatedPracticesBlock(StructBlock):
    # By name, because sheets live in a package above this one.
    practices = ListBlock(
        PageChooserBlock(label=_("Fiche"), page_type="practices.PracticePage"),
        label=_("Fiches"),
        min_num=1,
        max_num=4,
    )

    class Meta:
        icon = "list-ul"
        label = _("Fiches liées")
        description = _("Des pratiques inspirantes dont parle le texte.")
        template = "blocks/related_practices.html"
        preview_template = "blocks/previews/related_practices.html"
        preview_value: dict[str, Any] = {"practices": []}
