"""A process of its own for files that C libraries read: bounded in memory and time, and nobody else dies with it.

The parent writes « kind » on one line and the file behind it; the child answers one line of JSON and the clean file.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from home.delivery import walls
from home.media.cleaning import limits
from home.media.cleaning.answers import Cleaned, Refused, Remark
from home.media.cleaning.kinds import Kind

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "home.media.cleaning.apart"]


def clean(data: bytes, kind: Kind) -> Cleaned:
    """What the family of *kind* makes of *data*. Raises ``Refused``, also for what the process died of."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module, with no argument from outside
            COMMAND,
            input=kind.value.encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.SECONDS,
            cwd=PROJECT,
            env={"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("bomb") from error
    if done.returncode or not done.stdout:
        logger.warning(
            "Le processus à part a fini par %s : %s",
            done.returncode,
            done.stderr[-300:].decode(errors="replace"),
        )
        raise Refused("bomb")
    head, _line, body = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["details"])
    return Cleaned(body, answer["extension"], tuple(Remark(**remark) for remark in answer["remarks"]))


def build_walls() -> None:
    """From here on, this process gets no more memory and time than a file is worth."""
    walls.build(
        {
            resource.RLIMIT_AS: limits.MEMORY,
            resource.RLIMIT_CPU: limits.SECONDS,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: 0,  # and writes no file
        }
    )


def answered(message: bytes) -> bytes:
    """What the child says to *message*."""
    name, _line, data = message.partition(b"\n")
    try:
        cleaned = _family(Kind(name.decode()))(data)
    except Refused as refused:
        return json.dumps({"refused": refused.code, "details": refused.details}).encode() + b"\n"
    except MemoryError:
        return json.dumps({"refused": "bomb", "details": {}}).encode() + b"\n"
    remarks = [{"code": remark.code, "details": remark.details} for remark in cleaned.remarks]
    head = {"extension": cleaned.extension, "remarks": remarks}
    return json.dumps(head).encode() + b"\n" + cleaned.data


def _family(kind: Kind) -> Callable[[bytes], Cleaned]:
    # Imported where they are needed: each costs the child a tenth of a second.
    if kind is Kind.PDF:
        from home.media.cleaning import pdf  # noqa: PLC0415

        return pdf.clean
    if kind is Kind.OFFICE:
        from home.media.cleaning import office  # noqa: PLC0415

        return office.clean
    if kind is Kind.OPEN_DOCUMENT:
        from home.media.cleaning import opendocument  # noqa: PLC0415

        return opendocument.clean
    from home.media.cleaning import image  # noqa: PLC0415

    return lambda data: image.clean(data, kind)


if __name__ == "__main__":
    build_walls()
    sys.stdout.buffer.write(answered(sys.stdin.buffer.read()))
