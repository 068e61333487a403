"""The test suite: fast hashes, mail in memory, files in a temporary folder."""

import os
import re
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES, env, said

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://testserver"
if not said("DATABASE_URL", ""):
    DATABASES = {"default": env.db_url_config("sqlite://:memory:")}
CACHES = {"default": env.cache_url_config(said("CACHE_URL", "locmemcache://"))}
if worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
    # Tests empty the cache: each worker has its own Redis database (…/1, …/2), as it has its own tables.
    cache = CACHES["default"]
    cache["LOCATION"] = re.sub(r"(?<=/)\d+$", lambda n: str(int(n[0]) + int(worker)), cache["LOCATION"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATA_DIR = Path(
    tempfile.mkdtemp(prefix="ocu-test-data-")
)  # the lock of run_periodic is not the other worker's
BACKUP_DIR = DATA_DIR / "backups"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="ocu-test-media-"))
# Empty: tests read static files where they lie.
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="ocu-test-static-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

LIMITS_TIMES = 0  # all tests come from one address

DEMO_ACCOUNTS_ALLOWED = True
