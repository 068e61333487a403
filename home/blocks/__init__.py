"""The blocks of a text, and the field that holds them."""

from home.blocks.body import BODY_BLOCKS
from home.blocks.fields import BodyField

__all__ = ["BODY_BLOCKS", "BodyField"]
