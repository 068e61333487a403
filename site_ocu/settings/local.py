"""`make run`: the production settings, with local values and without HTTPS."""

import os

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import DATA_DIR, MIDDLEWARE, WAGTAILADMIN_BASE_URL, env


def local_secret_key() -> str:
    """The key from the environment, or the one generated once into the data directory."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(get_random_secret_key())
    return path.read_text()


DEBUG = False
SECRET_KEY = local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

# Without HTTPS. (Browsers take passkeys on http://localhost, and on no IP address.)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# In production the proxy compresses; here nothing stands before the site.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]

DEMO_ACCOUNTS_ALLOWED = True
