"""Reports of errors to a Sentry service, only where an address was given for one (SENTRY_DSN)."""

from __future__ import annotations

from typing import Any

from home.logs.scrubbing import QUOTED, VALUES, scrub

KEPT_OF_A_REQUEST = ("method",)
NUMBERS = {"event_id", "release", "trace_id", "span_id"}  # long, and nobody's


def start(dsn: str, release: str = "", **options: Any) -> None:
    """Send what fails to *dsn*: where in the code, and what kind of error. No body, no header, no local variable, no
    account, no address; every text goes through the same scrubber as the logs. Nothing is imported without a *dsn*.
    """
    if not dsn:
        return
    import sentry_sdk  # noqa: PLC0415  (a site without reports never loads it)

    sentry_sdk.init(  # « send_default_pii », now deprecated, is false where nothing is said
        dsn=dsn,
        release=release or None,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=True,
        max_breadcrumbs=0,
        traces_sample_rate=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
        before_send=clean,
        **options,
    )


def clean(event: Any, hint: dict[str, Any]) -> Any:
    """*event* without what no log may say."""
    for name in ("user", "breadcrumbs", "extra", "server_name", "modules"):
        event.pop(name, None)
    if request := event.pop("request", None):
        event["request"] = {name: request[name] for name in KEPT_OF_A_REQUEST if name in request}
    if "logentry" in event:  # the template alone: its values may be names
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    for error in event.get("exception", {}).get("values", []):
        error["value"] = QUOTED.sub("'…'", VALUES.sub("…", str(error.get("value") or "")))
    cleaned: Any = _scrubbed(event)
    return cleaned


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {
            key: item if key in NUMBERS else _scrubbed(item) for key, item in value.items() if key != "vars"
        }
    return [_scrubbed(item) for item in value] if isinstance(value, list) else value
