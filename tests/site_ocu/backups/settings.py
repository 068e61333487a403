"""An installation of the rehearsal: as ``make run``, and nobody has gathered static files for it."""

from __future__ import annotations

from site_ocu.settings.local import *  # noqa: F403
from site_ocu.settings.local import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
