"""A region as a tile of the map: where it lies, and a vessel that fills with a percentage."""

from dataclasses import dataclass
from decimal import Decimal

from proposals.models import Region

WIDTH, HEIGHT = 103, 101
BRIM, DEPTH = 28, 66
"""The vessel of a tile reaches from its ground up to below the name of the region."""


@dataclass
class Tile:
    """One region on the map; what fills it is told by the classes made of it."""

    region: Region

    @property
    def percent(self) -> Decimal | None:
        """Return how far the tile is filled, None where nothing is known."""
        return None

    @property
    def figure(self) -> Decimal | int | None:
        """Return the figure that stands below the percentage."""
        return None

    @property
    def is_low(self) -> bool:
        """Tell whether the tile is drawn as one that lacks something."""
        return False

    @property
    def tile_name(self) -> str:
        """Return a name that fits into a tile."""
        return self.region.short_name.replace("Hulu Sungai", "H.S.")

    @property
    def x(self) -> int:
        """Return where the tile begins, from the left."""
        return (self.region.tile_col or 0) * WIDTH

    @property
    def y(self) -> int:
        """Return where the tile begins, from the top."""
        return (self.region.tile_row or 0) * HEIGHT

    @property
    def level(self) -> float | None:
        """Return how high the vessel stands, from the top: full at 100 %."""
        if self.percent is None:
            return None
        return round(BRIM + DEPTH - DEPTH * float(min(self.percent, Decimal(100))) / 100, 1)
