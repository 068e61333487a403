"""The lines of the register: why the site keeps something about people. Plain French, for those it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from home.privacy.register import Activity

TEAM = _("l’équipe du site")
MODERATION = _("la modération et l’administration")
ADMINISTRATION = _("l’administration seule")
INTEREST = _("intérêt légitime")
MISSION = _("votre engagement avec l’association")

ACCOUNTS = Activity(
    title=_("Les comptes"),
    whose=_("les personnes qui écrivent, relisent ou administrent"),
    why=_("savoir qui peut écrire, relire et publier"),
    basis=MISSION,
    recipients=MODERATION,
    kept=_("tant que vous participez, ou jusqu’à votre demande"),
)
SIGN_IN = Activity(
    title=_("La connexion et sa sécurité"),
    whose=_("les personnes qui ont un compte, ou qui essaient d’y entrer"),
    why=_("vous garder connecté·e, et arrêter qui essaie d’entrer à votre place"),
    basis=_("intérêt légitime : la sécurité des comptes"),
    recipients=ADMINISTRATION,
    kept=_("un second facteur : tant que vous le gardez"),
)
BYLINES = Activity(
    title=_("Les signatures et les missions"),
    whose=_("les personnes qui écrivent"),
    why=_("signer vos textes du nom que vous choisissez, et dire pour quel territoire vous écrivez"),
    basis=MISSION,
    recipients=_("tout le monde pour la signature que vous choisissez ; l’équipe pour le reste"),
    kept=_("tant que vos textes sont en ligne, sous la signature de votre choix"),
)
TEXTS = Activity(
    title=_("Les textes, les fiches et les pages"),
    whose=_("les personnes dont un texte parle"),
    why=_("raconter et faire connaître ce que font les territoires"),
    basis=_("liberté d’expression et d’information ; accord des personnes pour un témoignage"),
    recipients=_("tout le monde une fois le texte publié ; l’équipe avant"),
    kept=_("tant que le texte est en ligne ; une personne peut faire modifier ou retirer ce qui la concerne"),
)
PICTURES = Activity(
    title=_("Les images, les documents et les accords"),
    whose=_("les personnes que l’on peut reconnaître, et qui a envoyé le fichier"),
    why=_("ne montrer personne sans son accord, et pouvoir le prouver"),
    basis=_("accord des personnes ; droit à l’image"),
    recipients=_("tout le monde pour l’image publiée ; l’équipe pour l’accord"),
    kept=_("tant que l’image est utilisée ; dès que l’accord est retiré, elle disparaît"),
)
REVIEWS = Activity(
    title=_("La relecture et l’historique"),
    whose=_("les personnes qui écrivent et qui relisent"),
    why=_("savoir qui a écrit, relu, changé et publié un texte, et pourquoi"),
    basis=_("intérêt légitime : la responsabilité de qui publie"),
    recipients=TEAM,
    kept=_("tant que le texte existe"),
)
PARTNERS = Activity(
    title=_("Les brouillons montrés à un partenaire"),
    whose=_("les personnes à qui l’on montre un brouillon"),
    why=_("recueillir leurs remarques avant de publier"),
    basis=INTEREST,
    recipients=TEAM,
    kept=_("aussi longtemps que le lien qui montre le brouillon"),
)
REPORTS = Activity(
    title=_("Les signalements et les droits de réponse"),
    whose=_("les personnes qui signalent un texte ou demandent une réponse"),
    why=_("traiter la demande et y répondre"),
    basis=_("obligation légale (loi pour la confiance dans l’économie numérique, droit de réponse)"),
    recipients=MODERATION,
    kept=_("une réponse insérée reste avec le texte"),
)
ALERTS = Activity(
    title=_("Les alertes « Prévenez-moi »"),
    whose=_("les personnes qui demandent une alerte"),
    why=_("vous écrire quand une fiche paraît"),
    basis=_("votre accord, que vous retirez d’un clic"),
    recipients=_("personne : le site écrit tout seul"),
    kept=_("jusqu’à ce que vous l’arrêtiez"),
)
PROPOSALS = Activity(
    title=_("Les fiches et les corrections proposées"),
    whose=_("les personnes qui proposent une fiche ou une correction"),
    why=_("étudier la proposition et vous dire ce qu’elle devient"),
    basis=_("votre accord, que vous retirez par le lien reçu"),
    recipients=MODERATION,
)
REMINDERS = Activity(
    title=_("Les rappels par courriel"),
    whose=_("les personnes qui ont un compte"),
    why=_("ne pas vous écrire deux fois la même chose"),
    basis=INTEREST,
    recipients=_("personne"),
    kept=_("tant que le compte existe"),
)
WRITING = Activity(
    title=_("Ce que vous êtes en train d’écrire"),
    whose=_("les personnes qui ont un compte"),
    why=_("ne rien perdre, et ne pas écrire à deux dans le même texte"),
    basis=INTEREST,
    recipients=TEAM,
)
LEGAL = Activity(
    title=_("Les mentions légales"),
    whose=_("la personne qui dirige la publication"),
    why=_("dire qui est responsable du site"),
    basis=_("obligation légale (loi pour la confiance dans l’économie numérique)"),
    recipients=_("tout le monde"),
    kept=_("tant que le site est en ligne"),
)
AUDIT = Activity(
    title=_("Le journal de sécurité"),
    whose=_("les personnes qui ont un compte"),
    why=_("savoir après coup qui a fait quoi, quand un compte est attaqué ou un droit changé"),
    basis=_("intérêt légitime : la sécurité des comptes"),
    recipients=ADMINISTRATION,
)

# As the page shows them: readers and partners first, then those who have an account.
OUTGOING = Activity(
    title=_("Les courriers qui partent"),
    whose=_("les personnes à qui le site écrit"),
    why=_("ne perdre aucun courrier quand le serveur de courrier ne répond pas"),
    basis=INTEREST,
    recipients=_("personne : effacés dès qu’ils sont partis"),
)
IN_ORDER = (
    ALERTS,
    PROPOSALS,
    REPORTS,
    PARTNERS,
    TEXTS,
    PICTURES,
    ACCOUNTS,
    SIGN_IN,
    BYLINES,
    REVIEWS,
    WRITING,
    REMINDERS,
    OUTGOING,
    AUDIT,
    LEGAL,
)
