"""The scales of a sheet (DOMAIN §2). They stay apart and are never added up to a score."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where the practice stands."""

    ANNOUNCED = "annoncee", _("Annoncée ou votée")
    EXPERIMENT = "experimentation", _("En expérimentation")
    RUNNING = "en-place", _("En place")
    SETTLED = "installee", _("Installée dans la durée")
    TAKEN_UP = "reprise-ailleurs", _("Reprise ailleurs")
    CHALLENGED = "remise-en-cause", _("Réduite ou remise en cause")
    SUSPENDED = "suspendue", _("Suspendue")
    ENDED = "terminee", _("Terminée")


class Evidence(models.TextChoices):
    """What the sheet rests on."""

    DECLARED = "declaratif", _("Déclaratif")
    DOCUMENTED = "documente", _("Documenté")
    CROSS_CHECKED = "recoupe", _("Recoupé")
    EVALUATED = "evalue", _("Évalué")


EVIDENCE_MEANINGS = {
    Evidence.DECLARED: _("ce que les porteurs en disent"),
    Evidence.DOCUMENTED: _("au moins une source publique"),
    Evidence.CROSS_CHECKED: _("au moins deux sources indépendantes, ou vu sur place"),
    Evidence.EVALUATED: _("une évaluation a été publiée"),
}


class PeoplePlace(models.TextChoices):
    """The place of the people concerned."""

    RECIPIENTS = "destinataires", _("Destinataires")
    CONSULTED = "consultees", _("Consultées")
    ASSOCIATED = "associees", _("Associées à la décision")
    LEADING = "porteuses", _("Porteuses")


class ActorRole(models.TextChoices):
    LEAD = "porteur", _("Porteur")
    CO_LEAD = "co-porteur", _("Co-porteur")
    OPERATOR = "operateur", _("Opérateur")
    FUNDER = "financeur", _("Financeur")
    PARTNER = "partenaire", _("Partenaire")
    EVALUATOR = "evaluateur", _("Évaluateur")


class BudgetBand(models.TextChoices):
    """A year's budget."""

    UNDER_10K = "moins-10k", _("Moins de 10 000 € par an")
    UNDER_50K = "10k-50k", _("De 10 000 à 50 000 € par an")
    UNDER_250K = "50k-250k", _("De 50 000 à 250 000 € par an")
    UNDER_1M = "250k-1m", _("De 250 000 € à 1 million par an")
    OVER_1M = "plus-1m", _("Plus d’un million d’euros par an")


class Transfer(models.TextChoices):
    TAKEN_UP_IN = "taken_up_in", _("Repris à")
    ADAPTED_FROM = "adapted_from", _("Adapté de")
