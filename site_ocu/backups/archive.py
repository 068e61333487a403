"""The file of a backup: a tar stream, then the SHA-256 of all of it. Written and read in bounded memory.

``tar`` itself reads it too: it stops at the end of its archive and leaves the sum behind it alone.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol, Self

MAGIC = b"OCU-SHA256:"
TRAILER = len(MAGIC) + hashlib.sha256().digest_size
BLOCK = 1024 * 1024
MANIFEST = "manifest.json"
MEMBER = re.compile(r"manifest\.json|database/\d{6}|media/[^\\\0\n]+")
DAMAGED = "Ce fichier est abîmé ou incomplet ({why}) : rien n’a été touché. Prenez une autre copie."


class BackupError(Exception):
    """What whoever runs the command has to know, in French."""


class Writing(Protocol):
    """What can be written to: a file, a pipe."""

    def write(self, data: bytes, /) -> object: ...


class Reading(Protocol):
    """What can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass
class SummedWriting:
    """Sums up what passes on its way to *out*."""

    out: Writing
    sum: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        self.size += len(data)
        self.out.write(data)
        return len(data)


@dataclass
class SummedReading:
    """Sums up what is read from *source*."""

    source: Reading
    sum: hashlib._Hash = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.sum.update(data)
        return data


class ArchiveWriter:
    """Adds members one after the other; ``sums`` holds the SHA-256 of each. The end of its block ends the file."""

    def __init__(self, out: Writing) -> None:
        self._out = SummedWriting(out)
        self._tar = tarfile.open(fileobj=self._out, mode="w|", format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115
        self.sums: dict[str, str] = {}

    def add(self, name: str, size: int, source: Reading) -> None:
        """Add the *size* bytes that *source* gives. Raises ``OSError`` when there are fewer."""
        info, counted = tarfile.TarInfo(name), SummedReading(source)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, counted)
        self._tar.members.clear()  # it would remember every one
        self.sums[name] = counted.sum.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *problem: object) -> None:
        if kind:
            # What was begun is thrown away; the tar would write the rest of it when it is collected.
            self._tar.fileobj.closed = True
            return
        self._tar.close()
        self._out.out.write(MAGIC + self._out.sum.digest())


class AllButTheSum:
    """Gives everything that *source* gives but the last ``TRAILER`` bytes, and sums it up."""

    def __init__(self, source: Reading) -> None:
        self._source, self._held, self._ended = source, b"", False
        self.sum = hashlib.sha256()

    def read(self, size: int = BLOCK) -> bytes:
        while not self._ended and len(self._held) < size + TRAILER:
            more = self._source.read(BLOCK)
            self._ended = not more
            self._held += more
        given = self._held[: max(0, min(size, len(self._held) - TRAILER))]
        self._held = self._held[len(given) :]
        self.sum.update(given)
        return given

    def is_whole(self) -> bool:
        """Whether what was read is what was written. Reads what is left."""
        while self.read():
            pass
        return self._held == MAGIC + self.sum.digest()


@dataclass(frozen=True)
class Member:
    """One file of the archive, to be read before the next one is asked for."""

    name: str
    size: int
    content: IO[bytes]

    def read(self, size: int = -1) -> bytes:
        """Raises ``BackupError`` where the archive was cut."""
        try:
            return self.content.read(size)
        except (tarfile.TarError, EOFError) as error:
            raise BackupError(DAMAGED.format(why=error)) from error


def members(source: Reading) -> Iterator[Member]:
    """The members of the archive, in their order. Raises ``BackupError`` when it is not what was written.

    That is known for certain once the last one was read: whoever acts before must be able to undo it.
    """
    stream = AllButTheSum(source)
    seen: set[str] = set()
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:  # type: ignore[call-overload]
            while info := tar.next():
                _refuse_strange(info, seen)
                content = tar.extractfile(info)
                yield Member(info.name, info.size, content)
                tar.members.clear()
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(DAMAGED.format(why=error)) from error
    if not stream.is_whole():
        raise BackupError(DAMAGED.format(why="sa somme de contrôle n’est pas la bonne"))


def _refuse_strange(info: tarfile.TarInfo, seen: set[str]) -> None:
    """A backup holds plain files under three names; anything else was made to write where it should not."""
    climbing = {"", ".", ".."} & set(info.name.split("/"))
    if not info.isreg() or info.sparse or climbing or not MEMBER.fullmatch(info.name) or info.name in seen:
        raise BackupError(
            f"Ce fichier n’est pas une sauvegarde du site : il contient « {info.name} », qui n’a rien à y faire. "
            "Rien n’a été touché."
        )
    seen.add(info.name)
