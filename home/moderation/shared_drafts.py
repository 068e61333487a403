"""A draft shown to a partner without an account, and the remarks that come back."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.people.accounts import User
from home.privacy.activities import PARTNERS
from home.privacy.register import STAYS, Expiry, Kept

KEY_LENGTH = 32
LONGEST = 90  # days a link may be valid
KEPT = datetime.timedelta(days=90)  # a link and its remarks, once it has expired
SALT = "home.shared_drafts"


def random_key() -> str:
    return get_random_string(KEY_LENGTH)


def may_share(page: Page, user: User) -> bool:
    """Whether *user* may show *page* to a partner: those who may write it, during its review as well."""
    return bool(page.specific_deferred.permissions_for_user(user).can_edit())


class DraftLinkQuerySet(models.QuerySet["DraftLink"]):
    def behind(self, token: str) -> DraftLink | None:
        """The link that *token*, a part of an address, was made for; ``None`` for a forged or forgotten one."""
        try:
            key = _signer().unsign(token)
        except BadSignature:
            return None
        return self.select_related("page").filter(key=key).first()

    def open(self) -> DraftLinkQuerySet:
        """Those that show their draft today."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class DraftLink(models.Model):
    """A link that opens the newest version of one page, until it expires or is revoked."""

    privacy: ClassVar = Kept(
        PARTNERS,
        about={"created_by": STAYS},
        personal=("recipient",),
        secret=("key",),
        limits=(
            Expiry(KEPT, since="expires_at", part=_("le lien et ses remarques"), after=_("la fin du lien")),
        ),
        what=_("liens de lecture : pour qui, par qui, jusqu’à quand"),
    )

    # Or the page's « usage » would tell every reader of the admin to whom its draft was shown.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_links")
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=random_key, editable=False)
    recipient = models.CharField(
        _("pour qui"), max_length=120, help_text=_("La personne ou l’organisation à qui vous le donnez.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="draft_links"
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)  # for the first time
    revoked_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien de lecture")
        verbose_name_plural = _("liens de lecture")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.page} · {self.recipient}"

    def get_absolute_url(self) -> str:
        return reverse("shared_draft", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Whether it shows the draft today."""
        return self.revoked_at is None and timezone.now() < self.expires_at

    @property
    def token(self) -> str:
        """What stands in the address: the key, signed, so that a guess does not even reach the database."""
        return _signer().sign(self.key)


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


class DraftRemarkQuerySet(models.QuerySet["DraftRemark"]):
    def unhandled(self) -> DraftRemarkQuerySet:
        return self.filter(handled_at=None)


class DraftRemark(models.Model):
    """What a partner said of a draft."""

    privacy: ClassVar = Kept(PARTNERS, personal=("name", "text"))

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="remarks")
    name = models.CharField(_("votre nom"), max_length=120, blank=True)
    text = models.TextField(_("votre remarque"), max_length=5000)
    created_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    handled_at = models.DateTimeField(_("traitée le"), null=True, blank=True)

    objects = DraftRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remarque")
        verbose_name_plural = _("remarques")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.text[:60]
