"""The back door: what is done from a terminal and by the clock."""
