"""What every answer says of itself to the browser, whoever made it: page, file, redirection or error (ADR 0028).

``CSP_DIRECTIVES`` is the policy of the public site; the editor and the player of a video loosen it, each by what it
needs. Who may put an answer into a frame is said once, by ``X-Frame-Options``, and copied from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ADMIN = "/admin/"
POLICY = "Content-Security-Policy"
NONE, SELF = "'none'", "'self'"

# Nothing that is not listed: no frame, no font, no worker, no film; nothing inline, nothing from elsewhere.
CSP_DIRECTIVES: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],  # a few drawings stand in the style sheet
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
# Wagtail's admin has a few inline scripts and styles, shows pictures that are still in the browser, and previews.
EDITOR_DIRECTIVES: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "base-uri": [SELF],
}
# At the door, where nobody is known yet, no script stands in the page: there is nothing to let in.
DOORS = (f"{ADMIN}login/", f"{ADMIN}password_reset/")
DOOR_DIRECTIVES: dict[str, Any] = {**EDITOR_DIRECTIVES, "script-src": [SELF]}
# Somebody's file: nothing of it is run, styled or followed, should a browser take it for a page.
FILE_DIRECTIVES: dict[str, Any] = dict.fromkeys(("script-src", "style-src", "img-src", "connect-src"))
# Texts that screens of ours show in a frame. (Wagtail marks those of its own preview panel.)
FRAMED = {"wagtailadmin_pages:view_draft", "reviewed_text", "own_text_preview"}

# No page asks for any of these; no frame or script that came in by mistake shall either.
FORBIDDEN_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    # The first three are Django's own too, which leaves them out of what its first middleware refuses.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Content-Type-Options": "nosniff",
}


def permissions(fullscreen: str = "") -> str:
    """The Permissions-Policy: nothing, but the whole screen for the site itself and for the origin *fullscreen*."""
    allowed = f'(self "{fullscreen}")' if fullscreen else "(self)"
    return ", ".join([*(f"{feature}=()" for feature in FORBIDDEN_FEATURES), f"fullscreen={allowed}"])


def harden(get_response: GetResponse) -> GetResponse:
    """Give every answer the headers that don't depend on it; a view that says otherwise is heard."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in {**HEADERS, "Permissions-Policy": permissions()}.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def shape_policy(get_response: GetResponse) -> GetResponse:
    """Give the admin the Content-Security-Policy that it needs, and each answer the frames that it may stand in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response: Any = get_response(request)
        directives = _directives(request, response)
        if request.resolver_match and request.resolver_match.view_name in FRAMED:
            response["X-Frame-Options"] = "SAMEORIGIN"
        if response.headers.get("X-Frame-Options") == "SAMEORIGIN":
            directives["frame-ancestors"] = [SELF]
        # What django-csp's decorators set as well, and it writes no policy where one stands already.
        response.headers.pop(POLICY, None)
        response._csp_replace = {**getattr(response, "_csp_replace", {}), **directives}
        return response

    return middleware


def _directives(request: HttpRequest, response: Any) -> dict[str, Any]:
    """What is different from the public policy in this answer."""
    if POLICY in response.headers:
        # A preview has been through all of this as the public page that it is; what Wagtail gives a policy is a file.
        return {} if hasattr(response, "_csp_replace") else dict(FILE_DIRECTIVES)
    if request.path.startswith(DOORS):
        return dict(DOOR_DIRECTIVES)
    return dict(EDITOR_DIRECTIVES) if request.path.startswith(ADMIN) else {}
