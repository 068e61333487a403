"""Who writes what where: the same for Django and for gunicorn, which starts first and knows no settings."""

from __future__ import annotations

from typing import Any

JSON, TEXT = "json", "text"


def logging_configuration(form: str, audit_file: str = "") -> dict[str, Any]:
    """For ``logging.config``: lines in *form* (« json » or « text ») on the standard error.

    (Commands answer on the standard output.)

    The lines of the audit trail go to *audit_file* as well, when there is one.
    """
    lines = "home.logs.records.JsonLines" if form == JSON else "home.logs.records.TextLines"
    clean = {"filters": ["request_id"], "formatter": "lines"}
    handlers: dict[str, Any] = {"console": {"class": "logging.StreamHandler", **clean}}
    if audit_file:
        handlers["audit"] = {"class": "home.logs.files.PrivateFileHandler", "filename": audit_file, **clean}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {
                "()": "django_guid.log_filters.CorrelationId",
                "correlation_id_field": "request_id",
            },
        },
        "formatters": {"lines": {"()": lines}},
        "handlers": handlers,
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": _loggers(audit_file),
    }


def _loggers(audit_file: str) -> dict[str, Any]:
    said_elsewhere = {"level": "CRITICAL", "handlers": [], "propagate": False}
    return {
        # Django's own handlers write to a terminal and to ADMINS by mail, with all that a request holds.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "audit": {"handlers": ["audit"] if audit_file else [], "level": "INFO", "propagate": True},
        # One access line a request is enough (home.logs.access), and that one has a whole address in it.
        "gunicorn.access": said_elsewhere,
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "django_guid": {"level": "ERROR"},
        # Wagtail keeps every edit in its own history; saying it again here would drown what matters.
        "django_tasks": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it would name the key of each person who signs in
        "wagtail": {"level": "WARNING"},
    }
