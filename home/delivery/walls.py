"""What a process apart may take of the machine: it is stopped there, and nobody else with it."""

from __future__ import annotations

import resource
from collections.abc import Mapping


def build(walls: Mapping[int, int]) -> None:
    """From here on, this process gets no more than *walls* says: by ``resource.RLIMIT_…``, bytes or seconds.

    A wall may stand closer already: that of a container, or of a service.
    """
    for kind, most in walls.items():
        _soft, standing = resource.getrlimit(kind)
        limit = most if standing == resource.RLIM_INFINITY else min(most, standing)
        resource.setrlimit(kind, (limit, limit))
