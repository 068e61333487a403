"""How a log line is written: one JSON object, or a text for people; both scrubbed, errors included."""

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from home.logs.scrubbing import error_words, route, scrub, told

# What a line may hold beside its message. Anything else that code adds to a record stays out.
FIELDS = ("method", "route", "status", "ms", "role", "network", "actor", "action", "object")
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def cleaned(record: logging.LogRecord) -> logging.LogRecord:
    """A copy of *record* that may be written: others, who get the same record, find it as it was."""
    clean = copy.copy(record)
    request = clean.__dict__.pop("request", None)
    path = str(getattr(request, "path", "")).removesuffix("/")

    def word(value: Any) -> Any:
        is_path = path and isinstance(value, str) and value.removesuffix("/") == path
        return route(request) if is_path else told(value)

    if isinstance(clean.args, Mapping):
        clean.args = {name: word(value) for name, value in clean.args.items()}
    elif clean.args:
        clean.args = tuple(word(value) for value in clean.args)
    try:
        message = clean.getMessage()
    except (TypeError, ValueError):  # a line of somebody else's that does not fit its values
        message = str(clean.msg)
    clean.msg, clean.args = scrub(message), ()
    clean.exc_text = None  # what another formatter made of the error
    return clean


class _Errors(logging.Formatter):
    """Where an error happened, and what it was, without what somebody typed."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802  # logging's name
        return "\n".join(_told_error(ei[1])) if ei[1] else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return scrub(stack_info)


class TextLines(_Errors):
    """For people who watch a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(cleaned(record))


class JsonLines(_Errors, JsonFormatter):
    """For machines that gather logs: time, level, logger, message, request id, and the ``FIELDS`` there are."""

    def __init__(self) -> None:
        JsonFormatter.__init__(
            self,
            ["levelname", "name", "message", "request_id"],
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
            json_ensure_ascii=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        return str(JsonFormatter.format(self, cleaned(record)))

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        ours = {"time", "level", "logger", "message", "request_id", "exc_info", "stack_info", *FIELDS}
        kept = {name: value for name, value in log_data.items() if name in ours and value is not None}
        return {
            name: scrub(value) if name in FIELDS and isinstance(value, str) else value
            for name, value in kept.items()
        }


def _told_error(error: BaseException) -> list[str]:
    """The lines of *error* and of those that led to it."""
    lines = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        lines += [*_told_error(before), "", "→"]
    lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    return [*lines, error_words(error)]
