"""Links that a mail leads to and that are worth a key: made from the secret key, kept nowhere.

A link lives as long as the row it leads to: whoever deletes the row takes it back.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer


class MailedLink:
    """The tokens of one kind of row; *salt* keeps those of other kinds out."""

    def __init__(self, salt: str) -> None:
        self.signer = Signer(salt=salt)

    def token(self, key: int) -> str:
        """What stands in the address for the row with the primary *key*: letters, digits, « - » and « _ »."""
        return self.signer.sign(str(key)).replace(":", "-", 1)

    def key(self, token: str) -> int | None:
        """The primary key that *token* was made for; ``None`` for one that is not ours."""
        key, _dash, signature = token.partition("-")
        try:
            return int(self.signer.unsign(f"{key}:{signature}"))
        except (BadSignature, ValueError):
            return None
