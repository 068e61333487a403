"""Signing in: who is let in, how often one may try, how long a session lasts (ADR 0027)."""

from datetime import timedelta

# Axes counts the tries before any password is compared; allauth compares, and asks for the second factor.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's stands at its address (home.people.signin.urls)
PASSWORD_RESET_TIMEOUT = 3600  # seconds: a link to a new password is used at once, or asked for again

# django-allauth -------------------------------------------------------------------------------------------

ACCOUNT_ADAPTER = "home.people.signin.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # nobody signs up: the adapter is closed, no address leads there
ACCOUNT_SIGNUP_ENABLED = False
# The address is the account's own, proved by the invitation: allauth's table of addresses stays empty.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = (
    False  # no mail to whoever has no account: it would be a way to bother people
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = (
    False  # the cookie goes with the browser; idle time ends the session before (below)
)
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    # What is guessed is counted by home.people.signin.attempts, in the database; a limit by account here would let
    # anybody keep its owner out.
    "login": None,
    "login_failed": None,
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "60/h/ip",
    "change_password": "20/h/user",
    "reauthenticate": "60/h/user",
}

MFA_ADAPTER = "home.people.signin.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "home.people.signin.forms.SecondStepForm",
    "reauthenticate": "home.people.signin.forms.ConfirmByCodeForm",
    "activate_totp": "home.people.signin.forms.ApplicationForm",
    "add_webauthn": "home.people.signin.forms.KeyForm",
    "authenticate_webauthn": "home.people.signin.forms.KeyStepForm",
    "login_webauthn": "home.people.signin.forms.KeySignInForm",
    "reauthenticate_webauthn": "home.people.signin.forms.ConfirmByKeyForm",
}
ACCOUNT_FORMS = {
    "login": "home.people.signin.forms.SignInForm",
    "reset_password": "home.people.signin.forms.ForgottenForm",
    "reset_password_from_key": "home.people.signin.forms.NewPasswordForm",
    "change_password": "home.people.signin.forms.OwnPasswordForm",
    "reauthenticate": "home.people.signin.forms.ConfirmForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}

# Tries ----------------------------------------------------------------------------------------------------

AXES_HANDLER = "home.people.signin.attempts.Attempts"
AXES_LOCKOUT_CALLABLE = "home.people.signin.attempts.say_too_many"
AXES_CLIENT_IP_CALLABLE = "home.delivery.open_forms.visitor"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Wrong passwords in AXES_COOLOFF_TIME: of one account from one place; from one address, whatever the account; of one
# account, from wherever. The last two do not hold back a browser from which the account was entered before.
SIGN_IN_TRIES = {"together": 5, "address": 30, "account": 50}
KNOWN_BROWSER_DAYS = 365  # without a visit, a browser is forgotten

# Sessions -------------------------------------------------------------------------------------------------

SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_HOURS = 12
SESSION_IDLE_HOURS_OF_EDITORS = 4  # moderators and administrators
SECOND_FACTOR_GRACE_DAYS = 14  # to set one up, for those who need one
