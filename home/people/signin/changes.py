"""What follows from a change of an account: roles, factors, doors that close."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import m2m_changed
from django.http import HttpRequest
from wagtail import hooks
from wagtail.log_actions import log

from home.people.accounts import User
from home.people.signin import notices
from home.people.signin.second_factor import FLAG, count_from_now
from home.people.signin.sessions import end_all, end_others


def connect() -> None:
    user_logged_in.connect(_begin_grace, dispatch_uid="home.signin.grace")
    m2m_changed.connect(_role_changed, sender=User.groups.through, dispatch_uid="home.signin.role")
    for signal in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
        signal.connect(_factor_changed, dispatch_uid="home.signin.factor")


def _begin_grace(sender: Any, user: Any, **kwargs: Any) -> None:
    count_from_now(user)


def _role_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """For somebody who has never come in, the time begins when they do."""
    if not action.startswith("post_") or not isinstance(instance, User):
        return
    if instance.last_login or instance.second_factor_since:
        count_from_now(instance)


def _factor_changed(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Another key for this session, an end to the others, and a line in the history."""
    request.session.pop(FLAG, None)
    if request.user.is_authenticated and request.user.pk == user.pk:
        end_others(request, user)
    log(user, "home.second_factor", user=user)


@transaction.atomic
def reset_second_factor(user: User) -> int:
    """Take away every factor of *user*, who has lost them; return how many there were."""
    count, _models = Authenticator.objects.filter(user=user).delete()
    end_all(user)
    log(user, "home.reset_second_factor")
    notices.tell_of_change(user, str(notices.FACTORS_RESET))
    return count


@hooks.register("after_bulk_action")
def end_sessions_of_the_closed(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> None:
    """Wagtail closes several accounts by one query, which no model hears of."""
    if action_type == "set_active_state":
        for user in User.objects.filter(pk__in=[user.pk for user in objects], is_active=False):
            end_all(user)
