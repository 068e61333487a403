"""The addresses of allauth that this site needs, and no others: below ``admin/``, before Wagtail's own."""

from typing import Any

from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from home.people.signin import entrance, screens


def door(view: Any) -> Any:
    return never_cache(view.as_view())


def inside(view: Any) -> Any:
    return never_cache(require_admin_access(view.as_view()))


urlpatterns: list[URLPattern] = [
    path("login/", door(entrance.SignInView), name="account_login"),
    path("login/code/", door(entrance.SecondStepView), name="mfa_authenticate"),
    path("login/cle/", door(entrance.KeySignInView), name="mfa_login_webauthn"),
    path("password_reset/", door(entrance.ForgottenView), name="account_reset_password"),
    path("password_reset/done/", door(entrance.ForgottenDoneView), name="account_reset_password_done"),
    re_path(
        r"^password_reset/lien/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w-]+)/$",
        door(entrance.NewPasswordView),
        name="account_reset_password_from_key",
    ),
    path(
        "password_reset/complete/",
        door(entrance.NewPasswordDoneView),
        name="account_reset_password_from_key_done",
    ),
    path("compte/confirmer/", inside(screens.ConfirmView), name="account_reauthenticate"),
    path("compte/confirmer/code/", inside(screens.ConfirmByCodeView), name="mfa_reauthenticate"),
    path("compte/confirmer/cle/", inside(screens.ConfirmByKeyView), name="mfa_reauthenticate_webauthn"),
    path("compte/mot-de-passe/", inside(screens.OwnPasswordView), name="account_change_password"),
    path("compte/presence/", inside(screens.PresenceView), name="presence"),
    path("compte/sessions/", inside(screens.SignOutEverywhereView), name="sign_out_everywhere"),
    path("compte/second-facteur/", inside(screens.SecondFactorView), name="mfa_index"),
    path("compte/second-facteur/application/", inside(screens.ApplicationView), name="mfa_activate_totp"),
    path(
        "compte/second-facteur/application/retirer/",
        inside(screens.RemoveApplicationView),
        name="mfa_deactivate_totp",
    ),
    path("compte/second-facteur/cle/", inside(screens.AddKeyView), name="mfa_add_webauthn"),
    path(
        "compte/second-facteur/cle/<int:pk>/retirer/",
        inside(screens.RemoveKeyView),
        name="mfa_remove_webauthn",
    ),
    path("compte/second-facteur/codes/", inside(screens.RecoveryCodesView), name="mfa_view_recovery_codes"),
    path(
        "compte/second-facteur/codes/nouveaux/",
        inside(screens.NewRecoveryCodesView),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "compte/second-facteur/codes/fichier/",
        inside(screens.RecoveryCodesFileView),
        name="mfa_download_recovery_codes",
    ),
]
