"""How gunicorn serves the site: ``gunicorn -c python:site_ocu.gunicorn site_ocu.wsgi`` (docs/settings.md)."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from home.logs.configuration import logging_configuration

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads, because a request waits for a database and for files more than it computes, and because they share the memory
# of a process; behind a loop of ours that deals with slow clients (site_ocu.worker says how, ADR 0028 why).
worker_class = "site_ocu.worker.PatientWorker"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Sockets cost little, and who is slow has many. Each may have two files beside it.
worker_connections = 1000
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (max(_soft, min(_hard, 4 * worker_connections)), _hard))
# A file is written as any answer is, so that who reads it slowly holds no thread.
sendfile = False
# No browser sends more; the lengths of a body are in site_ocu.connections.
limit_request_line, limit_request_fields, limit_request_field_size = 8190, 60, 8190
# Longer than the proxy keeps a connection (deploy/Caddyfile): it must never send a form into one that is just closing.
keepalive = 75
# The loop of a worker says that it lives; a thread that computes for longer is left to finish. What may take long is
# bounded where it is done: PDFs and exports by turns, mails and links by time-outs of their own.
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
