"""A log file that its owner alone reads, and that may be moved away while it is written to."""

from __future__ import annotations

import os
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler


class PrivateFileHandler(WatchedFileHandler):
    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", write_through=True)
