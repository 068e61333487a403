"""A public site behind HTTPS. What is missing from the environment stops the start with a clear error."""

from django.core.exceptions import ImproperlyConfigured

from home.delivery.headers import CSP_DIRECTIVES
from home.logs.configuration import logging_configuration

from .base import *  # noqa: F403
from .base import AUDIT_LOG, env, said

REQUIRED = {
    "SECRET_KEY": "une longue suite de caractères tirée au hasard, gardée secrète",
    "ALLOWED_HOSTS": "les noms du site, séparés par des virgules : exemple.org,www.exemple.org",
    "BASE_URL": "l’adresse publique du site : https://exemple.org",
    "EMAIL_URL": "le serveur de courrier : smtp+tls://nom:motdepasse@serveur:587",
    "DEFAULT_FROM_EMAIL": "l’expéditeur des courriers : OCU <site@exemple.org>",
}

if missing := [name for name in REQUIRED if not env.str(name, default="")]:
    lines = "\n".join(f"  {name} : {REQUIRED[name]}" for name in missing)
    raise ImproperlyConfigured(f"Il manque des variables d’environnement :\n{lines}")

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

# The reverse proxy ends HTTPS and says so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside the machine
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# The browser itself holds to it that these come from this host, over HTTPS, and from no other name of the domain.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**CSP_DIRECTIVES, "upgrade-insecure-requests": True}}

LOG_FORMAT = said("LOG_FORMAT", "json")
LOGGING = logging_configuration(LOG_FORMAT, AUDIT_LOG)

DEMO_ACCOUNTS_ALLOWED = False
