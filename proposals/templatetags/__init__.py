"""How a value looks on a page."""
