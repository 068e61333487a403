"""What is written to the audit trail: each signal of Django, Wagtail and of the packages for signing in."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal
from django.utils.module_loading import import_string
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.signals import page_published

from home.audit.entries import Action
from home.audit.trail import note
from home.moderation.decisions import Decision
from home.people.accounts import User

# What Wagtail's history says as well, and what has to be found here without reading all of it.
MIRRORED = {
    "home.consent_withdrawn": Action.CONSENT_WITHDRAWN,
    "home.image_withheld": Action.IMAGE_WITHHELD,
    "home.leave": Action.NAME_REPLACED,
    "home.approve_own_revision": Action.OWN_TEXT_APPROVED,
}
# Signals of packages that may not be installed; each says « user » or « username ».
OF_PACKAGES = [
    ("axes", "axes.signals.user_locked_out", Action.LOCKED_OUT),
    ("allauth.account", "allauth.account.signals.email_changed", Action.ADDRESS_CHANGED),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_added", Action.FACTOR_ADDED),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_removed", Action.FACTOR_REMOVED),
]
SWITCHES = {
    "is_active": (Action.ACCOUNT_OPENED, Action.ACCOUNT_CLOSED),
    "is_superuser": (Action.ALL_RIGHTS_GIVEN, Action.ALL_RIGHTS_TAKEN),
}


def connect() -> None:
    """Follow every signal. Called once, when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="home_audit_in")
    user_logged_out.connect(_signed_out, dispatch_uid="home_audit_out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="home_audit_failed")
    pre_save.connect(_remember_switches, sender=User, dispatch_uid="home_audit_before")
    post_save.connect(_account_saved, sender=User, dispatch_uid="home_audit_saved")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="home_audit_deleted")
    m2m_changed.connect(_roles_changed, sender=User.groups.through, dispatch_uid="home_audit_roles")
    m2m_changed.connect(_rights_changed, sender=Group.permissions.through, dispatch_uid="home_audit_rights")
    page_published.connect(_published, dispatch_uid="home_audit_published")
    for model in (ModelLogEntry, PageLogEntry):
        post_save.connect(_mirror, sender=model, dispatch_uid=f"home_audit_{model.__name__}")
    for package, path, action in OF_PACKAGES:
        if apps.is_installed(package):
            follow(import_string(path), action)


def follow(signal: Signal, action: Action) -> None:
    """Note *action* whenever *signal* of a package is sent, about the account that it names."""

    def noted(sender: Any, user: Any = None, username: str = "", **kwargs: Any) -> None:
        account = (
            user if isinstance(user, User) else User.objects.filter(email__iexact=username or "").first()
        )
        note(action, account or "")

    signal.connect(noted, weak=False, dispatch_uid=f"home_audit_{action}")


def _signed_in(user: User, **kwargs: Any) -> None:
    note(Action.SIGNED_IN, user, actor=user)


def _signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        note(Action.SIGNED_OUT, user, actor=user)


def _sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """About the account that was tried, if there is one: what was typed is not kept, it may be a password."""
    typed = str(next((credentials[name] for name in ("username", "email") if credentials.get(name)), ""))
    note(Action.SIGN_IN_FAILED, User.objects.filter(email__iexact=typed).first() or "")


def _remember_switches(instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    saved = SWITCHES.keys() if update_fields is None else SWITCHES.keys() & set(update_fields)
    before = User.objects.filter(pk=instance.pk).values(*saved).first() if instance.pk and saved else None
    instance._switches_before = before or {}  # type: ignore[attr-defined]


def _account_saved(instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if created:
        note(Action.ACCOUNT_CREATED, instance)
        before = {"is_active": True, "is_superuser": False}
    else:
        before = getattr(instance, "_switches_before", {})
        if instance._password is not None:  # type: ignore[attr-defined]  # set until Django has told its validators
            note(Action.PASSWORD_CHANGED, instance)
    for name, old in before.items():
        if getattr(instance, name) != old:
            note(SWITCHES[name][0 if getattr(instance, name) else 1], instance)


def _account_deleted(instance: User, **kwargs: Any) -> None:
    note(Action.ACCOUNT_DELETED, instance)


def _roles_changed(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """``pre_clear`` knows what goes; the others say it."""
    kinds = {"post_add": Action.ROLE_GIVEN, "post_remove": Action.ROLE_TAKEN, "pre_clear": Action.ROLE_TAKEN}
    if (kind := kinds.get(action)) is None:
        return
    if reverse:  # of a role: whom it was given to, or taken from
        people = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        pairs = [(person, instance) for person in people]
    else:
        groups = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        pairs = [(instance, group) for group in groups]
    for person, group in pairs:
        note(kind, person, detail=group.name)


def _rights_changed(instance: Any, action: str, **kwargs: Any) -> None:
    if action in ("post_add", "post_remove", "post_clear"):
        group = instance if isinstance(instance, Group) else ""
        note(Action.RIGHTS_CHANGED, group, detail=str(getattr(group, "name", "")))


def _published(instance: Any, revision: Any, **kwargs: Any) -> None:
    """Only what nobody approved: the rest is in the history of the page, with who did."""
    approved = Decision.objects.filter(revision=revision, kind=Decision.Kind.APPROVE)
    if not approved.exists():
        note(Action.PUBLISHED_UNREVIEWED, instance)


def _mirror(instance: ModelLogEntry | PageLogEntry, created: bool, **kwargs: Any) -> None:
    if created and (action := MIRRORED.get(instance.action)):
        model = instance.content_type.model_class() if instance.content_type else None
        label = model._meta.label if model else ""
        note(action, f"{label}#{instance.object_id}", actor=instance.user)
