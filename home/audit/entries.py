"""Who did what to accounts, rights and people's data: written once, changed by nobody, gone after a year."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.privacy.activities import AUDIT
from home.privacy.register import STAYS, Expiry, Kept

ENTRIES_KEPT = datetime.timedelta(days=365)


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what the trail says."""


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Adds and reads. Only the time limit of the register, which goes by the plain manager, deletes."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class Action(models.TextChoices):
    SIGNED_IN = "signed_in", _("Connexion")
    SIGN_IN_FAILED = "sign_in_failed", _("Connexion refusée")
    SIGNED_OUT = "signed_out", _("Déconnexion")
    LOCKED_OUT = "locked_out", _("Connexion bloquée après trop d’essais")
    PASSWORD_CHANGED = "password_changed", _("Mot de passe changé")
    FACTOR_ADDED = "factor_added", _("Second facteur ajouté")
    FACTOR_REMOVED = "factor_removed", _("Second facteur retiré")
    ADDRESS_CHANGED = "address_changed", _("Adresse électronique changée")
    ACCOUNT_CREATED = "account_created", _("Compte créé")
    ACCOUNT_OPENED = "account_opened", _("Compte rouvert")
    ACCOUNT_CLOSED = "account_closed", _("Compte fermé")
    ACCOUNT_DELETED = "account_deleted", _("Compte supprimé")
    ROLE_GIVEN = "role_given", _("Rôle donné")
    ROLE_TAKEN = "role_taken", _("Rôle retiré")
    RIGHTS_CHANGED = "rights_changed", _("Droits d’un rôle changés")
    ALL_RIGHTS_GIVEN = "all_rights_given", _("Tous les droits donnés")
    ALL_RIGHTS_TAKEN = "all_rights_taken", _("Tous les droits retirés")
    END_ANNOUNCED = "end_announced", _("Fin d’un compte inutilisé annoncée")
    EXPORTED = "exported", _("Données d’une personne exportées")
    ERASED = "erased", _("Données d’une personne effacées")
    NAME_REPLACED = "name_replaced", _("Nom remplacé partout")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Accord retiré")
    IMAGE_WITHHELD = "image_withheld", _("Image retirée du site")
    PUBLISHED_UNREVIEWED = "published_unreviewed", _("Publication sans relecture")
    OWN_TEXT_APPROVED = "own_text_approved", _("Texte approuvé par qui l’a écrit")
    BACKED_UP = "backed_up", _("Sauvegarde faite")
    RESTORED = "restored", _("Sauvegarde restaurée")


class AuditEntry(models.Model):
    """``thing`` is « home.User#12 »: a kind and a number, never a name or an address."""

    privacy: ClassVar = Kept(
        AUDIT,
        about={"actor": STAYS},
        personal=("at", "action", "thing"),
        limits=(Expiry(ENTRIES_KEPT, since="at", part=_("ce que dit ce journal"), after=_("l’action")),),
        what=_("journal de sécurité\u00a0: qui a fait quoi, quand, à quel compte ; ni nom ni adresse"),
    )

    at = models.DateTimeField(_("quand"), default=timezone.now, db_index=True)
    # The number stays when the account goes: the trail must not change.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("qui"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    action = models.CharField(_("quoi"), max_length=30, choices=Action)
    thing = models.CharField(_("sur quoi"), max_length=120, blank=True)
    detail = models.CharField(_("précision"), max_length=120, blank=True)
    request_id = models.CharField(_("requête"), max_length=36, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("entrée du journal de sécurité")
        verbose_name_plural = _("entrées du journal de sécurité")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.thing}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError
