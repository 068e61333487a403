"""A StreamField whose blocks stay out of migrations."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField

from home.blocks.body import BODY_BLOCKS


class BodyField(StreamField):
    """The body of a page: always the same blocks, and migrations that never mention them.

    Block definitions change the form, never the database column, and copied into each migration they make
    megabytes. A data migration that reads such a field therefore gets raw data: use ``field.raw_data``.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(BODY_BLOCKS if block_types is None else block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
