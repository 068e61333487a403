"""From a text to a PDF, by a process apart (``practices.pdf.press``) that is answered the files it asks for."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.core.exceptions import SuspiciousOperation

from practices.pdf.files import OwnFiles
from practices.pdf.press import NO_LIBRARY, NO_MEMORY

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "practices.pdf.press"]
SECONDS = 120  # on the clock; a selection of thirty sheets takes some twenty
PASSED_ON = ("PATH", "HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")


class UnavailableError(Exception):
    """No PDF can be made: the libraries that set type are missing."""


class TooMuchError(Exception):
    """The document took more time or memory than one may."""


def set_type(html: str, base: str) -> bytes:
    """*html* as a PDF, its addresses being those of the site at *base*.

    Raises ``UnavailableError`` or ``TooMuchError``; ``RuntimeError`` for a fault of ours.
    """
    with tempfile.TemporaryFile() as complaints, _started(complaints) as press:
        alarm = threading.Timer(SECONDS, press.kill)
        alarm.start()
        try:
            return _conversed(press, html, OwnFiles(base), base)
        except (EOFError, BrokenPipeError) as error:
            code = press.wait()
            complaints.seek(0)
            words = complaints.read()[-500:].decode(errors="replace")
            if code == NO_LIBRARY:
                raise UnavailableError(words) from error
            if code == NO_MEMORY or code < 0:  # a signal: of ours, or of the system at the wall
                logger.warning("Setting type was stopped by %s: %s", code, words)
                raise TooMuchError from error
            raise RuntimeError(f"Setting type failed: {words}") from error
        finally:
            alarm.cancel()
            press.kill()
            _let_go(press)


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    return subprocess.Popen(  # noqa: S603  # our own module, with no argument from outside
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=PROJECT,
        env=environment,
    )


def _conversed(press: subprocess.Popen[bytes], html: str, files: OwnFiles, base: str) -> bytes:
    """Answer what *press* asks until it has the PDF. Raises ``EOFError`` or ``BrokenPipeError`` when it dies."""
    told, heard = press.stdin, press.stdout
    assert told is not None and heard is not None  # noqa: S101  (for the types: both are pipes)
    text = html.encode()
    _tell(told, f"{base}\n{len(text)}\n".encode() + text)
    while line := heard.readline():
        kind, _space, rest = line.decode().strip().partition(" ")
        if kind == "!":
            pdf = heard.read(int(rest))
            if len(pdf) == int(rest):
                return pdf
            break
        _tell(told, _file(files, rest))
    raise EOFError


def _file(files: OwnFiles, url: str) -> bytes:
    """The answer to who asks for *url*."""
    try:
        content, mime = files.read(url)
    except (ValueError, OSError, SuspiciousOperation) as refusal:  # ours, or an address that is none
        logger.info("A document does without %s: %r", url, refusal)
        return b"-1\n"
    return f"{len(content)} {mime}\n".encode() + content


def _let_go(press: subprocess.Popen[bytes]) -> None:
    """Close the pipe to a process that may have died before it read everything."""
    if press.stdin is not None:
        with suppress(BrokenPipeError):
            press.stdin.close()


def _tell(pipe: IO[bytes], what: bytes) -> None:
    pipe.write(what)
    pipe.flush()
