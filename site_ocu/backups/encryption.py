"""What is around a backup when a key is given: the format of age (https://age-encryption.org), streamed.

``BACKUP_KEY`` is the public key of a recipient (``age1…``), its private key (``AGE-SECRET-KEY-1…``), or a passphrase.
pyrage streams for keys alone: for a passphrase, a key is drawn for this one file, and stands in front of it, itself
encrypted with the passphrase. See ``docs/adr/0029`` for how ``age`` opens such a file by hand.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

import pyrage

from site_ocu.backups.archive import DAMAGED, BackupError, Reading, Writing

PUBLIC, PRIVATE = "age1", "AGE-SECRET-KEY-1"
AGE = b"age-encryption.org/v1\n"
# In front of the key that the passphrase protects: this word, and the length of that key on four digits.
WRAPPED = b"OCU-CLEF-"
DIGITS = 4
WRONG_KEY = (
    "Cette clef n’ouvre pas cette sauvegarde : rien n’a été touché. Vérifiez BACKUP_KEY ; pour une clef publique "
    "(age1…), c’est la clef privée correspondante (AGE-SECRET-KEY-1…) qui ouvre."
)
NO_KEY = "Cette sauvegarde est chiffrée : donnez sa clef dans BACKUP_KEY. Rien n’a été touché."


@contextmanager
def sealed(out: IO[bytes], key: str) -> Iterator[Writing]:
    """Give what to write to; *out* gets it encrypted, or as it is when *key* is empty."""
    if not key:
        yield out
        return
    recipient = _recipient(out, key)
    source, target = os.pipe()
    with (
        _beside(lambda: _encrypt(source, out, recipient)) as failed,
        suppress(BrokenPipeError),
        os.fdopen(target, "wb") as writing,
    ):
        yield _Watched(writing, failed)


@contextmanager
def opened(file: IO[bytes], key: str) -> Iterator[Reading]:
    """Give what the backup in *file* holds, decrypted. Raises ``BackupError`` when *key* is not the one."""
    start = file.read(len(AGE))
    file.seek(0)
    if start != AGE and not start.startswith(WRAPPED):
        yield file
        return
    if not key:
        raise BackupError(NO_KEY)
    identity = _identity(file, key)
    source, target = os.pipe()
    with _beside(lambda: _decrypt(file, target, identity)), os.fdopen(source, "rb") as reading:
        yield reading


class _Watched:
    """Ends at once when what encrypts has failed: nobody reads any more."""

    def __init__(self, out: Writing, failed: list[BaseException]) -> None:
        self._out, self._failed = out, failed

    def write(self, data: bytes) -> None:
        try:
            self._out.write(data)
        except BrokenPipeError:
            raise (self._failed[0] if self._failed else BackupError("Le chiffrement s’est arrêté.")) from None


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[list[BaseException]]:
    """Run *work* in a thread for the time of the block, and raise at its end what went wrong there."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BrokenPipeError:
            pass  # whoever read stopped reading, and says why
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield failed
    except BackupError:
        thread.join()
        if failed and isinstance(failed[0], BackupError):  # the cause of what the reader complains of
            raise failed[0] from None
        raise
    thread.join()
    if failed:
        raise failed[0]


def _encrypt(source: int, out: IO[bytes], recipient: pyrage.x25519.Recipient) -> None:
    with os.fdopen(source, "rb") as reading:
        try:
            pyrage.encrypt_io(reading, out, [recipient])
        except pyrage.EncryptError as error:  # pyrage's own word for a full disk, too
            raise BackupError(f"Le chiffrement a échoué : {error}.") from error


def _decrypt(file: IO[bytes], target: int, identity: pyrage.x25519.Identity) -> None:
    with suppress(BrokenPipeError), os.fdopen(target, "wb") as writing:
        try:
            pyrage.decrypt_io(file, writing, [identity])
        except pyrage.DecryptError as error:
            raise BackupError(WRONG_KEY) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BackupError(DAMAGED.format(why=error)) from error


def _recipient(out: IO[bytes], key: str) -> pyrage.x25519.Recipient:
    """Whom the file is for; what a passphrase needs is written to *out*."""
    try:
        if key.startswith(PUBLIC):
            return pyrage.x25519.Recipient.from_str(key)
        if key.startswith(PRIVATE):
            return pyrage.x25519.Identity.from_str(key).to_public()
    except (pyrage.RecipientError, pyrage.IdentityError) as error:
        raise BackupError(f"BACKUP_KEY n’est pas une clef d’age lisible : {error}.") from error
    identity = pyrage.x25519.Identity.generate()
    wrapped = pyrage.passphrase.encrypt(str(identity).encode(), key)
    out.write(WRAPPED + f"{len(wrapped):0{DIGITS}}".encode() + wrapped)
    return identity.to_public()


def _identity(file: IO[bytes], key: str) -> pyrage.x25519.Identity:
    """The key that opens the rest of *file*."""
    try:
        if file.read(len(WRAPPED)) != WRAPPED:
            file.seek(0)
            return pyrage.x25519.Identity.from_str(key)
        wrapped = file.read(int(file.read(DIGITS)))
        return pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(wrapped, key).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise BackupError(WRONG_KEY) from error
