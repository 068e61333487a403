"""Settings that every environment shares. What differs comes from the environment (docs/settings.md)."""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from home.delivery.headers import CSP_DIRECTIVES
from home.logs.configuration import logging_configuration

from .accounts import *  # noqa: F403

env = environ.Env()


def said(name: str, default: str) -> str:
    """The variable called *name*; an empty line of an environment file counts as nothing said."""
    return str(env.str(name, default="") or default)


PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(said("DATA_DIR", str(PROJECT_DIR / "var"))).resolve()

INSTALLED_APPS = [
    # Ours, the roof first so that its templates and commands win.
    "site_ocu.apps.SiteOcuConfig",
    "blog.apps.BlogConfig",
    "practices.apps.PracticesConfig",
    "home.apps.HomeConfig",
    # Wagtail's
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "home.people.apps.AccountsConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_guid",  # an id for each request
    "django_htmx",  # for its copy of htmx
    # Who signs in, and how
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    # Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "wagtail.contrib.sitemaps",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "home.logs.access.distrust_request_ids",
    "django_guid.middleware.guid_middleware",
    "home.logs.access.write_access_line",
    # What every answer says of itself, those of the next ones included: redirections, static files, refusals.
    "csp.middleware.CSPMiddleware",
    "home.delivery.headers.harden",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.delivery.headers.shape_policy",
    "home.delivery.middleware.reject_malformed_query",
    "home.delivery.middleware.refuse_other_sites",
    "home.delivery.limits.limit_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "home.people.signin.sessions.SignedInMiddleware",  # Django's, with an end to idle sessions
    "home.audit.trail.remember_who_acts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "home.people.signin.second_factor.SecondFactorMiddleware",
    "home.media.telling.tell_uploaders",
    "home.admin.offered.AskingMiddleware",
    "home.moderation.discretion.DiscretionMiddleware",
    "home.people.reading.ReadInsteadOfEditing",
    "home.admin.malformed.MalformedFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "home.moderation.one_at_a_time.one_at_a_time",
]

ROOT_URLCONF = "site_ocu.urls"
# Former keys, whose signatures still count while one is being replaced (docs/runbook.md).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
WSGI_APPLICATION = "site_ocu.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.pages.context_processors.site_frame",
            ],
        },
    },
]
# Form widgets may use our own templates.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data ------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url_config(said("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers wait for each other instead of failing, and readers never wait (write-ahead log).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# On files by default: shared by all workers of one machine, which a memory cache would not be.
CACHES = {"default": env.cache_url_config(said("CACHE_URL", f"filecache://{DATA_DIR / 'cache'}"))}
# Those that may be gone without the site being gone (home.delivery.caches), and that nobody waits long for.
if (_cache := CACHES["default"])["BACKEND"].endswith(("FileBasedCache", "RedisCache")):
    _cache["BACKEND"] = f"home.delivery.caches.{_cache['BACKEND'].rpartition('.')[2]}"
    if _cache["BACKEND"].endswith("RedisCache"):
        _cache["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 2, **_cache.get("OPTIONS", {})}

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = Path(said("STATIC_ROOT", str(DATA_DIR / "static")))
STATIC_URL = "/static/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "site_ocu.backups.holding.DiskStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if S3_BUCKET := said("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "site_ocu.backups.holding.BucketStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": said("S3_ENDPOINT_URL", "") or None,
            "file_overwrite": False,
            "default_acl": "private",
        },
    }

# Backups (site_ocu.backups). A copy on the same disk helps against mistakes only: see the README.
BACKUP_DIR = Path(said("BACKUP_DIR", str(DATA_DIR / "backups")))
BACKUP_KEY = said("BACKUP_KEY", "").strip()
BACKUP_MAX_AGE_HOURS = int(said("BACKUP_MAX_AGE_HOURS", "48"))

# Files stay in memory until they are clean (home.media.files), whatever way they come in.
FILE_UPLOAD_HANDLERS = ["home.media.uploads.BoundedMemoryHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long sheet has many small fields

# People ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "home.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Languages -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("Français"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("Français"))]
TIME_ZONE = "Europe/Paris"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one for all: dates in the history mean the same to everybody
USE_I18N = USE_TZ = True
LOCALE_PATHS = [PROJECT_DIR / "site_ocu" / "locale"]

# Following the links of public pages needs a way out to the internet, and is somebody else's server asked.
LINK_CHECKS = env.bool("LINK_CHECKS", default=False)

# How often one connection may search, export, send…: the table of home.delivery.limits, times this; 0 lifts the limits.
LIMITS_TIMES = env.int("LIMITS_TIMES", default=1)

# Wagtail ---------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Vues d’Europe et d’Ailleurs"
WAGTAILADMIN_BASE_URL = said("BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "home.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "home.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",  # the admin's searches
        "SEARCH_CONFIG": "french",
    },
    "public": {"BACKEND": "home.search.backend"},
}
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.moderation.publication.publish_reviewed_revision"
# A moderator's correction at the last step doesn't send a sheet back to the first one: the decision on the last
# step is about the newest text (home.moderation.review holds whoever decides to what they have read).
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"  # see home.admin.choosers
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses that survive being copied into a mail
WAGTAIL_AUTOSAVE_INTERVAL = 3000  # milliseconds: gentle on poor connections (see also home.admin.autosave)
# No request to another domain, ever: neither for avatars nor for new versions.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
TAGGIT_CASE_INSENSITIVE = True

# Mail and logs ---------------------------------------------------------------------------------------

vars().update(env.email_url_config(said("EMAIL_URL", "consolemail://")))
EMAIL_TIMEOUT = (
    10  # seconds: a mail server that hangs must not hold the database, nor whoever pressed a button
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = said("DEFAULT_FROM_EMAIL", "OCU <ne-pas-repondre@ocu.invalid>")

# « json » for machines that gather logs, « text » for people; the same lines, without anybody's data, in both.
LOG_FORMAT = said("LOG_FORMAT", "text")
AUDIT_LOG = said("AUDIT_LOG", "")
LOGGING = logging_configuration(LOG_FORMAT, AUDIT_LOG)
# An id for each request: on all its log lines and in its answer. One from outside is kept if it is well-formed.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}
SENTRY_DSN = said("SENTRY_DSN", "")

# Headers ---------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"  # home.delivery.headers says what the editor may show in a frame all the same
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # the editor's scripts find the token in their page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = (
    "Lax"  # not « Strict »: mails lead to the screens of the admin
)
WHITENOISE_ALLOW_ALL_ORIGINS = False
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_DIRECTIVES}
