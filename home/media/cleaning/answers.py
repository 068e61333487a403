"""What cleaning answers: a clean file, or why there is none. Codes; ``words`` has the sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):  # noqa: N818  # an answer, told to whoever sent the file
    """A file that can't be taken: *code* says why, *details* complete the sentence."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Remark:
    """What stays in a clean file, or was taken out of it, and that its author should know."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cleaned:
    """A clean file. *extension* is that of its content, without the dot."""

    data: bytes
    extension: str
    remarks: tuple[Remark, ...] = ()
