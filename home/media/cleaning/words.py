"""What people read about a file: why it was refused, and what stays in it."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.media.cleaning.answers import Refused, Remark

NOT_TAKEN = _("Ce fichier n’a pas été pris.")

REFUSALS: dict[str, str | Promise] = {
    "empty": _("Ce fichier est vide."),
    "busy": _("Le site traite beaucoup de fichiers en ce moment. Réessayez dans une minute."),
    "too_large": _(
        "Ce fichier est trop lourd : il pèse %(size)s, la limite est de %(limit)s. "
        "Réduisez-le (par exemple en baissant la qualité de ses images), puis envoyez-le de nouveau."
    ),
    # Images
    "no_image": _(
        "Ce fichier n’est pas une image que le site sait lire, quel que soit son nom. "
        "Images acceptées : JPEG, PNG, WebP, AVIF, GIF et HEIC."
    ),
    "damaged_image": _(
        "Cette image est incomplète ou abîmée. C’est souvent un envoi interrompu : envoyez-la de nouveau ; "
        "si cela recommence, exportez-la depuis un autre programme."
    ),
    "pixels": _(
        "Cette image compte trop de points pour le site. "
        "Réduisez-la (4 000 pixels de large suffisent à tous les usages), puis envoyez-la de nouveau."
    ),
    # Documents
    "no_document": _("On ne reconnaît pas ce que contient ce fichier, quel que soit son nom. "
                     "Documents acceptés : PDF, docx, xlsx, pptx, odt, ods, odp, csv et txt."),
    "misnamed": _(
        "Ce fichier s’appelle « .%(extension)s » mais ne contient que du texte. "
        "Nommez-le « .txt » ou « .csv » si c’est bien ce que vous voulez envoyer."
    ),
    "markup": _(
        "Ce fichier contient une page web, un dessin SVG ou du code, qui peut faire agir le navigateur de qui l’ouvre. "
        "Envoyez une image (PNG, JPEG…) ou un PDF."
    ),
    "archive": _("Ce fichier est une archive (zip, rar…). Envoyez un par un les documents qu’elle contient."),
    "old_office": _(
        "Ce fichier est d’un ancien format (doc, xls, ppt), ou protégé par un mot de passe : "
        "on ne peut pas le nettoyer. Enregistrez-le en docx, xlsx, pptx ou PDF, sans mot de passe."
    ),
    "macros": _(
        "Ce document contient des macros, c’est-à-dire un programme. Enregistrez-le sans macros, puis envoyez-le."
    ),
    "signed": _(
        "Ce document porte une signature électronique, qui dit qui l’a signé et que le nettoyage casserait. "
        "Envoyez-en une version sans signature."
    ),
    "locked_pdf": _(
        "Ce PDF est protégé (mot de passe ou restrictions) : on ne peut pas le nettoyer. "
        "Envoyez-le sans protection."
    ),
    "locked_document": _(
        "Ce document est protégé par un mot de passe : on ne peut pas le nettoyer. "
        "Enregistrez-le sans."
    ),
    "unreadable_pdf": _("Ce PDF est abîmé : on ne peut pas le lire. Exportez-le de nouveau, puis envoyez-le."),
    "unreadable_document": _(
        "Ce document est abîmé, ou construit d’une façon que l’on ne sait pas nettoyer. "
        "Enregistrez-le de nouveau avec Word, Excel ou LibreOffice, ou envoyez un PDF."
    ),
    "attached_object": _(
        "Ce document contient un autre fichier (« %(name)s ») que l’on ne sait pas nettoyer : "
        "un film, un son, un objet incorporé. Retirez-le, ou envoyez un PDF."
    ),
    "connections": _(
        "Ce classeur va chercher des données ailleurs, et dit où. Copiez-collez les valeurs, "
        "supprimez la connexion, puis envoyez-le."
    ),
    # Attacks, mostly
    "bomb": _(
        "Ce fichier demande trop de mémoire ou de temps pour être lu. S’il est bien de vous, "
        "exportez-le de nouveau en plus léger."
    ),
    "polyglot": _("Ce fichier en cache un autre : il se lit de deux façons. Exportez-le de nouveau, puis envoyez-le."),
}  # fmt: skip

REMARKS: dict[str, str | Promise] = {
    "title_stays": _("le titre inscrit dans le PDF reste, pour les lecteurs d’écran : « %(title)s »"),
    "notes_stay": _(
        "des commentaires restent dans le PDF (%(count)s) ; le nom de qui les a écrits a été retiré"
    ),
    "form_stays": _("un formulaire reste dans le PDF, avec ce qui y est déjà rempli"),
    "attachments_dropped": _("les fichiers joints au PDF ont été retirés"),
    "changes_stay": _(
        "des modifications suivies restent lisibles, textes supprimés compris ; les noms ont été retirés. "
        "Acceptez ou refusez-les avant d’envoyer une nouvelle version"
    ),
    "comments_stay": _("des commentaires restent lisibles ; le nom de qui les a écrits a été retiré"),
    "hidden_stays": _("des passages, des feuilles ou des diapositives masqués restent dans le fichier"),
    "speaker_notes_stay": _("les notes de l’oratrice ou de l’orateur restent dans le fichier"),
    "drawings_stay": _("des dessins (EMF, WMF) restent tels quels : le site ne sait pas les nettoyer"),
}


def refusal(refused: Refused) -> str:
    """The sentence for whoever sent the file."""
    details = {**refused.details}
    details |= {name: filesizeformat(details[name]) for name in ("size", "limit") if name in details}
    return str(REFUSALS.get(refused.code, NOT_TAKEN)) % details


def told(remarks: tuple[Remark, ...]) -> str:
    """One sentence about what stays in a file; empty when there is nothing to know."""
    known = [str(REMARKS[remark.code]) % remark.details for remark in remarks if remark.code in REMARKS]
    if not known:
        return ""
    return gettext("Le fichier a été nettoyé, mais relisez-le : %(remarks)s.") % {
        "remarks": "\N{NO-BREAK SPACE}; ".join(known)
    }
