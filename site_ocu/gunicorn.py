"""How gunicorn serves the site: ``gunicorn -c python:site_ocu.gunicorn site_ocu.wsgi`` (docs/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from home.logs.configuration import logging_configuration

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# An image of ten megabytes on a slow line takes its time; a page never does.
timeout = 60
graceful_timeout = 10
# Memory that a library leaks is given back, not by all workers at once.
max_requests = 2000
max_requests_jitter = 400
# The heartbeat of a worker must not wait for a slow disk.
worker_tmp_dir = str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None
control_socket_disable = True
# The application writes one line a request (home.logs.access); gunicorn's own lines look the same, scrubbed as well.
_production = os.environ.get("DJANGO_SETTINGS_MODULE", "site_ocu.settings.production").endswith("production")
logconfig_dict = logging_configuration(os.environ.get("LOG_FORMAT") or ("json" if _production else "text"))
loglevel = os.environ.get("LOG_LEVEL", "info").lower()
