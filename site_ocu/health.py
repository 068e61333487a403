"""``python -m site_ocu.health``: the container asks its own gunicorn whether it is alive; exit 1 when not."""

from __future__ import annotations

import http.client
import os
import sys

TIMEOUT = 4  # seconds, under the container's own five


def public_host() -> str:
    """A name that Django answers to: the first of ``ALLOWED_HOSTS``, without the dot of « any subdomain »."""
    return os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"


def is_alive(port: int) -> bool:
    """Whether ``/healthz`` answers 200 on this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/healthz", headers={"Host": public_host()})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_alive(int(os.environ.get("PORT", "8000"))))
