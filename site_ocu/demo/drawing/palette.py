"""The few colours of the drawings, those of the site's pillars on its paper."""

from typing import Final

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Return the red, green and blue (0-255) of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with a `share` (0-1) of `other` stirred in."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


PAPER: Final = colour("#f6f1e7")
INK: Final = colour("#1d1b19")
BLUE: Final = colour("#1f3a6e")
CLAY: Final = colour("#b0532f")
TEAL: Final = colour("#0f6e6a")
OCHRE: Final = colour("#d29a3a")

SHADE: Final = mix(PAPER, INK, 0.12)
SKY: Final = mix(PAPER, BLUE, 0.2)
HAZE: Final = mix(PAPER, BLUE, 0.36)
MIST: Final = mix(PAPER, TEAL, 0.22)
LEAF: Final = mix(PAPER, TEAL, 0.55)
SAND: Final = mix(PAPER, OCHRE, 0.38)
ROSE: Final = mix(PAPER, CLAY, 0.38)
WOOD: Final = mix(OCHRE, CLAY, 0.45)
