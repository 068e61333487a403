"""Blocks made of words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Intertitre"), max_length=120)
    level = ChoiceBlock(
        label=_("Niveau"),
        choices=[("2", _("Partie")), ("3", _("Sous-partie"))],
        default="2",
        required=True,
    )

    class Meta:
        icon = "title"
        label = _("Intertitre")
        description = _("Annonce ce qui suit ; on doit pouvoir comprendre le texte en ne lisant qu’eux.")
        template = "blocks/heading.html"
        preview_value = {"text": _("Une permanence, deux bénévoles, trois langues"), "level": "2"}


class ParagraphBlock(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Texte")
        description = _(
            "Des paragraphes et des listes. Des phrases courtes se lisent mieux sur un téléphone."
        )
        template = "blocks/paragraph.html"
        preview_value = _(
            "<p>Le mardi, la salle ouvre à neuf heures. On y vient pour un courrier, on y reste pour un café.</p>"
        )


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Citation"))
    attribution = CharBlock(
        label=_("De qui"),
        required=False,
        max_length=160,
        help_text=_(
            "Une fonction ou un texte publié ; le nom d’une personne seulement si elle est d’accord."
        ),
    )
    source_url = URLBlock(label=_("Lien vers la source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Citation")
        description = _("Les mots exacts d’un texte ou d’une personne, entre guillemets.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("Nous ne labellisons pas, nous posons des questions."),
            "attribution": _("Une campagne associative"),
        }


class TestimonyBlock(StructBlock):
    """What an exiled person told. The three questions of DOMAIN §5 must be answered before it is published."""

    text = RichTextBlock(label=_("Témoignage"), features=["bold", "italic"])
    pseudonym = CharBlock(
        label=_("Pseudonyme"),
        max_length=60,
        help_text=_(
            "Jamais le vrai prénom : ce qui est dit à un média peut être retenu contre une demande d’asile."
        ),
    )
    context = CharBlock(
        label=_("Contexte"),
        required=False,
        max_length=120,
        help_text=_(
            "Reste vague : « une ville du sud, au printemps ». Dans un village, « une famille afghane » est un nom."
        ),
    )
    pseudonymised = BooleanBlock(label=_("Le nom est un pseudonyme et rien d’autre ne désigne la personne"))
    understood = BooleanBlock(
        label=_("La personne a compris, dans une langue qu’elle maîtrise, où ce texte paraîtra")
    )
    generalised = BooleanBlock(label=_("Les lieux et les dates sont généralisés"))

    class Meta:
        icon = "user"
        label = _("Témoignage")
        description = _("La parole d’une personne exilée. Trois questions de sécurité l’accompagnent.")
        template = "blocks/testimony.html"
        preview_value = {
            "text": _("<p>Ici, on m’a demandé ce que je savais faire avant de me demander mes papiers.</p>"),
            "pseudonym": _("Samira"),
            "context": _("une ville du nord, en hiver"),
        }


class CalloutBlock(StructBlock):
    kind = ChoiceBlock(
        label=_("Genre"),
        choices=[("info", _("À savoir")), ("attention", _("Attention")), ("idee", _("Une idée à reprendre"))],
        default="info",
        required=True,
    )
    title = CharBlock(label=_("Titre"), required=False, max_length=120)
    text = RichTextBlock(label=_("Texte"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Encadré")
        description = _(
            "Ce qu’il ne faut pas manquer, à part du fil du texte. Un ou deux par page suffisent."
        )
        template = "blocks/callout.html"
        preview_value = {
            "kind": "info",
            "title": _("Bon à savoir"),
            "text": _("<p>La permanence est ouverte sans rendez-vous.</p>"),
        }


class VideoBlock(StructBlock):
    """A video elsewhere. Nothing is loaded from there before the reader follows the link."""

    title = CharBlock(label=_("Titre"), max_length=160)
    url = URLBlock(label=_("Adresse de la vidéo"))
    transcript = RichTextBlock(
        label=_("Ce qui s’y dit"),
        features=["bold", "italic", "ul"],
        help_text=_("Pour les personnes qui n’entendent pas, et pour celles dont la connexion est lente."),
    )

    class Meta:
        icon = "media"
        label = _("Vidéo")
        description = _(
            "Une vidéo hébergée ailleurs : rien n’est chargé tant que la personne n’a pas cliqué."
        )
        template = "blocks/video.html"
        preview_value = {
            "title": _("Une journée à la permanence"),
            "url": "https://video.invalid/permanence",
            "transcript": _("<p>On voit une salle claire, deux tables, des dossiers.</p>"),
        }
